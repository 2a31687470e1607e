import { stepsASecond } from "./share-at-work.ts";
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
 * times a second. What the list of decisions says, and how turnout grew, follow each minute in which
 * there was a vote.
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
  const everyMs = isListedByRegion ? limits.projectionDelayMs : limits.listedResultDelayMs;
  const turnouts = stepsASecond(limits.turnoutStepMs, votesPerSecond);
  const lists = stepsASecond(everyMs, votesPerSecond);
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
  return stepsASecond(limits.releaseDelayMs, votesPerSecond / limits.releaseMinDefault);
}
