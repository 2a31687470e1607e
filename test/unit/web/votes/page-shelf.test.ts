import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VotesPage } from "../../../../src/web/contract.ts";
import { FetchedRows } from "../../../../src/web/votes/fetched-rows.ts";
import { namedPagesMax, PageShelf } from "../../../../src/web/votes/page-shelf.ts";

const hashOf = (index: number) => (index * 7).toString(16).padStart(64, "0");

/** A list in pages of these sizes, and which of them were read. */
function listOf(sizes: readonly number[]) {
  const size = sizes.reduce((sum, each) => sum + each, 0);
  const asked: number[] = [];
  const read = async (page: number): Promise<VotesPage> => {
    asked.push(page);
    const before = sizes.slice(0, page - 1).reduce((sum, each) => sum + each, 0);
    const items = Array.from({ length: sizes[page - 1] ?? 0 }, (_, index) => ({
      ballot_hash: hashOf(before + index),
      name: `Voter${before + index}`,
    }));
    return { page, pages: sizes.length, next: null, size, first: before + 1, items };
  };
  return { read, asked, size };
}

async function shelfOf(sizes: readonly number[]) {
  const { read, asked, size } = listOf(sizes);
  const shelf = new PageShelf(await read(1), read);
  asked.length = 0;
  return { shelf, asked, size };
}

describe("the pages of a published list", () => {
  it("give any row after two or three reads of a million", async () => {
    const sizes = Array.from({ length: 1_250 }, (_, page) => 790 + ((page * 37) % 21));
    const { shelf, asked, size } = await shelfOf(sizes);
    for (const index of [size - 1, 500_000, 1_234, 999_000, 0]) {
      asked.length = 0;
      while (shelf.find(index) === null) await shelf.fetch(index);
      expect(shelf.find(index)).toMatchObject({ number: index + 1, hash: hashOf(index) });
      expect(asked.length).toBeLessThanOrEqual(3);
    }
  });

  it("give every row, whatever the pages' sizes and the order of asking", async () => {
    const lists = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(lists, fc.array(fc.nat(), { maxLength: 80 }), async (sizes, wanted) => {
        const { shelf, size } = await shelfOf(sizes);
        for (const each of wanted) {
          const index = each % size;
          for (let reads = 0; shelf.find(index) === null; reads += 1) {
            expect(reads).toBeLessThanOrEqual(sizes.length);
            await shelf.fetch(index);
          }
          expect(shelf.find(index)?.number).toBe(index + 1);
        }
      }),
    );
  });

  it("are refused where they contradict each other, and not read for ever", async () => {
    const { read } = listOf([3, 3, 3]);
    const first = await read(1);
    const shelf = new PageShelf({ ...first, size: 90 }, read);
    const reading = async () => {
      while (shelf.find(50) === null) await shelf.fetch(50);
    };
    await expect(reading()).rejects.toThrow("contradict");
  });

  it("find a hash by whole pages, about as many as a page number has bits", async () => {
    const { shelf, asked, size } = await shelfOf(Array.from({ length: 64 }, () => 9));
    for (let index = 0; index < size; index += 1) {
      asked.length = 0;
      expect((await shelf.findHash(hashOf(index)))?.number).toBe(index + 1);
      expect(asked.length).toBeLessThanOrEqual(7);
    }
    expect(await shelf.findHash("f".repeat(64))).toBeNull();
    expect(await shelf.findHash(hashOf(1).replace(/7$/, "6"))).toBeNull();
    expect(await shelf.findHash("00")).toMatchObject({ number: 1 });
    expect(await shelf.findHash("ff")).toBeNull();
  });

  it("find names one after the other, and read no page twice", async () => {
    const { shelf, asked } = await shelfOf([4, 4, 4]);
    const isThird = (name: string | null) => Number(name?.slice(5)) % 3 === 0;
    expect(await shelf.findName(isThird, 0)).toMatchObject({ number: 1, name: "Voter0" });
    expect(await shelf.findName(isThird, 1)).toMatchObject({ number: 4 });
    expect(await shelf.findName(isThird, 4)).toMatchObject({ number: 7 });
    expect(await shelf.findName(isThird, 10)).toBeNull();
    expect(asked).toEqual([1, 2, 3]);
    expect(shelf.hasFewPages).toBe(true);
  });

  it("find no name in a list of too many", async () => {
    const { shelf, asked } = await shelfOf(Array.from({ length: namedPagesMax + 1 }, () => 1));
    expect(shelf.hasFewPages).toBe(false);
    expect(await shelf.findName((name) => name === `Voter${namedPagesMax}`, 0)).toBeNull();
    expect(asked.length).toBe(namedPagesMax);
  });

  it("of a list without rows are one empty page", async () => {
    const { shelf } = await shelfOf([0]);
    expect(shelf.size).toBe(0);
    expect(await shelf.findHash("00")).toBeNull();
  });
});

describe("rows that are fetched when they are in view", () => {
  const settled = (rows: FetchedRows, from: number, to: number) =>
    new Promise<void>((resolve) => {
      const isThere = () => {
        for (let index = from; index < to; index += 1) if (rows.row(index) === null) return;
        resolve();
      };
      rows.subscribe(isThere);
      rows.want(from, to);
      isThere();
    });

  it("come for what is in view by then, and not for all that was passed", async () => {
    const { shelf, asked } = await shelfOf(Array.from({ length: 500 }, () => 10));
    const rows = new FetchedRows(shelf);
    for (let from = 100; from < 4_900; from += 10) rows.want(from, from + 20);
    await settled(rows, 2_003, 2_023);
    expect(rows.row(2_003)?.number).toBe(2_004);
    expect(asked.length).toBeLessThan(8);
  });

  it("are tried again when somebody asks for it, and not before", async () => {
    const { read } = listOf([2, 2, 2]);
    let [isDown, reads] = [true, 0];
    const shelf = new PageShelf(await read(1), async (page) => {
      reads += 1;
      if (isDown) throw new Error("down");
      return read(page);
    });
    const rows = new FetchedRows(shelf);
    const failed = new Promise<void>((resolve) => {
      rows.subscribe(() => rows.failure !== null && resolve());
    });
    rows.want(4, 6);
    await failed;
    expect(rows.failure?.message).toBe("down");
    rows.want(3, 6);
    expect(reads).toBe(1);
    isDown = false;
    const back = settled(rows, 4, 6);
    rows.retry();
    await back;
    expect(rows.failure).toBeNull();
  });
});
