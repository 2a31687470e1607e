import { windowState } from "../../decision/window.ts";
import type { DecisionAnswer, LoggedBallotAnswer } from "../api/answers.ts";
import type { Fault } from "./check-log.ts";
import type { ManifestDocument } from "./read-manifest.ts";

/** What a shard takes a ballot by: whatever it would have refused cannot be in its log. */
export type BallotBounds = {
  opensAt: number;
  /** The end of the window as it was extended; null where the organiser alone ends it. */
  closesAt: number | null;
  /** Codes of the regions; the empty one where the decision has none. */
  regions: ReadonlySet<string>;
  /** Null where a roll says what a voter weighs. */
  weightMax: number | null;
};

/**
 * The bounds that the manifest froze. Only the end of the window may move later, once and by as
 * many minutes as are frozen; where shards were silent then, or told late, they begin later.
 */
export function ballotBounds(
  { opensAt, closesAt, extensionMinutes, regions, weightMax }: ManifestDocument,
  decision: Pick<DecisionAnswer, "electorate" | "extension" | "closes_at">,
): BallotBounds {
  const { electorate, extension, closes_at: shownEnd } = decision;
  const isExtended = closesAt !== null && extension?.extended === true;
  const frozenEnd = (closesAt ?? 0) + (extensionMinutes ?? 0) * 60_000;
  const shown = shownEnd === null ? 0 : Date.parse(shownEnd);
  return {
    opensAt,
    closesAt: isExtended ? Math.max(frozenEnd, shown) : closesAt,
    regions: new Set(regions.length === 0 ? [""] : regions.map(({ code }) => code)),
    weightMax: electorate === "roll" ? null : weightMax,
  };
}

/** Holds the ballots of one shard's log against what the shard accepts. */
export class BoundsCheck {
  readonly #bounds: BallotBounds | null;
  readonly #shard: number;
  readonly #sealedAt: number | null;

  /** `sealedAt` is in ms, null where it is not known. Without bounds nothing is refused. */
  constructor(bounds: BallotBounds | null, shard: number, sealedAt: number | null) {
    this.#bounds = bounds;
    this.#shard = shard;
    this.#sealedAt = sealedAt;
  }

  pass(ballot: LoggedBallotAnswer): Fault[] {
    if (this.#bounds === null) return [];
    const refusal = findRefusal(this.#bounds, this.#sealedAt, ballot);
    if (refusal === null) return [];
    const { figure, expected } = refusal;
    const where = `shard ${this.#shard}, seq ${ballot.seq}, ${figure}`;
    return [{ where, expected, actual: String(ballot[figure]) }];
  }
}

type BoundsRefusal = { figure: "accepted_at" | "region" | "weight"; expected: string };

function findRefusal(
  { opensAt, closesAt, regions, weightMax }: BallotBounds,
  sealedAt: number | null,
  ballot: LoggedBallotAnswer,
): BoundsRefusal | null {
  const at = Date.parse(ballot.accepted_at);
  const moment = windowState({ opensAt, closesAt }, at);
  if (moment === "before")
    return { figure: "accepted_at", expected: `at or after ${iso(opensAt)}` };
  if (moment === "after" && closesAt !== null)
    return { figure: "accepted_at", expected: `before ${iso(closesAt)}` };
  if (sealedAt !== null && at > sealedAt)
    return { figure: "accepted_at", expected: `at or before its shard's seal, ${iso(sealedAt)}` };
  if (!regions.has(ballot.region))
    return { figure: "region", expected: "a region of the decision" };
  if (weightMax !== null && ballot.weight > weightMax)
    return { figure: "weight", expected: `at most ${weightMax}` };
  return null;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
