import { noTokens } from "../../../../src/decision/token-counts.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RoomReleases } from "../../../../durable-objects/decision-room/releases.ts";
import {
  RoomResults,
  type AskedShards,
} from "../../../../durable-objects/decision-room/results.ts";
import { moveTally } from "../../../../src/ballot/tally.ts";
import { sampleDecision, sampleDraft } from "../../../support/sample-draft.ts";
import type { Decision, DecisionDraft } from "../../../../src/decision/decision.ts";
import { openDecision } from "../../../../src/decision/lifecycle.ts";
import {
  changeReport,
  wholeReport,
  type TallyReport,
} from "../../../../src/results/tally-report.ts";
import { noReleases } from "../../../../src/results/releases.ts";
import type { ShardSnapshot } from "../../../../src/results/shard-snapshot.ts";
import type { ShownResult } from "../../../../src/results/shown-result.ts";
import { limits } from "../../../../src/shared/limits.ts";

function snapshotOf(shard: number, seq: number, more: Partial<ShardSnapshot> = {}): ShardSnapshot {
  const ballots = Array.from({ length: seq }, () => ({
    choice: "yes" as const,
    region: "north",
    weight: 1,
  }));
  const tally = moveTally(new Map(), ballots, []);
  return { shard, seq, tally, takenAt: Date.now(), isSealed: false, ...more };
}

function openedDecision(draftMore: Partial<DecisionDraft> = {}): Decision {
  const draft = sampleDraft({ id: "two-shards", shards: 2, ...draftMore });
  const created: Decision = sampleDecision(draft);
  const opened = openDecision(created, Date.now(), () => "hash");
  if ("refused" in opened) throw new Error(opened.refused);
  return opened.decision;
}

/** The results of a room that has just begun, before two shards that answer with these. */
function roomBefore(
  answers: Map<number, ShardSnapshot>,
  seals: readonly ShardSnapshot[] = [],
  draft: Partial<DecisionDraft> = {},
) {
  const decision = openedDecision(draft);
  const asked: (readonly [shard: number, since: number | null])[] = [];
  /** What happens while the shards are asked. */
  const meanwhile = { do: (): void => {} };
  /** What a shard waits for before it answers. */
  const held = new Map<number, Promise<void>>();
  const store = {
    decision,
    seals: new Map(seals.map((seal) => [seal.shard, seal])),
    whenDurable: () => Promise.resolve(),
  };
  const releases = new RoomReleases({ releases: noReleases, keepReleases: () => {} });
  const shards: AskedShards = {
    async report(_, shard, since): Promise<TallyReport | null> {
      asked.push([shard, since]);
      await held.get(shard);
      const snapshot = answers.get(shard);
      if (snapshot === undefined) return null;
      const told =
        since === null
          ? wholeReport(snapshot)
          : changeReport(snapshot, since, snapshotOf(shard, since).tally);
      meanwhile.do();
      return told;
    },
  };
  const results = new RoomResults({
    store,
    tokenCountStore: { total: noTokens },
    shownStore: { regions: null },
    shards,
    releases,
  });
  return { results, decision, store, asked, held, meanwhile };
}

describe("the results of a room that has just begun", () => {
  it("are shown once it has asked every shard, however much these reported before", async () => {
    const answers = new Map([[0, snapshotOf(0, 7)]]);
    const { results, decision } = roomBefore(answers);
    results.mergeReport(wholeReport(snapshotOf(0, 5)));
    results.mergeReport(wholeReport(snapshotOf(1, 5)));
    expect(results.known(decision)).toBeNull();
    // A report of the other, which is silent, is no answer either.
    expect(await results.fresh()).toBeNull();
    results.mergeReport(changeReport(snapshotOf(1, 6), 5, snapshotOf(1, 5).tally));
    expect(results.known(decision)).toBeNull();
    answers.set(1, snapshotOf(1, 9));
    expect((await results.fresh())?.accepted).toBe(7 + 9);
  });

  it("ask for what changed since the report that came before the question", async () => {
    const answers = new Map([0, 1].map((shard) => [shard, snapshotOf(shard, 7)]));
    const { results, asked } = roomBefore(answers);
    results.mergeReport(wholeReport(snapshotOf(1, 5)));
    expect((await results.fresh())?.total.yes.ballots).toBe(14);
    expect(asked).toEqual([
      [0, null],
      [1, 5],
    ]);
  });

  it("ask for everything where a report came in between, and what it came to is not told before", async () => {
    const answers = new Map([0, 1].map((shard) => [shard, snapshotOf(shard, 9)]));
    const { results, decision, asked, meanwhile } = roomBefore(answers);
    results.mergeReport(wholeReport(snapshotOf(1, 5)));
    meanwhile.do = () => {
      results.mergeReport(wholeReport(snapshotOf(1, 6)));
      expect(results.known(decision)).toBeNull();
    };
    expect((await results.fresh())?.total.yes.ballots).toBe(18);
    expect(asked).toEqual([
      [0, null],
      [1, 5],
      [1, null],
    ]);
  });

  it("never go back by a report that came late", async () => {
    const answers = new Map([0, 1].map((shard) => [shard, snapshotOf(shard, 9)]));
    const { results, decision } = roomBefore(answers);
    await results.fresh();
    const before = results.known(decision);
    expect(results.mergeReport(wholeReport(snapshotOf(0, 4)))).toBe(9);
    expect(results.mergeReport(changeReport(snapshotOf(0, 6), 4, snapshotOf(0, 4).tally))).toBe(9);
    expect(results.known(decision)?.version).toBe(before?.version);
  });

  it("know nothing of shards that the frozen map does not have", async () => {
    const answers = new Map([0, 1].map((shard) => [shard, snapshotOf(shard, 1)]));
    const { results, decision } = roomBefore(answers, [snapshotOf(3, 8, { isSealed: true })]);
    for (const shard of [2, 63, -1, 0.5]) {
      expect(results.mergeReport(wholeReport(snapshotOf(shard, 5)))).toBe(-1);
      expect(results.mergeAnswer(wholeReport(snapshotOf(shard, 5)))).toBe(false);
    }
    expect(results.known(decision)).toBeNull();
    expect((await results.fresh())?.accepted).toBe(2);
  });

  it("keep a seal before any look, and ask a sealed shard no more", async () => {
    const seal = snapshotOf(0, 3, { isSealed: true, takenAt: 5 });
    const answers = new Map([
      [0, snapshotOf(0, 4)],
      [1, snapshotOf(1, 1)],
    ]);
    const { results, asked } = roomBefore(answers, [seal]);
    results.mergeReport(wholeReport(snapshotOf(0, 4)));
    results.mergeAnswer(wholeReport(snapshotOf(0, 4)));
    expect((await results.fresh())?.accepted).toBe(3 + 1);
    expect(asked).toEqual([[1, null]]);
  });

  it("are computed once for what is known, however many ask", async () => {
    const answers = new Map([0, 1].map((shard) => [shard, snapshotOf(shard, 9)]));
    const { results, decision } = roomBefore(answers);
    await results.fresh();
    const shown = results.shown(decision, Date.now());
    expect(results.shown(decision, Date.now())).toBe(shown);
    results.mergeReport(wholeReport(snapshotOf(0, 10)));
    expect(results.shown(decision, Date.now())).not.toBe(shown);
    const closing = { ...decision, status: "closing" as const };
    expect(results.shown(closing, Date.now())?.status).toBe("closing");
  });
});

/** Has a shard answer only once it is let. */
function hold(held: Map<number, Promise<void>>, shard: number): () => void {
  let answer = (): void => {};
  held.set(shard, new Promise((resolve) => (answer = resolve)));
  return () => answer();
}

describe("the results for those who watch", () => {
  const { broadcastFreshMs, broadcastWaitMs } = limits;
  const rollCall = { disclosure: "roll_call" } as const;
  const acceptedOf = (shown: ShownResult | null) =>
    shown?.shows === "counts" ? shown.accepted : 0;

  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("are asked of each shard that has said nothing just now", async () => {
    const answers = new Map([0, 1].map((shard) => [shard, snapshotOf(shard, 1)]));
    const { results, asked } = roomBefore(answers, [], rollCall);
    expect(acceptedOf(await results.shownToWatchers())).toBe(2);
    asked.length = 0;
    vi.advanceTimersByTime(broadcastFreshMs);
    results.mergeReport(changeReport(snapshotOf(0, 3), 1, snapshotOf(0, 1).tally));
    answers.set(1, snapshotOf(1, 2));
    expect(acceptedOf(await results.shownToWatchers())).toBe(3 + 2);
    expect(asked).toEqual([[1, 1]]);
  });

  it("wait a moment for a silent shard, once all have answered, and have what it says later", async () => {
    const answers = new Map([0, 1].map((shard) => [shard, snapshotOf(shard, 1)]));
    const { results, asked, held } = roomBefore(answers, [], rollCall);
    const answerFirst = hold(held, 1);
    const begun = results.shownToWatchers();
    await vi.advanceTimersByTimeAsync(10 * broadcastWaitMs);
    answerFirst();
    expect(acceptedOf(await begun)).toBe(2);

    vi.advanceTimersByTime(broadcastFreshMs);
    const answerLater = hold(held, 1);
    for (const shard of [0, 1]) answers.set(shard, snapshotOf(shard, 5));
    const soon = results.shownToWatchers();
    await vi.advanceTimersByTimeAsync(broadcastWaitMs);
    expect(acceptedOf(await soon)).toBe(5 + 1);
    asked.length = 0;
    const next = results.shownToWatchers();
    answerLater();
    expect(acceptedOf(await next)).toBe(5 + 5);
    // It was asked once, and is waited for again.
    expect(asked.filter(([shard]) => shard === 1)).toEqual([]);
  });

  it("come with reports alone where figures are released in steps", async () => {
    const answers = new Map([0, 1].map((shard) => [shard, snapshotOf(shard, 1)]));
    const { results, asked } = roomBefore(answers, [], { disclosure: "pseudonymous" });
    await results.shownToWatchers();
    asked.length = 0;
    vi.advanceTimersByTime(limits.snapshotFreshMs - 1);
    await results.shownToWatchers();
    expect(asked).toEqual([]);
  });

  it("wait for no release after the close, whatever waited before", async () => {
    const answers = new Map([0, 1].map((shard) => [shard, snapshotOf(shard, 20)]));
    const { results, decision, store } = roomBefore(answers, [], { disclosure: "pseudonymous" });
    await results.shownToWatchers();
    results.mergeReport(changeReport(snapshotOf(0, 60), 20, snapshotOf(0, 20).tally));
    results.shown(decision, Date.now());
    expect(results.isReleaseWaiting).toBe(true);
    store.decision = { ...decision, status: "closed" };
    results.shown(store.decision, Date.now());
    expect(results.isReleaseWaiting).toBe(false);
    expect(results.shown(store.decision, Date.now())).toBe(
      results.shown(store.decision, Date.now()),
    );
  });

  it("are what shards report by themselves where these have too many regions", async () => {
    const regions = Array.from({ length: 1_000 }, (_, index) => ({
      code: `r${index}`,
      name: `Region ${index}`,
    }));
    const shards = 8;
    const answers = new Map(
      Array.from({ length: shards }, (_, shard) => [shard, snapshotOf(shard, 1)]),
    );
    const { results, asked } = roomBefore(answers, [], { ...rollCall, regions, shards });
    await results.shownToWatchers();
    asked.length = 0;
    vi.advanceTimersByTime(limits.snapshotFreshMs - 1);
    await results.shownToWatchers();
    expect(asked).toEqual([]);
    vi.advanceTimersByTime(1);
    await results.shownToWatchers();
    expect(asked).toHaveLength(shards);
  });
});
