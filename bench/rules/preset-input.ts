import type { RuleInput } from "../../src/rules/rule-input.ts";

/**
 * A close vote, with voters left, of every region that a preset names; of one where it names none.
 */
export function presetInput(document: Readonly<Record<string, unknown>>): RuleInput {
  const codes = [...namesIn(document["tables"]), ...namesIn(document["groups"])];
  const names = codes.length === 0 ? [""] : [...new Set(codes)];
  const regions = new Map(
    names.map((code, index) => {
      const [yes, no] = [50_000 + index * 811, 50_000 + ((index * 7_919) % 20_011)];
      const counts = {
        yes: countOf(yes),
        no: countOf(no),
        abstain: countOf(1_000 + index),
        eligible: countOf(2 * (yes + no)),
      };
      return [code, counts];
    }),
  );
  return { regions, isClosed: false };
}

function countOf(ballots: number) {
  return { ballots, weight: BigInt(ballots) };
}

/** The keys of tables, and the members of groups. */
function namesIn(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.values(part).flatMap((one: unknown) =>
    Array.isArray(one) ? one.map(String) : Object.keys(Object(one)),
  );
}
