import { describe, expect, it } from "vitest";
import { encodeResult } from "../../../src/cache/result-entry.ts";
import { limits } from "../../../src/shared/limits.ts";
import { sampleResult } from "../../support/cache/sample-result.ts";
import { stranger, TiersUnderTest } from "./tiers-under-test.ts";

const final = sampleResult();
const open = sampleResult({ status: "open", isFinal: false, version: 9 });
const id = final.decisionId;

/** A cache in which the final result was kept just now. */
async function withFinal(): Promise<TiersUnderTest> {
  const tiers = new TiersUnderTest();
  tiers.room = final;
  await tiers.isolate().read(id, stranger);
  await tiers.settle();
  tiers.asked = 0;
  return tiers;
}

describe("final figures", () => {
  it("are read from the room once, then from the cache by every isolate while they are warm", async () => {
    const tiers = await withFinal();
    tiers.now += limits.cacheWarmMs - 1_000;
    for (let isolates = 0; isolates < 5; isolates += 1)
      expect(await tiers.isolate().read(id, stranger)).toEqual(final);
    expect(tiers.asked).toBe(0);
  });

  it("that have turned cold are shown at once, and one reader of many renews them", async () => {
    const tiers = await withFinal();
    tiers.now += limits.cacheWarmMs + 1;
    const reads = Array.from({ length: 20 }, () => tiers.isolate().read(id, stranger));
    expect(await Promise.all(reads)).toEqual(reads.map(() => final));
    await tiers.settle();
    expect(tiers.asked).toBe(1);
    // They are warm again.
    await tiers.isolate().read(id, stranger);
    await tiers.settle();
    expect(tiers.asked).toBe(1);
  });

  it("are renewed early by chance, the likelier the nearer they are to turning cold", async () => {
    const tiers = await withFinal();
    const readAt = async (ageMs: number, chance: number): Promise<number> => {
      const [now, asked] = [tiers.now, tiers.asked];
      tiers.now += ageMs;
      tiers.chance = chance;
      await tiers.isolate().read(id, stranger);
      await tiers.settle();
      tiers.now = now;
      return tiers.asked - asked;
    };
    expect(await readAt(limits.cacheWarmMs - limits.cacheRenewEarlyMs - 1, 0)).toBe(0);
    expect(await readAt(limits.cacheWarmMs - limits.cacheRenewEarlyMs / 2, 0.6)).toBe(0);
    expect(await readAt(limits.cacheWarmMs - limits.cacheRenewEarlyMs / 2, 0.4)).toBe(1);
  });

  it("outlive a silent room until the cold tier ends, and then the failure is told", async () => {
    const tiers = await withFinal();
    tiers.room = new Error("the room is away");
    tiers.now += limits.cacheColdMs - 1;
    expect(await tiers.isolate().read(id, stranger)).toEqual(final);
    await tiers.settle();
    expect(tiers.reports).toEqual(["cache.renewal_failed"]);
    tiers.now += 2;
    await expect(tiers.isolate().read(id, stranger)).rejects.toThrow("the room is away");
  });

  it("are read from the room by whoever has seen a newer version", async () => {
    const tiers = await withFinal();
    const newer = sampleResult({ version: final.version + 1 });
    tiers.room = newer;
    const reader = { seenVersion: newer.version, last: null };
    expect(await tiers.isolate().read(id, reader)).toEqual(newer);
    await tiers.settle();
    // And so does everybody from now on.
    expect(await tiers.isolate().read(id, stranger)).toEqual(newer);
    expect(tiers.asked).toBe(1);
  });

  it("of a certified decision are the last, whatever newer version a reader makes up", async () => {
    const tiers = new TiersUnderTest();
    const last = sampleResult({ status: "certified" });
    tiers.room = last;
    await tiers.isolate().read(id, stranger);
    await tiers.settle();
    const reader = { seenVersion: last.version + 1, last: null };
    expect(await tiers.isolate().read(id, reader)).toEqual(last);
    expect(tiers.asked).toBe(1);
  });
});

describe("a stampede", () => {
  it("of a hundred readers on what is in no cache is one question to the room", async () => {
    const tiers = new TiersUnderTest();
    tiers.room = final;
    const reads = Array.from({ length: 100 }, () => tiers.isolate().read(id, stranger));
    // The first answer is kept behind it; the others find it when they look again.
    await Promise.race(reads);
    await tiers.settle();
    expect(await Promise.all(reads)).toEqual(reads.map(() => final));
    expect(tiers.asked).toBe(1);
  });

  it("on a room that hangs waits a moment and then asks too: no reader hangs on another's question", async () => {
    const tiers = new TiersUnderTest();
    tiers.room = final;
    let answer = (): void => {};
    tiers.roomReady = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const first = tiers.isolate().read(id, stranger);
    const second = tiers.isolate().read(id, stranger);
    await expect.poll(() => tiers.asked).toBe(2);
    answer();
    expect(await Promise.all([first, second])).toEqual([final, final]);
  });
});

describe("figures of an open decision", () => {
  it("come from the room, also where a hot entry is there", async () => {
    const tiers = new TiersUnderTest();
    tiers.room = open;
    await tiers.isolate().read(id, stranger);
    await tiers.settle();
    tiers.now += limits.sharedReadMs;
    const next = sampleResult({ status: "open", isFinal: false, version: 10 });
    tiers.room = next;
    expect(await tiers.isolate().read(id, stranger)).toEqual(next);
    expect(await tiers.isolate().read(id, { seenVersion: null, last: open })).toEqual(next);
  });

  it("are one isolate's for all others too, for the second that an isolate's readers share them anyway", async () => {
    const tiers = new TiersUnderTest();
    tiers.room = open;
    await tiers.isolate().read(id, stranger);
    await tiers.settle();
    tiers.now += limits.sharedReadMs - 1;
    expect(await tiers.isolate().read(id, stranger)).toEqual(open);
    expect(tiers.asked).toBe(1);
  });

  it("stand in for a silent room for 300 s, as old as they are, and never behind what the reader saw", async () => {
    const tiers = new TiersUnderTest();
    tiers.room = open;
    await tiers.isolate().read(id, stranger);
    await tiers.settle();
    tiers.now += limits.cacheHotMs - 1;
    for (const silence of [new Error("the room is away"), null]) {
      tiers.room = silence;
      expect(await tiers.isolate().read(id, stranger)).toEqual(open);
    }
    expect(tiers.reports).toEqual(["results.record_no_answer"]);
    const ahead = { seenVersion: open.version + 1, last: null };
    expect(await tiers.isolate().read(id, ahead)).toBeNull();
    tiers.now += 2;
    expect(await tiers.isolate().read(id, stranger)).toBeNull();
  });

  it("that this isolate knows newer than the hot entry are what is shown of a silent room", async () => {
    const tiers = new TiersUnderTest();
    tiers.room = open;
    await tiers.isolate().read(id, stranger);
    await tiers.settle();
    tiers.room = null;
    const last = sampleResult({ status: "open", isFinal: false, version: 10 });
    expect(await tiers.isolate().read(id, { seenVersion: null, last })).toEqual(last);
  });

  it("are written every few seconds, not with every vote", async () => {
    let kept = 0;
    const tiers = new TiersUnderTest((cache) => ({
      ...cache,
      keep: (...entry) => {
        kept += 1;
        return cache.keep(...entry);
      },
    }));
    const isolate = tiers.isolate();
    for (let second = 0; second < 10; second += 1) {
      tiers.room = sampleResult({ status: "open", isFinal: false, version: 9 + second });
      await isolate.read(id, { seenVersion: null, last: open });
      await tiers.settle();
      tiers.now += 1_000;
    }
    expect(kept).toBe(10_000 / limits.cacheHotKeepMs);
  });
});

describe("what must not be shared", () => {
  it("never reaches the cache: a draft has no version that stands for its figures", async () => {
    const tiers = new TiersUnderTest();
    tiers.room = sampleResult({ status: "draft", isFinal: false, version: 0 });
    await tiers.isolate().read(id, stranger);
    await tiers.settle();
    tiers.now += limits.cacheClaimMs;
    expect(await tiers.cache.look(id)).toEqual({ kind: "missing", isClaimed: true });
  });
});

describe("a bad cache", () => {
  it.each([
    ["garbage", "not JSON"],
    ["another decision's result", encodeResult(sampleResult({ decisionId: "another" }))],
  ])("with %s in it is a miss, reported once, and mended", async (_, text) => {
    const tiers = new TiersUnderTest();
    tiers.room = final;
    const isolate = tiers.isolate();
    for (let times = 0; times < 2; times += 1) {
      await tiers.cache.keep(id, { version: final.version, text, lifeMs: limits.cacheColdMs });
      expect(await isolate.read(id, stranger)).toEqual(final);
      await tiers.settle();
    }
    expect(tiers.reports).toEqual(["cache.foreign_entry"]);
    const { asked } = tiers;
    expect(await isolate.read(id, stranger)).toEqual(final);
    expect(tiers.asked).toBe(asked);
  });

  it("with an entry that would outlive its tier is not believed", async () => {
    const tiers = await withFinal();
    const text = encodeResult(sampleResult({ version: 99 }));
    await tiers.cache.keep(id, { version: 99, text, lifeMs: limits.cacheColdMs * 2 });
    expect(await tiers.isolate().read(id, stranger)).toEqual(final);
  });

  it("that fails is left alone after some tries, asked again after a pause, and reported once an outage", async () => {
    let [calls, isDown] = [0, true];
    const call = <Args extends unknown[], Value>(work: (...args: Args) => Promise<Value>) => {
      return (...args: Args): Promise<Value> => {
        calls += 1;
        return isDown ? Promise.reject(new Error("Redis is away")) : work(...args);
      };
    };
    const tiers = new TiersUnderTest((cache) => ({
      look: call((decisionId) => cache.look(decisionId)),
      claim: call((decisionId) => cache.claim(decisionId)),
      keep: call((decisionId, entry) => cache.keep(decisionId, entry)),
      probe: call(() => cache.probe()),
    }));
    tiers.room = final;
    const isolate = tiers.isolate();
    const readOften = async (): Promise<void> => {
      for (let reads = 0; reads < 20; reads += 1) {
        expect(await isolate.read(id, stranger)).toEqual(final);
        await tiers.settle();
      }
    };
    await readOften();
    expect(calls).toBe(limits.cacheFailuresMax);
    tiers.now += limits.cachePauseMs;
    await readOften();
    expect(calls).toBe(limits.cacheFailuresMax + 1);
    expect(tiers.reports).toEqual(["cache.paused"]);
    isDown = false;
    tiers.now += limits.cachePauseMs;
    tiers.asked = 0;
    await readOften();
    expect(tiers.asked).toBe(1);
  });
});
