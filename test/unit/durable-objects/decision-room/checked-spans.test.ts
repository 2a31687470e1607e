import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ballotsOf,
  spansBehind,
  spansBehindSeals,
} from "../../../../durable-objects/decision-room/checked-spans.ts";

const shards = fc
  .array(fc.nat(30), { minLength: 1, maxLength: 6 })
  .map((confirmed) => confirmed.map((confirmedSeq, shard) => ({ shard, confirmedSeq })));

describe("the ballots that a check counts", () => {
  it("are the next ones, shard by shard and round again", () => {
    const confirmed = [
      { shard: 0, confirmedSeq: 5 },
      { shard: 1, confirmedSeq: 0 },
      { shard: 2, confirmedSeq: 4 },
    ];
    const first = spansBehind(confirmed, { shard: 0, seq: 0 }, 7);
    expect(first.spans).toEqual([
      { shard: 0, afterSeq: 0, untilSeq: 5 },
      { shard: 2, afterSeq: 0, untilSeq: 2 },
    ]);
    const second = spansBehind(confirmed, first.next, 7);
    expect(second.spans).toEqual([
      { shard: 2, afterSeq: 2, untilSeq: 4 },
      { shard: 0, afterSeq: 0, untilSeq: 5 },
    ]);
    expect(spansBehind([], { shard: 0, seq: 0 }, 7).spans).toEqual([]);
  });

  it("are as many as may be, none twice, and all of them within one round", () => {
    fc.assert(
      fc.property(shards, fc.integer({ min: 1, max: 40 }), (confirmed, rowsMax) => {
        const all = confirmed.reduce((sum, { confirmedSeq }) => sum + confirmedSeq, 0);
        const seen = new Set<string>();
        let from = { shard: 0, seq: 0 };
        for (let checks = 0; checks < Math.ceil(all / rowsMax); checks += 1) {
          const { spans, next } = spansBehind(confirmed, from, rowsMax);
          expect(ballotsOf(spans)).toBe(Math.min(all, rowsMax));
          const places = spans.flatMap(({ shard, afterSeq, untilSeq }) =>
            Array.from(
              { length: untilSeq - afterSeq },
              (_, row) => `${shard}/${afterSeq + row + 1}`,
            ),
          );
          expect(new Set(places).size).toBe(places.length);
          for (const place of places) seen.add(place);
          from = next;
        }
        expect(seen.size).toBe(all);
      }),
    );
  });

  it("begin again where a cursor is behind what is confirmed since a rebuild", () => {
    const { spans } = spansBehind([{ shard: 0, confirmedSeq: 3 }], { shard: 0, seq: 9 }, 10);
    expect(spans).toEqual([{ shard: 0, afterSeq: 0, untilSeq: 3 }]);
  });

  it("can't be behind a seal, and may be behind what a shard takes votes for", () => {
    const sealed = { shard: 1, seq: 4, isSealed: true };
    expect(spansBehindSeals([{ shard: 0, seq: 2, isSealed: false }, sealed])).toEqual([
      { shard: 1, afterSeq: 4, untilSeq: Number.MAX_SAFE_INTEGER },
    ]);
  });
});
