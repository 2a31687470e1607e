import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BallotCursor } from "../../../../src/database/database.ts";
import { findGap } from "../../../../src/http/responses/find-gap.ts";

const allBallots = (sealed: readonly number[]): BallotCursor[] =>
  sealed.flatMap((last, shard) =>
    Array.from({ length: last }, (_, index) => ({ shard, seq: index + 1 })),
  );

/** The page that a table with these rows answers, as the databases cut it. */
function pageOf(rows: readonly BallotCursor[], after: BallotCursor | null, perPage: number) {
  const rest = rows.filter(
    ({ shard, seq }) =>
      after === null || shard > after.shard || (shard === after.shard && seq > after.seq),
  );
  const items = rest.slice(0, perPage);
  return { items, next: rest.length > perPage ? (items.at(-1) ?? null) : null };
}

const seals = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 });
const perPages = fc.integer({ min: 1, max: 6 });

/** What a walk through the table is given, page by page; null where a page is refused. */
function walk(sealed: readonly number[], rows: readonly BallotCursor[], perPage: number) {
  const given: BallotCursor[] = [];
  for (let after: BallotCursor | null = null; ;) {
    const page = pageOf(rows, after, perPage);
    if (findGap(sealed, after, page) !== null) return null;
    given.push(...page.items);
    if (page.next === null) return given;
    after = page.next;
  }
}

describe("pages of a settled decision", () => {
  it("have no gap where the table is the record, whatever shards are empty and whatever the page", () => {
    fc.assert(
      fc.property(seals, perPages, (sealed, perPage) => {
        expect(walk(sealed, allBallots(sealed), perPage)).toEqual(allBallots(sealed));
      }),
    );
  });

  it("have one wherever a ballot is missing or too many; of one that is there twice only one is given", () => {
    const spoilt = seals.filter((sealed) => sealed.some((last) => last > 0));
    fc.assert(
      fc.property(spoilt, perPages, fc.nat(), (sealed, perPage, where) => {
        const rows = allBallots(sealed);
        const index = where % rows.length;
        expect(walk(sealed, rows.toSpliced(index, 1), perPage)).toBeNull();
        const stranger = { shard: sealed.length, seq: 1 };
        expect(walk(sealed, [...rows, stranger], perPage)).toBeNull();
        const [twice = stranger] = rows.slice(index);
        expect([null, rows]).toContainEqual(walk(sealed, rows.toSpliced(index, 0, twice), perPage));
      }),
    );
  });

  it("may begin after any ballot, also one that there is not", () => {
    const sealed = [2, 0, 3];
    for (const [after, due] of [
      [
        { shard: 0, seq: 9 },
        { shard: 2, seq: 1 },
      ],
      [
        { shard: 1, seq: 0 },
        { shard: 2, seq: 1 },
      ],
      [{ shard: 2, seq: 3 }, null],
      [{ shard: 9, seq: 0 }, null],
    ] as const) {
      const page = pageOf(allBallots(sealed), after, 1);
      expect(page.items[0] ?? null).toEqual(due);
      expect(findGap(sealed, after, page)).toBeNull();
    }
  });
});
