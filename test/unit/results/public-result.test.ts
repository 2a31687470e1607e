import { describe, expect, it } from "vitest";
import { emptyRegionTally, moveTally } from "../../../src/ballot/tally.ts";
import { advanceReleases, noReleases } from "../../../src/results/releases.ts";
import { publicResult } from "../../../src/results/public-result.ts";
import { viewRegionResult, viewResult } from "../../../src/results/result-json.ts";
import { mergeResult } from "../../../src/results/result.ts";
import { showResult } from "../../../src/results/shown-result.ts";
import { decodeReport, encodeReport, wholeReport } from "../../../src/results/tally-report.ts";

const releaseMin = 10;

/** So many votes of one region, which has no name where the decision has none. */
function tallyOf(region: string, yes: number) {
  const ballot = { choice: "yes" as const, region, weight: 1 };
  return moveTally(
    new Map(),
    Array.from({ length: yes }, () => ballot),
    [],
  );
}

/** An open decision of these regions with 25 votes, of which the first ten are released. */
function released(regions: string[]) {
  const region = regions[0] ?? "";
  const first = advanceReleases(noReleases, tallyOf(region, 10), { releaseMin, now: 1_000 });
  const releases = advanceReleases(first, tallyOf(region, 20), { releaseMin, now: 2_000 });
  const exposure = { kind: "releases" as const, releases, releaseMin, since: 500 };
  const head = { id: "delta", status: "open" as const, roll: null, visibility: "live" as const };
  const snapshot = {
    shard: 0,
    seq: 25,
    tally: tallyOf(region, 25),
    takenAt: 3_000,
    isSealed: true,
  };
  return mergeResult({ ...head, regions, exposure }, [snapshot], 3_000);
}

describe("what is released of an open decision", () => {
  it("is the state before the newest, as old as that, and never final", () => {
    expect(publicResult(released(["north", "south"]))).toMatchObject({
      // One move, and two steps of life lived.
      version: 1 + 2,
      accepted: 10,
      isFinal: false,
      asOf: 1_000,
      total: { yes: { ballots: 10 } },
      regions: tallyOf("north", 10),
      hidden: ["south"],
      releaseMin,
    });
  });

  it("is the whole of a decision without regions, of which it then names none", () => {
    const known = publicResult(released([]));
    expect(known).toMatchObject({ accepted: 10, total: { yes: { ballots: 10 } }, hidden: [] });
    expect(known.regions.size).toBe(0);
  });

  it("is nothing before the first release, as old as the opening", () => {
    const exposure = { kind: "releases" as const, releases: noReleases, releaseMin, since: 500 };
    expect(publicResult({ ...released(["north"]), exposure })).toMatchObject({
      version: 2,
      accepted: 0,
      asOf: 500,
      total: emptyRegionTally(),
      hidden: ["north"],
    });
  });

  it("says how many new voters figures wait for, of the whole and of a region", () => {
    const shown = showResult(released(["north"]), 3_000);
    expect(viewResult(shown, 3_000)).toMatchObject({ release_min: releaseMin });
    expect(viewRegionResult(shown, "north", 3_000)).toMatchObject({ release_min: releaseMin });
  });
});

it("a sealed result that shows nothing is never final, and of one region nothing either", () => {
  const shown = showResult({ ...released(["north"]), visibility: "sealed" }, 3_000);
  expect(shown).toMatchObject({ shows: "nothing", isFinal: false, asOf: 3_000 });
  expect(viewResult(shown, 3_000)).toMatchObject({ shows: "nothing", final: false });
  expect(viewRegionResult(shown, "north", 3_000)).toMatchObject({ shows: "nothing" });
});

it("a shard's report says after its way as text whether it is a seal", () => {
  const snapshot = { shard: 3, seq: 2, tally: tallyOf("north", 2), takenAt: 9 };
  for (const isSealed of [true, false]) {
    const report = wholeReport({ ...snapshot, isSealed });
    expect(decodeReport(encodeReport(report))).toEqual(report);
  }
});
