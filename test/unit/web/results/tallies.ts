import type { Counts, ResultsDelta, ApiTally } from "../../../../src/web/contract.ts";

/** A tally of unweighted ballots. */
export function tallyOf(yes: number, no = 0, abstain = 0): ApiTally {
  const count = (ballots: number) => ({ ballots, weight: String(ballots) });
  return { yes: count(yes), no: count(no), abstain: count(abstain), ...count(yes + no + abstain) };
}

/** A result of one region at a version; its time moves with its version unless given. */
export function resultsAt(version: number, changes: Partial<Counts> = {}): Counts {
  return {
    decision_id: "delta",
    status: "open",
    version,
    final: false,
    as_of: new Date(version * 1_000).toISOString(),
    age_ms: 0,
    visibility: "live",
    tokens: { issued: 0, reissued: 0, revoked: 0 },
    shows: "counts",
    total: tallyOf(version),
    regions: [{ region: "north", ...tallyOf(version) }],
    ...changes,
  };
}

/** The delta between two versions of `resultsAt`. */
export function deltaOf(
  from: number,
  version: number,
  changes: Partial<Counts> = {},
): ResultsDelta {
  return { ...resultsAt(version, changes), from };
}
