import { describe, expect, it } from "vitest";
import { moveTally } from "../../../src/ballot/tally.ts";
import type { Choice } from "../../../src/ballot/ballot.ts";
import {
  type DecisionStatus,
  visibilities,
  type Visibility,
} from "../../../src/decision/decision.ts";
import { diffResults } from "../../../src/results/delta.ts";
import type { Exposure } from "../../../src/results/exposure.ts";
import { viewRegionResult, viewResult } from "../../../src/results/result-json.ts";
import { mergeResult } from "../../../src/results/result.ts";
import { showResult } from "../../../src/results/shown-result.ts";

type Votes = Record<string, Partial<Record<Choice, number>>>;

type Moment = { accepted?: number; exposure?: Exposure; takenAt?: number };

const now = 5_000;

/** What is shown of a decision with these votes, after so many ballots. */
function shownOf(
  visibility: Visibility,
  status: DecisionStatus,
  votes: Votes,
  { accepted = 20, exposure = { kind: "all" }, takenAt = 1_000 }: Moment = {},
) {
  const ballots = Object.entries(votes).flatMap(([region, counts]) =>
    (["yes", "no", "abstain"] as const).flatMap((choice) =>
      Array.from({ length: counts[choice] ?? 0 }, () => ({ choice, region, weight: 2 })),
    ),
  );
  const tally = moveTally(new Map(), ballots, []);
  const isSealed = status === "closed";
  const snapshot = { shard: 0, seq: accepted, tally, takenAt, isSealed };
  const regions = Object.keys(votes);
  const decision = { id: "delta", status, regions, roll: null, visibility, exposure };
  return showResult(mergeResult(decision, [snapshot], now), now);
}

const yesHeavy: Votes = { north: { yes: 4, no: 1 }, south: { yes: 3 } };
const noHeavy: Votes = { north: { yes: 1, no: 4 }, south: { abstain: 3 } };

describe("a result before the close", () => {
  it.each(["open", "closing", "cancelled"] as const)(
    "that shows turnout says how many voted by region and nothing of how, while %s",
    (status) => {
      const view = viewResult(shownOf("turnout", status, yesHeavy), now);
      expect(view).toEqual(viewResult(shownOf("turnout", status, noHeavy), now));
      expect(view).toMatchObject({
        shows: "turnout",
        turnout: { voters: 8, weight: "16" },
        regions: [
          { region: "north", turnout: { voters: 5, weight: "10" } },
          { region: "south", turnout: { voters: 3, weight: "6" } },
        ],
      });
      expect(view).not.toHaveProperty("total");
    },
  );

  it.each(["open", "closing", "cancelled"] as const)(
    "that is sealed is the same whoever has voted, and whenever a shard was asked, while %s",
    (status) => {
      const silent = shownOf("sealed", status, { north: {}, south: {} }, { accepted: 0 });
      const busy = shownOf("sealed", status, yesHeavy, { accepted: 977, takenAt: 4_321 });
      expect(busy).toEqual(silent);
      expect(viewResult(busy, now)).toEqual(viewResult(silent, now));
    },
  );

  it("after the close is the same whatever was hidden before", () => {
    const [live, ...hidden] = visibilities.map((visibility) => {
      const view = viewResult(shownOf(visibility, "closed", yesHeavy), now);
      return { ...view, visibility: null };
    });
    expect(live).toMatchObject({ shows: "counts", total: { ballots: 8 } });
    for (const view of hidden) expect(view).toEqual(live);
  });

  it("never goes back in version: what was hidden is followed by more", () => {
    const versions = (["open", "closing", "closed"] as const).map(
      (status) => shownOf("sealed", status, yesHeavy).version,
    );
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(versions).size).toBe(3);
  });
});

describe("deltas of what is shown", () => {
  it("name no region where somebody changed a vote, while turnout alone is shown", () => {
    const before = shownOf("turnout", "open", yesHeavy, { accepted: 8 });
    const after = shownOf("turnout", "open", noHeavy, { accepted: 15 });
    expect(diffResults(before, after)?.regions.size).toBe(0);
    const more = shownOf("turnout", "open", { ...noHeavy, south: { no: 4 } }, { accepted: 16 });
    expect([...(diffResults(after, more)?.regions.keys() ?? [])]).toEqual(["south"]);
  });

  it("are not made from what was hidden to what is shown: whoever watches is sent the whole", () => {
    const closed = shownOf("sealed", "closed", yesHeavy);
    expect(diffResults(shownOf("sealed", "closing", yesHeavy), closed)).toBeNull();
    expect(diffResults(shownOf("turnout", "closing", yesHeavy), closed)).toBeNull();
  });
});

describe("regions that are not shown", () => {
  const votes: Votes = { north: { yes: 9, no: 2 }, south: { yes: 1 }, east: { no: 2 } };
  const shown = shownOf("live", "closed", votes, {
    exposure: { kind: "regions", codes: ["north"] },
  });

  it("are absent beside an exact total, and not shown when they are asked for by name", () => {
    const view = viewResult(shown, now);
    expect(view).toMatchObject({ total: { ballots: 14, weight: "28" } });
    expect(view).toHaveProperty("regions", [expect.objectContaining({ region: "north" })]);
    expect(view).not.toHaveProperty("release_min");
    expect(viewRegionResult(shown, "south", now)).toBe("hidden");
    expect(viewRegionResult(shown, "north", now)).toMatchObject({ total: { ballots: 11 } });
    expect(viewRegionResult(shown, "west", now)).toBeNull();
  });

  it("are left out by the whole and by no delta, which has no words for them", () => {
    const before = shownOf("live", "closed", votes);
    expect(diffResults(before, shown)).toBeNull();
    expect([...(diffResults(shown, before)?.regions.keys() ?? [])]).toEqual(["south", "east"]);
  });
});
