import { describe, expect, it } from "vitest";
import { BucketFilter } from "../../../../durable-objects/ballot-shard/bucket-filter.ts";
import { limits } from "../../../../src/shared/limits.ts";

const range = 2 ** 24;
/** Spread over the third partition, as hashes are. */
const bucketAt = (index: number): number => 3 * range + ((index * 2_654_435_761) % range);

describe("an index filter", () => {
  it.each([1, 1_000, 16_000, 200_000])("forgets none of %i buckets", (count) => {
    const filter = new BucketFilter(count, range);
    for (let index = 0; index < count; index += 1) filter.add(bucketAt(index));
    let forgotten = 0;
    for (let index = 0; index < count; index += 1)
      if (!filter.mayHave(bucketAt(index))) forgotten += 1;
    expect(forgotten).toBe(0);
  });

  it("takes at most one of eight other buckets for one of its own, until it is too small", () => {
    const filter = new BucketFilter(1_000, range);
    let count = 0;
    for (; !filter.isTooSmallFor(count); count += 1) filter.add(bucketAt(count));
    expect(count).toBeGreaterThan(1_000);
    const others = Array.from({ length: 10_000 }, (_, index) => bucketAt(1_000_000 + index));
    expect(others.filter((bucket) => filter.mayHave(bucket)).length).toBeLessThan(1_250);
  });

  it("is never too small where it is as large as it may be", () => {
    expect(new BucketFilter(10 ** 7, range).isTooSmallFor(10 ** 9)).toBe(false);
    expect(new BucketFilter(0, 64).isTooSmallFor(limits.filterBitsMax)).toBe(false);
  });
});
