import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countedBallots, type RegionTally } from "../../../src/ballot/tally.ts";
import { diffResults } from "../../../src/results/delta.ts";
import {
  advanceReleases,
  decodeReleases,
  encodeReleases,
  noReleases,
} from "../../../src/results/releases.ts";
import { viewResult } from "../../../src/results/result-json.ts";
import { cellLookup } from "../../../src/results/shown-cells.ts";
import {
  certifiedView,
  closedView,
  electionArbitrary,
  holdElection,
  smallestDifference,
  smallestStep,
} from "./released-election.ts";
import { randomRuns } from "../../support/random-runs.ts";

const count = (ballots: number) => ({ ballots, weight: BigInt(ballots) });
const tally = (yes: number, no = 0): RegionTally => ({
  yes: count(yes),
  no: count(no),
  abstain: count(0),
});
const onlyNorth = (yes: number, no = 0) => new Map([["north", tally(yes, no)]]);

describe("a release of a region", () => {
  const terms = { releaseMin: 10, now: 1_000 };

  it("freezes it with ten counted voters more, and shows the state before", () => {
    expect(advanceReleases(noReleases, onlyNorth(9), terms)).toBe(noReleases);
    const first = advanceReleases(noReleases, onlyNorth(7, 3), terms);
    expect(first).toEqual({
      moves: 0,
      regions: new Map([
        ["north", { shown: null, newest: { tally: tally(7, 3), frozenAt: 1_000 } }],
      ]),
    });
    expect(advanceReleases(first, onlyNorth(7, 12), terms)).toBe(first);
    const second = advanceReleases(first, onlyNorth(8, 12), { ...terms, now: 2_000 });
    expect(second.moves).toBe(1);
    expect(second.regions.get("north")).toEqual({
      shown: { tally: tally(7, 3), frozenAt: 1_000 },
      newest: { tally: tally(8, 12), frozenAt: 2_000 },
    });
  });

  it("waits while withdrawals outnumber new voters, and is not moved by changed votes", () => {
    const first = advanceReleases(noReleases, onlyNorth(10), terms);
    expect(advanceReleases(first, onlyNorth(0, 10), terms)).toBe(first);
    expect(advanceReleases(first, onlyNorth(4), terms)).toBe(first);
    expect(advanceReleases(first, onlyNorth(19), terms)).toBe(first);
    expect(advanceReleases(first, onlyNorth(20), terms).moves).toBe(1);
  });

  it("keeps figures of its own: what counts on does not change it", () => {
    const north = tally(10);
    const first = advanceReleases(noReleases, new Map([["north", north]]), terms);
    north.yes.ballots += 1;
    expect(first.regions.get("north")?.newest.tally.yes.ballots).toBe(10);
  });

  it("is the same once it was stored and read, whatever its region is called", () => {
    const regions = new Map([
      ["", tally(2 ** 40)],
      ['"quoted", Ærø', { ...tally(11), yes: { ballots: 11, weight: 2n ** 90n } }],
    ]);
    const first = advanceReleases(noReleases, regions, terms);
    const grown = new Map([...regions].map(([code, one]) => [code, { ...one, no: count(10) }]));
    const second = advanceReleases(first, grown, terms);
    for (const releases of [noReleases, first, second])
      expect(decodeReleases(encodeReleases(releases))).toEqual(releases);
  });
});

describe("what is shown of a random election before its close", () => {
  it("differs between any two moments by at least the voters of a release, in every region and every sum of them", () => {
    fc.assert(
      fc.property(electionArbitrary, (election) => {
        const { views, releaseMin } = holdElection(election);
        expect(smallestStep(views)).toBeGreaterThanOrEqual(releaseMin);
      }),
      { numRuns: randomRuns(2_000) },
    );
  });

  it("differs from the whole after the close by as many, whatever is taken from it", () => {
    fc.assert(
      fc.property(electionArbitrary, (election) => {
        const held = holdElection(election);
        const { views, releaseMin, electionEnd } = held;
        for (const view of views) {
          const isAnythingShown = view.regions.size > 0;
          const left = smallestDifference(view, electionEnd, []);
          if (isAnythingShown) expect(left).toBeGreaterThanOrEqual(releaseMin);
        }
      }),
      { numRuns: randomRuns(2_000) },
    );
  });

  it("differs from the regions and weights that certification shows by as many, or by ten where that is less", () => {
    fc.assert(
      fc.property(electionArbitrary, (election) => {
        const held = holdElection(election);
        const { shown, views, releaseMin, electionEnd } = certifiedView(held);
        const isShown = cellLookup(shown);
        for (const view of views) {
          for (const region of shown.regions) {
            const before = view.regions.get(region);
            const after = electionEnd.get(region) ?? new Map();
            // A region of one weight is its only cell; of one of several no cell is shown.
            const weights = new Set([...after.values()].map(({ weight }) => weight));
            for (const weight of weights) if (isShown(region, weight)) expect(weights.size).toBe(1);
            if (before === undefined) continue;
            const changed = [...after].filter(([voter]) => !before.has(voter)).length;
            expect(changed).toBeGreaterThanOrEqual(releaseMin);
          }
          if (shown.regions.length === 0) continue;
          const left = smallestDifference(view, electionEnd, shown.regions);
          if (left > 0) expect(left).toBeGreaterThanOrEqual(Math.min(releaseMin, 10));
        }
      }),
      { numRuns: randomRuns(2_000) },
    );
  });

  it("moves version, moment and frames with the releases alone", () => {
    fc.assert(
      fc.property(electionArbitrary, (election) => {
        const { views } = holdElection(election);
        for (const [index, { result, regions }] of views.entries()) {
          const before = views[index - 1];
          if (before === undefined) continue;
          const hasMoved = [...regions].some(
            ([code, states]) => before.regions.get(code) !== states,
          );
          const figures = (shown: typeof result) => JSON.stringify(viewResult(shown, shown.asOf));
          expect(result.version > before.result.version).toBe(hasMoved);
          expect(figures(result) === figures(before.result)).toBe(!hasMoved);
          expect(result.version).toBeGreaterThanOrEqual(before.result.version);
          expect(result.asOf).toBeGreaterThanOrEqual(before.result.asOf);
          if (!hasMoved) continue;
          const delta = diffResults(before.result, result);
          const moved = [...regions].filter(([code, one]) => before.regions.get(code) !== one);
          expect([...(delta?.regions.keys() ?? [])].toSorted()).toEqual(
            moved.map(([code]) => code).toSorted(),
          );
        }
      }),
      { numRuns: randomRuns(500) },
    );
  });

  it("is the sum of the regions that are shown, and is followed by a newer version at the close", () => {
    fc.assert(
      fc.property(electionArbitrary, (election) => {
        const held = holdElection(election);
        for (const { result, regions } of held.views) {
          if (result.shows !== "counts") throw new Error("a live election shows counts");
          const voters = [...regions.values()].reduce((sum, states) => sum + states.size, 0);
          expect(countedBallots(result.total.figures)).toBe(voters);
          expect([...result.regions.keys()]).toEqual([...regions.keys()]);
          expect(closedView(held).version).toBeGreaterThan(result.version);
        }
      }),
      { numRuns: randomRuns(500) },
    );
  });
});

describe("the search for differences", () => {
  /** Shows what is newest, as a region's last voters before the close would see it. */
  const showNewest: typeof advanceReleases = (...given) => {
    const { moves, regions } = advanceReleases(...given);
    const shownAtOnce = [...regions].map(
      ([code, { newest }]) => [code, { shown: newest, newest }] as const,
    );
    return { moves: moves + 1, regions: new Map(shownAtOnce) };
  };
  const oneTooFew: typeof advanceReleases = (releases, regions, { releaseMin, now }) =>
    advanceReleases(releases, regions, { releaseMin: releaseMin - 1, now });

  it("finds a room that shows the newest state, and one that counts one voter less", () => {
    const afterTheClose = fc.check(
      fc.property(electionArbitrary, (election) => {
        const { views, releaseMin, electionEnd } = holdElection(election, showNewest);
        return views.every(
          (view) =>
            view.regions.size === 0 || smallestDifference(view, electionEnd, []) >= releaseMin,
        );
      }),
    );
    expect(afterTheClose.failed).toBe(true);
    const before = fc.check(
      fc.property(electionArbitrary, (election) => {
        const { views, releaseMin } = holdElection(election, oneTooFew);
        return smallestStep(views) >= releaseMin;
      }),
    );
    expect(before.failed).toBe(true);
  });
});
