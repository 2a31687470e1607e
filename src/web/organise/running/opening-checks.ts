import type { ApiDecision } from "../../contract.ts";

/** What a draft lacks before it can be opened. */
export type OpeningLack = "end" | "passed" | "roll";

/** What of a draft says whether it can be opened. */
export type OpenableDecision = Pick<
  ApiDecision,
  "closes_at" | "ends_early" | "electorate" | "roll"
>;

/** What is missing before a draft can be opened, as far as its own terms tell; `now` in ms. */
export function openingLacks(decision: OpenableDecision, now: number): OpeningLack[] {
  const { closes_at: closesAt, ends_early: endsEarly, electorate, roll } = decision;
  const lacks: OpeningLack[] = [];
  if (closesAt === null && endsEarly !== "by_organiser") lacks.push("end");
  if (closesAt !== null && Date.parse(closesAt) <= now) lacks.push("passed");
  if (electorate === "roll" && roll === null) lacks.push("roll");
  return lacks;
}
