import { describe, expect, test } from "vitest";
import { findBallot, foundWords } from "../../../../src/web/ballot/find-ballot.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";

const i18n = createI18n("en");
const hashOf = (number: number) => number.toString(16).padStart(64, "0");
const rowsOf = (numbers: number[]) =>
  numbers.map((number) => ({ ballot_hash: hashOf(number), choice: "yes" as const }));

/** A list of even numbers below `size`, three a page. */
function listOf(size: number) {
  const numbers = Array.from({ length: size }, (_, index) => index * 2);
  const pages = Math.max(1, Math.ceil(size / 3));
  const asked: number[] = [];
  const read = async (page: number) => {
    asked.push(page);
    return { pages, items: rowsOf(numbers.slice((page - 1) * 3, page * 3)) };
  };
  return { read, asked, numbers };
}

describe("a ballot in the published lists", () => {
  test.each([0, 1, 2, 3, 4, 7, 30])("is found in a list of %d, and no other", async (size) => {
    const { read, numbers } = listOf(size);
    const others = listOf(0).read;
    for (const number of [-1, ...numbers.flatMap((one) => [one, one + 1])].filter((n) => n >= 0)) {
      const found = await findBallot(hashOf(number), { counted: read, others });
      expect(found.list).toBe(number % 2 === 0 && number < size * 2 ? "counted" : "none");
    }
  });

  test("is looked for in whole pages, few of them, first among the counted", async () => {
    const [counted, others] = [listOf(3_000), listOf(3_000)];
    const found = await findBallot(hashOf(4_001), { counted: counted.read, others: others.read });
    expect(found).toEqual({ list: "none" });
    expect(counted.asked.length).toBeLessThanOrEqual(12);
    const odd = async () => ({ pages: 1, items: rowsOf([4_001]) });
    expect(await findBallot(hashOf(4_001), { counted: counted.read, others: odd })).toEqual({
      list: "others",
    });
  });

  test("is not said to be lost where the list names no hashes", async () => {
    const read = async () => ({ pages: 1, items: [{}] as never });
    await expect(findBallot(hashOf(1), { counted: read, others: read })).rejects.toThrow("no hash");
  });
});

describe("what was found, in words", () => {
  const row = { ballot_hash: hashOf(1) };
  test.each([
    [{ list: "counted", row }, "yes", true, "Published among the counted ballots."],
    [{ list: "counted", row: { ...row, choice: "yes" } }, "yes", true, "as Yes."],
    [{ list: "counted", row: { ...row, choice: "no" } }, "yes", true, "another choice than yours"],
    [{ list: "others" }, "yes", true, "somebody else had your proof"],
    [{ list: "others" }, "yes", false, "replaced or taken back."],
    [{ list: "others" }, "withdrawn", true, "replaced or taken back."],
    [{ list: "none" }, "yes", true, "acknowledged and lost"],
  ] as const)("%j of a vote %s (newest: %s)", (found, choice, isNewest, words) => {
    const said = foundWords(i18n, found, { choice, isNewest });
    expect(said).toContain(words);
    expect(said.includes("tell the organiser")).toBe(words === "somebody else had your proof");
  });
});
