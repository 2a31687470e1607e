import { limits } from "../shared/limits.ts";
import type { Load } from "./load.ts";

/** What the checks of the status page take in a month. */
interface CheckUsage {
  calls: number;
  /** Of the Registry. */
  rowsWritten: number;
  d1RowsRead: number;
}

/**
 * Each minute from a decision's opening until a day after its session: a call of the room and of
 * each shard, a row of what was found, and the ballots that one check counts.
 */
export function checkUsageOf(load: Load): CheckUsage {
  const { shards, votesADecision } = load;
  const checkedHours = load.hours + limits.checkedAfterMs / 3_600_000;
  const decisions = Math.min(load.decisions, limits.checkedDecisionsMax);
  const checks = decisions * 60 * checkedHours * load.sessionsAMonth;
  const counted = Math.min(votesADecision, limits.checkedRowsMax) + shards;
  return {
    calls: checks * (1 + (load.isInRoom ? 0 : shards)),
    rowsWritten: checks,
    d1RowsRead: load.database === "d1" ? checks * counted : 0,
  };
}
