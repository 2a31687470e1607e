import { limits } from "../../../src/shared/limits.ts";
import type { ShardBallot } from "../../../src/database/database.ts";

/** The longest region there may be, in characters that SQL and UTF-8 make long. */
export const longRegion = "Ä'".repeat(limits.regionCodeCharactersMax / 2);
export const times = { thisQuarter: 1_795_000_000_000, longAgo: 1_700_000_000_000 };

/** A decision of the test's own: all tests share one database. */
export function freshDecisionId(): string {
  return `contract-${crypto.randomUUID().slice(0, 8)}`;
}

/** A ballot of shard 0, of one of three regions and two quarters as its seq says. */
export function ballotOf(
  decisionId: string,
  seq: number,
  more: Partial<ShardBallot> = {},
): ShardBallot {
  return {
    decisionId,
    shard: 0,
    seq,
    pid: String(seq).padStart(22, "p"),
    choice: (["yes", "no", "abstain", "withdrawn"] as const)[seq % 4] ?? "yes",
    region: ["north", "", longRegion][seq % 3] ?? "",
    weight: seq % 5 === 0 ? limits.ballotWeightMax : 1,
    acceptedAt: seq % 7 === 0 ? times.longAgo : times.thisQuarter + seq,
    ...more,
  };
}
