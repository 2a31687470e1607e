import { beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "../../../src/auth/digest.ts";
import { consumeChanges } from "../../../src/search/consume-changes.ts";
import type { SearchChange } from "../../../src/search/search-change.ts";
import { SearchUnavailable } from "../../../src/search/search.ts";
import { limits } from "../../../src/shared/limits.ts";
import { memoryDeadLetters } from "../../../src/vote-log/memory.ts";
import { keptIndex } from "../../support/search/kept-index.ts";
import { keptRecord } from "../../support/search/kept-record.ts";

let index: ReturnType<typeof keptIndex>;
let record: ReturnType<typeof keptRecord>;
let deadLetters: ReturnType<typeof memoryDeadLetters>;
let logged: string[];
let wasFilled: boolean;

beforeEach(() => {
  index = keptIndex();
  record = keptRecord({ delta: 30, gamma: 0, draft: null });
  deadLetters = memoryDeadLetters();
  logged = [];
  wasFilled = false;
});

const decision = (decisionId: string, at = 5): SearchChange => ({
  kind: "decision",
  decisionId,
  at,
});
const ballots = (decisionId: string, page: number, at = 5): SearchChange => ({
  kind: "ballots",
  decisionId,
  page,
  at,
});

let now = 0;
beforeEach(() => {
  now = 9;
});

/** Consumes these changes at their first try, or a later one; gives what is to come again. */
async function consume(changes: readonly SearchChange[], tries = 1) {
  const delivered = changes.map((change) => ({ text: JSON.stringify(change), change, tries }));
  const again = await consumeChanges(
    {
      index: index.index,
      record: record.record,
      history: {
        wasFilled: async () => wasFilled,
        async noteFilled() {
          wasFilled = true;
        },
      },
      deadLetters,
      onDeadLetter: ({ id }) => logged.push(id),
      now: () => now,
      digest: sha256Hex,
    },
    delivered,
  );
  return again.map(({ change }) => change);
}

describe("what is consumed of the feed", () => {
  it("is in the index once as the record has it, however often it was told", async () => {
    const changes = [decision("delta", 5), ballots("delta", 1), decision("delta", 7)];
    expect(await consume([...changes, ...changes])).toEqual([]);
    expect([...index.kept.decisions.keys()]).toEqual(["delta"]);
    expect([...index.kept.pages.keys()]).toEqual(["delta:1"]);
    expect(record.asked.toSorted()).toEqual(["delta", "delta:1"]);
    expect(index.kept.indexedTo).toBe(7);
  });

  it("is nothing of a draft, of a decision that is not there, and of a page that is not", async () => {
    const changes = [decision("draft"), decision("nobody"), ballots("gamma", 1)];
    expect(await consume(changes)).toEqual([]);
    expect([index.kept.decisions.size, index.kept.pages.size]).toEqual([0, 0]);
  });

  it("is the time alone where nothing has changed, and never goes back", async () => {
    index.kept.indexedTo = 1;
    await consume([{ kind: "tick", at: 60_000 }]);
    await consume([{ kind: "tick", at: 20_000 }]);
    expect(index.kept.indexedTo).toBe(60_000);
    expect(record.asked).toEqual([]);
  });

  it("is no time of an index that was never filled, until something is in it", async () => {
    await consume([{ kind: "tick", at: 60_000 }]);
    expect(index.kept.indexedTo).toBeNull();
    await consume([decision("gamma", 70_000), { kind: "tick", at: 60_000 }]);
    expect(index.kept.indexedTo).toBe(70_000);
  });

  it("is no time of an index that has lost what it had, until it is filled again", async () => {
    await consume([decision("gamma", 70_000)]);
    expect(wasFilled).toBe(true);
    index.kept.indexedTo = null;
    await consume([decision("gamma", 80_000), ballots("delta", 1, 80_000)]);
    expect(index.kept.pages.size).toBe(1);
    expect(index.kept.indexedTo).toBeNull();
    index.kept.indexedTo = 75_000;
    await consume([{ kind: "tick", at: 90_000 }]);
    expect(index.kept.indexedTo).toBe(90_000);
  });

  it("is read in portions: never more at once than fits", async () => {
    let most = 0;
    let reading = 0;
    const { record: kept } = keptRecord({ delta: 30 });
    record.record.readBallots = async (...call) => {
      reading += 1;
      most = Math.max(most, reading);
      await Promise.resolve();
      reading -= 1;
      return kept.readBallots(...call);
    };
    await consume(Array.from({ length: 30 }, (_, page) => ballots("delta", page + 1)));
    expect(index.kept.pages.size).toBe(30);
    expect(most).toBe(limits.searchReadsAtOnceMax);
  });

  it("comes again while its decision can't be read, and holds up no other", async () => {
    record.broken.add("delta");
    expect(await consume([decision("delta"), decision("gamma")])).toEqual([decision("delta")]);
    expect([...index.kept.decisions.keys()]).toEqual(["gamma"]);
    expect(index.kept.indexedTo).toBeNull();
    expect(deadLetters.kept).toEqual([]);
    record.broken.clear();
    expect(await consume([decision("delta")], 2)).toEqual([]);
    expect(index.kept.indexedTo).toBe(5);
  });

  it("is a dead letter where its decision can't be read again and again", async () => {
    record.broken.add("delta");
    const last = limits.searchReadTriesMax;
    expect(await consume([decision("delta")], last)).toEqual([decision("delta")]);
    now = 5 + limits.searchReadGivenUpMs;
    expect(await consume([decision("delta")], last - 1)).toEqual([decision("delta")]);
    expect(await consume([decision("delta")], last)).toEqual([]);
    const body = JSON.stringify(decision("delta"));
    expect(deadLetters.kept).toEqual([
      {
        id: sha256Hex(body),
        body,
        decisionId: null,
        shard: null,
        seq: null,
        cause: expect.stringContaining("Error"),
        retries: last - 1,
        at: now,
      },
    ]);
    expect(logged).toEqual([sha256Hex(body)]);
  });

  it("is a dead letter at once where the index refuses it, and the others are in it", async () => {
    index.kept.refused.add("delta").add("delta:2");
    const changes = [
      decision("delta"),
      decision("gamma"),
      ballots("delta", 1),
      ballots("delta", 2),
    ];
    expect(await consume(changes)).toEqual([]);
    expect(deadLetters.kept.map(({ body, cause }) => [body, cause])).toEqual([
      [JSON.stringify(decision("delta")), "made to refuse"],
      [JSON.stringify(ballots("delta", 2)), "made to refuse"],
    ]);
    expect([...index.kept.decisions.keys(), ...index.kept.pages.keys()]).toEqual([
      "gamma",
      "delta:1",
    ]);
  });

  it("all comes again where the index is away, and makes no dead letter", async () => {
    index.kept.outage = new SearchUnavailable(new Error("away"));
    const last = limits.searchReadTriesMax;
    await expect(consume([decision("delta")], last)).rejects.toThrow(SearchUnavailable);
    await expect(consume([{ kind: "tick", at: 1 }])).rejects.toThrow(SearchUnavailable);
    expect(deadLetters.kept).toEqual([]);
  });
});
