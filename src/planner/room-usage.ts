import { limits } from "../shared/limits.ts";

/** What a room takes a second while its decision is voted on, beside what its shards take. */
export interface RoomUsage {
  rowsWritten: number;
  alarms: number;
  d1RowsWritten: number;
}

/**
 * What `room-rows.test.ts` finds of a real room. In roll calls lists by region follow every ten
 * seconds; elsewhere figures are released when ten more voters of a region are counted, at most four
 * times a second. What the list of decisions says, and how turnout grew, follow each minute.
 */
export function roomUsageASecond({
  votesPerSecond,
  regions,
  isRollCall,
}: {
  votesPerSecond: number;
  regions: number;
  isRollCall: boolean;
}): RoomUsage {
  const isListedByRegion = isRollCall && regions > 0;
  const turnouts = 1_000 / limits.turnoutStepMs;
  const lists = 1_000 / (isListedByRegion ? limits.projectionDelayMs : limits.listedResultDelayMs);
  const releases = isRollCall ? 0 : releasesASecond(votesPerSecond);
  return {
    rowsWritten: releases + lists + turnouts,
    alarms: lists,
    // The decision's own row in the list, and those of its regions.
    d1RowsWritten: lists * (1 + (isListedByRegion ? regions : 0)),
  };
}

/** Of regions that come to their next release by chance, those that share a write are one. */
function releasesASecond(votesPerSecond: number): number {
  const mostASecond = 1_000 / limits.releaseDelayMs;
  const dueASecond = votesPerSecond / limits.releaseMinDefault;
  return mostASecond * (1 - Math.exp(-dueASecond / mostASecond));
}
