import { describe, expect, it } from "vitest";
import { countedRowWriter } from "../../../src/publication/rows.ts";
import type { PublishedBallot } from "../../../src/publication/published-ballot.ts";
import { ballotPageOf } from "../../../src/search/ballot-page.ts";

const digits = (one: string): string => one.repeat(64);

const ballot: PublishedBallot = {
  hash: digits("a"),
  k: digits("b"),
  c: digits("c"),
  u: digits("d"),
  choice: "no",
  isCounted: true,
  region: "north",
  weight: 3,
  acceptedAt: Date.UTC(2026, 10, 2),
  name: "Ada\nLovelace",
  statement: 'They said "no",\r\nand\u2028meant it.',
};
const closedAt = Date.UTC(2026, 10, 9);

function pageOf(disclosure: "roll_call" | "pseudonymous", isShown: boolean) {
  const write = countedRowWriter(disclosure, () => isShown);
  const rows = [ballot, { ...ballot, hash: digits("e") }]
    .map((each) => `${write(each)}\n`)
    .join("");
  return ballotPageOf({ decisionId: "delta", page: 1, rows, closedAt });
}

describe("a page of published ballots", () => {
  it("has each at its own time in a roll call, whatever its voter has said", () => {
    const { ballots } = pageOf("roll_call", true);
    expect(ballots).toEqual(
      ["a", "e"].map((one) => ({
        hash: digits(one),
        choice: "no",
        region: "north",
        weight: 3,
        at: ballot.acceptedAt,
      })),
    );
  });

  it("has each at the close elsewhere", () => {
    const [first] = pageOf("pseudonymous", true).ballots;
    expect(first).toMatchObject({ region: "north", weight: 3, at: closedAt });
  });

  it("hides region and weight where the publication does", () => {
    const [first] = pageOf("pseudonymous", false).ballots;
    expect(first).toEqual({
      hash: digits("a"),
      choice: "no",
      region: null,
      weight: null,
      at: closedAt,
    });
  });

  it("has nothing else of a row: no name, no statement, and nothing that opens a hash", () => {
    const text = JSON.stringify(pageOf("roll_call", true));
    for (const hidden of ["Ada", "said", digits("b"), digits("c"), digits("d")])
      expect(text).not.toContain(hidden);
  });

  it("is empty where nobody voted, and refuses rows without choices", () => {
    const of = { decisionId: "delta", page: 1, closedAt };
    expect(ballotPageOf({ ...of, rows: "" }).ballots).toEqual([]);
    expect(() => ballotPageOf({ ...of, rows: `{"ballot_hash":"${digits("a")}"}\n` })).toThrow(
      "choice",
    );
  });
});
