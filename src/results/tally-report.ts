import { emptyRegionTally, isSameRegionTally, type Tally } from "../ballot/tally.ts";
import { tallyFromJson, tallyToJson, type TallyJson } from "../ballot/tally-json.ts";
import { limits } from "../shared/limits.ts";
import { prefixVersion, stripVersion } from "../shared/versioned.ts";
import type { ShardSnapshot } from "./shard-snapshot.ts";

/**
 * What a shard tells its room of itself: all its regions where `from` is null, or those that have
 * changed since it had accepted `from` ballots, each with its figures of now.
 */
export type TallyReport = Omit<ShardSnapshot, "tally"> & { from: number | null; regions: Tally };

/** Between two releases in a deployment: a newer form is refused, and the shard reports again. */
const reportForm = { name: "a shard's report", version: 1 };

type ReportCode = [
  shard: number,
  from: number | null,
  seq: number,
  takenAt: number,
  isSealed: 0 | 1,
  regions: TallyJson,
];

/** A report that takes the place of all that was known of its shard. */
export function wholeReport({ tally, ...snapshot }: ShardSnapshot): TallyReport {
  return { ...snapshot, from: null, regions: tally };
}

/** A report of what has changed since the tally was `base`, at seq `from`. */
export function changeReport(snapshot: ShardSnapshot, from: number, base: Tally): TallyReport {
  const { tally, ...head } = snapshot;
  return { ...head, from, regions: changedRegions(base, tally) };
}

function changedRegions(base: Tally, tally: Tally): Tally {
  const changed = new Map(
    [...tally].filter(([region, counts]) => {
      const before = base.get(region);
      return before === undefined || !isSameRegionTally(before, counts);
    }),
  );
  for (const region of base.keys()) {
    if (!tally.has(region)) changed.set(region, emptyRegionTally());
  }
  return changed;
}

/** A report as text: a call with one string costs the runtime half of one with objects. */
export function encodeReport(report: TallyReport): string {
  const { shard, from, seq, takenAt, isSealed, regions } = report;
  const code: ReportCode = [shard, from, seq, takenAt, isSealed ? 1 : 0, tallyToJson(regions)];
  return prefixVersion(reportForm, JSON.stringify(code));
}

/**
 * Reads a report.
 * @param text what `encodeReport` made, here or in another release
 * @throws {UnknownVersion} where that release is newer
 */
export function decodeReport(text: string): TallyReport {
  const code = JSON.parse(stripVersion(reportForm, text)) as ReportCode;
  const [shard, from, seq, takenAt, isSealed, regions] = code;
  return { shard, from, seq, takenAt, isSealed: isSealed === 1, regions: tallyFromJson(regions) };
}

/**
 * How long a shard waits after a report of so many bytes, in ms: not at all while all shards of the
 * decision, each at the pace of its drains, stay within what a room takes in, else a second.
 */
export function reportDelayMs(shards: number, bytes: number): number {
  const bytesASecond = (shards * bytes * 1_000) / limits.drainDelayMs;
  return bytesASecond <= limits.reportBytesASecondMax ? 0 : limits.reportDelayMsMax;
}
