import { copyRegionTally, countedBallots, type RegionTally, type Tally } from "../ballot/tally.ts";
import { invariant } from "../shared/invariant.ts";
import { tallyFromJson, tallyToJson, type TallyJson } from "../ballot/tally-json.ts";

/** The figures of a region at a moment, in ms. */
export type FrozenTally = { tally: RegionTally; frozenAt: number };

/** What is shown of a region, which is the state before the newest; null for nothing yet. */
export type RegionRelease = { shown: FrozenTally | null; newest: FrozenTally };

/**
 * What is shown of a decision before its close, outside roll calls: of each region a state of at
 * least `release_min` counted voters more than the one before. One without regions is one region,
 * whose code is empty.
 */
export type Releases = {
  /** How often what is shown has moved. It only grows. */
  moves: number;
  regions: ReadonlyMap<string, RegionRelease>;
};

export const noReleases: Releases = { moves: 0, regions: new Map() };

/**
 * Freezes every region that has at least `releaseMin` counted ballots more than its newest frozen
 * state, and shows that one from now on. The same object where there is none.
 *
 * Counted ballots are compared, and not first ballots: a voter who withdraws is counted no more,
 * so between two states as many voters as that have come to be counted, whatever was withdrawn or
 * changed in between. It needs no other count of a shard, and whoever reads two states can check it.
 * @param regions the true figures by region; `now` in ms
 */
export function advanceReleases(
  releases: Releases,
  regions: Tally,
  { releaseMin, now }: { releaseMin: number; now: number },
): Releases {
  const next = new Map(releases.regions);
  let hasMoved = false;
  for (const [code, tally] of regions) {
    const newest = releases.regions.get(code)?.newest ?? null;
    const least = (newest === null ? 0 : countedBallots(newest.tally)) + releaseMin;
    if (countedBallots(tally) < least) continue;
    next.set(code, {
      shown: newest,
      newest: { tally: copyRegionTally(tally), frozenAt: now },
    });
    hasMoved ||= newest !== null;
  }
  if (isSameMap(next, releases.regions)) return releases;
  return { moves: releases.moves + (hasMoved ? 1 : 0), regions: next };
}

function isSameMap(
  one: ReadonlyMap<string, RegionRelease>,
  other: ReadonlyMap<string, RegionRelease>,
): boolean {
  return one.size === other.size && [...one].every(([code, each]) => other.get(code) === each);
}

/** What is shown of each region, in the order of these codes. */
export function shownStates(
  { regions }: Releases,
  codes: readonly string[],
): ReadonlyMap<string, FrozenTally> {
  return new Map(
    codes.flatMap((code) => {
      const shown = regions.get(code)?.shown ?? null;
      return shown === null ? [] : [[code, shown] as const];
    }),
  );
}

type FrozenJson = [tally: TallyJson[number], frozenAt: number];
type ReleasesJson = [moves: number, regions: [shown: FrozenJson | null, newest: FrozenJson][]];

/** As text, to be stored. */
export function encodeReleases({ moves, regions }: Releases): string {
  const code: ReleasesJson = [
    moves,
    [...regions].map(([region, { shown, newest }]) => [
      shown === null ? null : frozenToJson(region, shown),
      frozenToJson(region, newest),
    ]),
  ];
  return JSON.stringify(code);
}

/** @param text what `encodeReleases` made */
export function decodeReleases(text: string): Releases {
  const [moves, regions] = JSON.parse(text) as ReleasesJson;
  return {
    moves,
    regions: new Map(
      regions.map(([shown, newest]) => [
        newest[0][0],
        { shown: shown === null ? null : frozenFromJson(shown), newest: frozenFromJson(newest) },
      ]),
    ),
  };
}

function frozenToJson(region: string, { tally, frozenAt }: FrozenTally): FrozenJson {
  const [row] = tallyToJson(new Map([[region, tally]]));
  invariant(row !== undefined, "a tally of one region is one row");
  return [row, frozenAt];
}

function frozenFromJson([row, frozenAt]: FrozenJson): FrozenTally {
  const [tally] = tallyFromJson([row]).values();
  invariant(tally !== undefined, "a row is a region's tally");
  return { tally, frozenAt };
}
