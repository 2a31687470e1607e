import type { DecisionResult } from "../../../src/results/result.ts";
import { showResult, type ShownCounts } from "../../../src/results/shown-result.ts";

type Given = Partial<
  Pick<
    DecisionResult,
    "decisionId" | "status" | "version" | "isFinal" | "roll" | "regions" | "exposure"
  >
>;

/** A result as it is shown, with figures past 2^53, a roll and names in other scripts. */
export function sampleResult(given: Given = {}): ShownCounts {
  const count = (ballots: number, weight: bigint) => ({ ballots, weight });
  const north = { yes: count(3, 2n ** 70n), no: count(1, 1n), abstain: count(0, 0n) };
  const south = { yes: count(0, 0n), no: count(2, 5n), abstain: count(1, 1n) };
  const result: DecisionResult = {
    decisionId: "harmony-with-nature",
    status: "closed",
    visibility: "live",
    exposure: { kind: "all" },
    version: 11,
    accepted: 7,
    isFinal: true,
    asOf: 1_790_000_000_000,
    roll: {
      voters: 9,
      weight: String(2n ** 71n),
      import: 1,
      hash: "ab",
      regions: [
        { region: "Ærø", voters: 5, weight: String(2n ** 71n - 9n) },
        { region: "south", voters: 4, weight: "9" },
      ],
      fewestAlike: [],
      shardHashes: ["cd"],
      isInRoom: true,
      voterIds: "case_mapped",
    },
    total: { yes: count(3, 2n ** 70n), no: count(3, 6n), abstain: count(1, 1n) },
    regions: new Map([
      ["Ærø", north],
      ["south", south],
    ]),
    tokens: { issued: 9, reissued: 2, revoked: 1 },
    ...given,
  };
  const shown = showResult(result, result.asOf);
  if (shown.shows !== "counts") throw new Error("a live decision shows its counts");
  return shown;
}
