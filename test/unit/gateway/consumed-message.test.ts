import { IS_CONTROL, type RecordsBatch } from "@platformatic/kafka";
import { describe, expect, it } from "vitest";
import { readBatches } from "../../../src/gateway/kafka/consumed-message.ts";

const place = { topic: "t", partition: 0, offset: 0n };

/** A batch whose records carry their own offsets as values; `offsets` may leave some out, as compaction does. */
function batch(
  first: number,
  offsets: readonly number[],
  last: number,
  attributes = 0,
): RecordsBatch {
  return {
    firstOffset: BigInt(first),
    lastOffsetDelta: last - first,
    firstTimestamp: 1_000n,
    maxTimestamp: 1_000n,
    attributes,
    records: offsets.map((offset) => ({
      length: 0,
      attributes: 0,
      timestampDelta: 5n,
      offsetDelta: offset - first,
      key: null,
      value: Buffer.from(String(offset)),
      headers: [],
    })),
    length: 0,
    partitionLeaderEpoch: 0,
    magic: 2,
    crc: 0,
    producerId: -1n,
    producerEpoch: -1,
    firstSequence: -1,
  };
}

describe("what is read of a partition", () => {
  it("begins at the offset asked for, also in the middle of a batch", () => {
    const read = readBatches({ ...place, offset: 2n }, [batch(0, [0, 1, 2, 3], 3)], 100);
    expect(read.messages.map(({ offset, timestamp }) => [offset, timestamp])).toEqual([
      [2, 1_005],
      [3, 1_005],
    ]);
    expect(read.nextOffset).toBe(4n);
  });

  it("goes on after the last record given where there may be no more, so that none is passed over", () => {
    const batches = [batch(0, [0, 1], 1), batch(2, [2, 3], 3)];
    const read = readBatches(place, batches, 3);
    expect(read.messages.map(({ value }) => value)).toEqual(["0", "1", "2"]);
    expect(read.nextOffset).toBe(3n);
  });

  it("goes past offsets that hold no record, or reading would stand still there", () => {
    expect(readBatches(place, [batch(0, [0], 4)], 100).nextOffset).toBe(5n);
    const mark = readBatches({ ...place, offset: 5n }, [batch(5, [5], 5, IS_CONTROL)], 100);
    expect(mark).toMatchObject({ messages: [], nextOffset: 6n });
  });

  it("stays where it is when nothing came", () => {
    expect(readBatches(place, [], 100)).toMatchObject({ messages: [], nextOffset: 0n });
  });
});
