import { describe, expect, it } from "vitest";
import { emptyRegionTally, moveTally } from "../../../src/ballot/tally.ts";
import { diffResults } from "../../../src/results/delta.ts";
import { viewDelta, viewResult } from "../../../src/results/result-json.ts";
import { viewRegions, viewTally } from "../../../src/results/view-tally.ts";
import { mergeResult } from "../../../src/results/result.ts";
import { ShardMerge } from "../../../src/results/shard-merge.ts";
import { isLastVersion, showResult } from "../../../src/results/shown-result.ts";
import { reportDelayMs, wholeReport } from "../../../src/results/tally-report.ts";

const vote = { region: "north", weight: 3 };
const counts = moveTally(
  new Map(),
  [
    { ...vote, choice: "yes" },
    { ...vote, choice: "no" },
    { ...vote, choice: "no" },
    { ...vote, choice: "abstain" },
  ],
  [],
);
const view = {
  yes: { ballots: 1, weight: "3" },
  no: { ballots: 2, weight: "6" },
  abstain: { ballots: 1, weight: "3" },
  ballots: 4,
  weight: "12",
};

function resultOf(tally: typeof counts, seq: number, visibility: "live" | "turnout" = "live") {
  const decision = {
    id: "delta",
    status: "open" as const,
    regions: ["north"],
    roll: null,
    visibility,
    exposure: { kind: "all" as const },
  };
  const snapshot = { shard: 0, seq, tally, takenAt: 1_000, isSealed: false };
  return showResult(mergeResult(decision, [snapshot], 1_000), 1_000);
}

describe("a tally that is shown", () => {
  it("has each choice and the sum of all three, abstentions too", () => {
    expect(viewTally(counts.get("north") ?? emptyRegionTally())).toEqual(view);
    expect(viewRegions(counts)).toEqual([{ region: "north", ...view }]);
  });

  it("has as turnout all who voted, whatever they said", () => {
    const shown = viewResult(resultOf(counts, 4, "turnout"), 1_000);
    expect(shown).toMatchObject({ turnout: { voters: 4, weight: "12" } });
  });
});

describe("a delta that is shown", () => {
  it("says the version that it starts from, and otherwise what a result says", () => {
    const [before, after] = [resultOf(new Map(), 0), resultOf(counts, 4)];
    const delta = diffResults(before, after);
    if (delta === null) throw new Error("both show their counts");
    expect(viewDelta(delta, 1_200)).toEqual({ ...viewResult(after, 1_200), from: before.version });
  });

  it("names a region where weight alone has changed, while turnout alone is shown", () => {
    const heavier = moveTally(new Map(), [{ ...vote, weight: 5, choice: "yes" }], []);
    const light = moveTally(new Map(), [{ ...vote, choice: "yes" }], []);
    const [before, after] = [resultOf(light, 1, "turnout"), resultOf(heavier, 2, "turnout")];
    expect([...(diffResults(before, after)?.regions.keys() ?? [])]).toEqual(["north"]);
  });
});

describe("a merge of shards", () => {
  const snapshot = { shard: 0, seq: 4, tally: counts, takenAt: 1_000, isSealed: false };

  it("no longer counts a region that a whole report does not name", () => {
    const merge = new ShardMerge();
    merge.take(wholeReport(snapshot));
    const south = moveTally(new Map(), [{ choice: "yes", region: "south", weight: 1 }], []);
    merge.take(wholeReport({ ...snapshot, seq: 6, tally: south }));
    expect(merge.tally.get("north")).toEqual(emptyRegionTally());
    expect(merge.total).toEqual(south.get("south"));
  });

  it("counts its changes upwards, a later look too, and none where nothing was taken", () => {
    const merge = new ShardMerge();
    expect(merge.changes).toBe(0);
    merge.take(wholeReport(snapshot));
    expect(merge.changes).toBe(1);
    merge.take(wholeReport({ ...snapshot, takenAt: 2_000 }));
    expect(merge.changes).toBe(2);
    merge.take(wholeReport({ ...snapshot, seq: 3 }));
    expect(merge.changes).toBe(2);
  });
});

it("a shard waits a second once all shards together would tell more than a room takes in", () => {
  expect([reportDelayMs(2, 125_000), reportDelayMs(2, 125_001)]).toEqual([0, 1_000]);
});

it("no version follows that of a certified decision, and one follows any other", () => {
  const statuses = ["draft", "open", "closing", "closed", "certified", "cancelled"] as const;
  const last = statuses.filter((status) => isLastVersion({ status }));
  expect(last).toEqual(["certified"]);
});
