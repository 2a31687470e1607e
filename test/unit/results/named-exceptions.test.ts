import { describe, expect, it } from "vitest";
import type { RegionTally } from "../../../src/ballot/tally.ts";
import { advanceReleases, noReleases } from "../../../src/results/releases.ts";
import { shownCells } from "../../../src/results/shown-cells.ts";

const count = (ballots: number) => ({ ballots, weight: BigInt(ballots) });
const tally = (yes: number, no: number): RegionTally => ({
  yes: count(yes),
  no: count(no),
  abstain: count(0),
});

describe("the exceptions that docs/secrecy.md names", () => {
  it("a cell is shown by the number of its voters, who may all have voted alike", () => {
    const terms = {
      disclosure: "pseudonymous",
      visibility: "sealed",
      smallCellsMin: 0,
      regions: ["north", "south"].map((code) => ({ code, name: code })),
      weightMax: 1,
      roll: null,
    } as const;
    const cells = [
      { region: "north", weight: 1, voters: 10 },
      { region: "south", weight: 1, voters: 10 },
    ];
    // No choice is asked for, so a unanimous cell is shown like any other.
    expect(shownCells(terms, cells)).toEqual({ cells, regions: ["north", "south"] });
  });

  it("nine accomplices of ten subtract their votes from a release, and have the tenth", () => {
    const terms = { releaseMin: 10, now: 1_000 };
    const steps = [tally(10, 0), tally(19, 1), tally(29, 1)];
    const shown = steps.map((_, at) => {
      const seen = steps.slice(0, at + 1);
      const state = seen.reduce(
        (releases, north) => advanceReleases(releases, new Map([["north", north]]), terms),
        noReleases,
      );
      return state.regions.get("north")?.shown?.tally ?? null;
    });
    expect(shown).toEqual([null, tally(10, 0), tally(19, 1)]);
    const accomplices = { yes: 9, no: 0 };
    const left = {
      yes: 19 - 10 - accomplices.yes,
      no: (shown[2]?.no.ballots ?? 0) - (shown[1]?.no.ballots ?? 0) - accomplices.no,
    };
    expect(left).toEqual({ yes: 0, no: 1 });
  });
});
