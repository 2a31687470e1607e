import fc from "fast-check";
import { expect, test } from "vitest";
import { choices } from "../../../../src/ballot/ballot.ts";
import type { FileElectorate } from "../../../../src/cli/replay/electorate.ts";
import type { FileVote } from "../../../../src/cli/replay/file-votes.ts";
import { GroupBuffer, type ReplayBatch } from "../../../../src/cli/replay/group-buffer.ts";

const electorate: FileElectorate = {
  voters: ["A", "B", "C", "D", "E", "F", "G", "H", "I"].map((id, index) => ({
    id,
    region: index % 2 === 0 ? "North" : "South",
  })),
  indexOf: new Map(),
  regions: ["North", "South"],
};

function countRows(rows: readonly FileVote[]): Map<string, number> {
  const rowsOf = new Map<string, number>();
  for (const { rollCall } of rows) rowsOf.set(rollCall, (rowsOf.get(rollCall) ?? 0) + 1);
  return rowsOf;
}

const fileVotes = fc.array(
  fc.record({
    rollCall: fc.constantFrom("1", "2", "3", "4"),
    voter: fc.nat(electorate.voters.length - 1),
    choice: fc.constantFrom(...choices),
  }),
);

test("every voter's first row leaves the buffer exactly once, in order, whatever the order and the limit", () => {
  fc.assert(
    fc.property(fileVotes, fc.integer({ min: 1, max: 30 }), (rows, votesMax) => {
      const buffer = new GroupBuffer(countRows(rows), electorate, votesMax);
      const batches: ReplayBatch[] = [];
      for (const row of rows) {
        const batch = buffer.add(row);
        if (batch !== null) batches.push(batch);
        expect(buffer.bufferedVotes).toBeLessThan(votesMax);
      }
      const sent = batches.flatMap((batch) =>
        batch.votes.map((vote) => ({ rollCall: batch.rollCall, ...vote })),
      );
      const firsts = rows.filter(
        (row, index) =>
          rows.findIndex((r) => r.rollCall === row.rollCall && r.voter === row.voter) === index,
      );
      for (const rollCall of ["1", "2", "3", "4"]) {
        const ofRollCall = (vote: FileVote) => vote.rollCall === rollCall;
        expect(sent.filter(ofRollCall)).toEqual(firsts.filter(ofRollCall));
      }
      expect(buffer.duplicateRows).toBe(rows.length - firsts.length);
      expect(batches.reduce((sum, batch) => sum + batch.rows, 0)).toBe(rows.length);
      expect(buffer.bufferedVotes).toBe(0);
    }),
  );
});

test("the last batch of a decision, and only that, carries the count of all its rows", () => {
  const rows: FileVote[] = [
    { rollCall: "1", voter: 0, choice: "yes" },
    { rollCall: "1", voter: 1, choice: "no" },
    { rollCall: "2", voter: 0, choice: "abstain" },
    { rollCall: "1", voter: 2, choice: "yes" },
  ];
  const buffer = new GroupBuffer(countRows(rows), electorate, 2);
  const batches = rows.map((row) => buffer.add(row));
  expect(batches.map((batch) => batch?.count == null)).toEqual([true, true, false, false]);
  expect(batches[1]?.votes).toHaveLength(2);
  expect(batches[3]?.count?.get("North")).toMatchObject({ yes: { ballots: 2, weight: 2n } });
  expect(batches[3]?.count?.get("South")).toMatchObject({ no: { ballots: 1, weight: 1n } });
});

test("at the limit the fullest decision leaves early, and the others stay", () => {
  const rows: FileVote[] = [
    { rollCall: "1", voter: 0, choice: "yes" },
    { rollCall: "2", voter: 0, choice: "yes" },
    { rollCall: "2", voter: 1, choice: "yes" },
  ];
  const rowsOf = new Map([
    ["1", 9],
    ["2", 9],
  ]);
  const buffer = new GroupBuffer(rowsOf, electorate, 3);
  const batches = rows.map((row) => buffer.add(row)).filter((batch) => batch !== null);
  expect(batches).toMatchObject([{ rollCall: "2", rows: 2, count: null }]);
  expect(buffer.bufferedVotes).toBe(1);
});

test("rows of a roll call that the first pass left out are passed over", () => {
  const buffer = new GroupBuffer(new Map([["1", 1]]), electorate);
  expect(buffer.add({ rollCall: "2", voter: 0, choice: "yes" })).toBeNull();
  expect(buffer.add({ rollCall: "1", voter: 0, choice: "yes" })?.rollCall).toBe("1");
});
