import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { choices } from "../../../../src/ballot/ballot.ts";
import { recount } from "../../../../src/ballot/recount.ts";
import { PidTable } from "../../../../src/cli/verify/pid-table.ts";
import { ShardRecount } from "../../../../src/cli/verify/shard-recount.ts";

const pidOf = (voter: number): string =>
  createHash("sha256").update(String(voter)).digest("base64url");

const ballot = fc.record({
  pid: fc.integer({ min: 0, max: 40 }).map(pidOf),
  choice: fc.constantFrom(...choices),
  region: fc.constantFrom("", "Asia", "Europe"),
  weight: fc.constantFrom(1, 2, 999_999_999_999, 1_000_000_000_000),
});

test("the compact recount equals the plain one: the newest ballot of every pid counts", () => {
  fc.assert(
    fc.property(fc.array(ballot, { maxLength: 200 }), (ballots) => {
      const compact = new ShardRecount();
      for (const each of ballots) compact.add(each);
      const plain = recount(
        ballots.map((each, index) => ({ ...each, seq: index + 1, acceptedAt: 0 })),
      );
      const counted = [...plain].filter(([, cell]) =>
        choices.some((choice) => cell[choice].ballots > 0),
      );
      expect(compact.tally()).toEqual(new Map(counted));
      expect(compact.voters).toBe(new Set(ballots.map((each) => each.pid)).size);
    }),
  );
});

test("it tells a voter's first ballot from a newer one, and refuses what is no pid", () => {
  const recounted = new ShardRecount();
  const first = { pid: pidOf(1), choice: "yes", region: "", weight: 1 } as const;
  expect(recounted.add(first)).toBe("first");
  expect(recounted.add({ ...first, choice: "no" })).toBe("newer");
  expect(recounted.add({ ...first, pid: "short" })).toBeNull();
});

test("the pid table keeps a hundred thousand values apart while it grows", () => {
  const table = new PidTable();
  const count = 100_000;
  for (let voter = 0; voter < count; voter += 1) table.set(pidOf(voter), voter);
  for (let voter = 0; voter < count; voter += 1) {
    if (table.set(pidOf(voter), voter + 1)?.before !== voter) throw new Error(`lost ${voter}`);
  }
  expect(table.size).toBe(count);
  expect([...table.values()].reduce((sum, value) => sum + value, 0)).toBe(
    (count * (count + 1)) / 2,
  );
});
