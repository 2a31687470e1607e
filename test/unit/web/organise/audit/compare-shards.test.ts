import { expect, test } from "vitest";
import {
  compareShards,
  type AuditedRecord,
} from "../../../../../src/web/organise/audit/compare-shards.ts";

const recorded = (shard: number, seq: number) => ({
  shard,
  seq,
  published_seq: seq,
  confirmed_seq: seq,
  drain_failure: null,
  sealed: true,
});
const stored = (shard: number, applied_seq: number, ballots: number) => ({
  shard,
  applied_seq,
  ballots,
});

test("each shard is the same, behind, or holds what the record has not", () => {
  const comparison = {
    shards: [recorded(0, 3), recorded(1, 3), recorded(2, 3), recorded(3, 0), recorded(4, 3)],
    database: {
      shards: [stored(0, 3, 3), stored(1, 2, 2), stored(2, 3, 4), stored(9, 0, 1)],
      archived: [],
      dead_letters: 0,
    },
  };
  // As much of the answer as is compared.
  const found = compareShards(comparison as unknown as AuditedRecord);
  expect(found.map(({ shard, state }) => [shard, state])).toEqual([
    [0, "same"],
    [1, "behind"],
    [2, "foreign"],
    [3, "same"],
    [4, "behind"],
    [9, "foreign"],
  ]);
});

test("a gap is behind, though there are as many rows", () => {
  const comparison = {
    shards: [recorded(0, 3)],
    database: { shards: [stored(0, 1, 3)], archived: [], dead_letters: 0 },
  };
  const [found] = compareShards(comparison as unknown as AuditedRecord);
  expect(found).toMatchObject({ state: "behind", recorded: 3, stored: 1, rows: 3 });
});
