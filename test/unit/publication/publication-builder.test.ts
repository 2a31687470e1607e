import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MerkleTree } from "../../../src/publication/merkle-tree.ts";
import {
  emptyPublicationState,
  publicationLists,
  PublicationBuilder,
  summarizeList,
  type PublicationList,
  type PublicationState,
} from "../../../src/publication/publication-builder.ts";
import {
  decodePublished,
  encodePublished,
  type PublishedBallot,
} from "../../../src/publication/published-ballot.ts";
import type { Disclosure } from "../../../src/decision/decision.ts";

const digits = (text: string): string => createHash("sha256").update(text).digest("hex");

const choices = ["yes", "no", "abstain"] as const;

/** Ballots of 40 voters in a large region and a small one; every fifth was replaced. */
const ballots = Array.from({ length: 40 }, (_, index): PublishedBallot => ({
  hash: digits(`hash ${index}`),
  k: digits(`k ${index}`),
  c: digits(`c ${index}`),
  u: digits(`u ${index}`),
  choice: choices[index % 3] ?? "yes",
  isCounted: index % 5 !== 0,
  region: index % 8 === 1 ? "Small" : 'Größe, "x"\n',
  weight: 2,
  acceptedAt: 1_700_000_000_000 + index,
  name: index === 3 ? 'Zoë\n"O\'Neil"' : null,
  statement: null,
}));
const ascending = ballots.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));

/** Publishes these ballots in runs, as after a restart between any two. */
function publish(disclosure: Disclosure, runs: readonly (readonly PublishedBallot[])[]) {
  const stored = new Map<string, string>();
  let state: PublicationState = emptyPublicationState;
  for (const run of runs) {
    const kept = state;
    const builder = new PublicationBuilder({
      disclosure,
      isCellShown: (region) => region !== "Small",
      state: kept,
      lastRows: (list) => stored.get(`${list} ${kept.pages[list]}`) ?? "",
      pageCharactersMax: 2_000,
    });
    builder.add(run);
    for (const list of publicationLists)
      for (const { page, rows } of builder.takePages(list)) stored.set(`${list} ${page}`, rows);
    state = JSON.parse(JSON.stringify(builder.state)) as PublicationState;
  }
  const rowsOf = (list: PublicationList) =>
    Array.from({ length: state.pages[list] }, (_, page) => stored.get(`${list} ${page + 1}`) ?? "")
      .join("")
      .split("\n")
      .slice(0, -1)
      .map((row) => JSON.parse(row) as Record<string, unknown>);
  return { state, stored, rowsOf };
}

describe("a publication", () => {
  it("has each counted ballot in one list and every other hash in the other, ascending", () => {
    const { rowsOf, state } = publish("pseudonymous", [ballots]);
    const counted = ascending.filter(({ isCounted }) => isCounted);
    const others = ascending.filter(({ isCounted }) => !isCounted);
    expect(rowsOf("counted").map((row) => row["ballot_hash"])).toEqual(counted.map((b) => b.hash));
    expect(rowsOf("others")).toEqual(others.map(({ hash }) => ({ ballot_hash: hash })));
    const tree = new MerkleTree();
    for (const { hash } of counted) tree.add(Buffer.from(hash, "hex"));
    expect(summarizeList(state, "counted")).toEqual({
      size: 32,
      root: tree.root,
      pages: state.pages.counted,
    });
    expect(summarizeList(state, "others").size).toBe(8);
    const tally = new Map(state.tally.map(([region, ...counts]) => [region, counts]));
    expect(tally.get("Small")?.reduce((sum, [one]) => sum + one, 0)).toBe(
      counted.filter(({ region }) => region === "Small").length,
    );
  });

  it("shows region, weight and u where the cell is shown, and nowhere else", () => {
    const { rowsOf } = publish("pseudonymous", [ballots]);
    const byHash = new Map(ballots.map((ballot) => [ballot.hash, ballot]));
    for (const row of rowsOf("counted")) {
      const { choice, k, c, u, region, weight } = byHash.get(String(row["ballot_hash"])) ?? {};
      const cell =
        region === "Small" ? { region: null, weight: null, u: null } : { region, weight, u };
      expect(row).toEqual({ ballot_hash: row["ballot_hash"], choice, k, c, ...cell });
    }
  });

  it("names of an aggregate decision hashes alone, and opens them for auditors", () => {
    const { rowsOf } = publish("aggregate", [ballots]);
    for (const row of rowsOf("counted")) expect(Object.keys(row)).toEqual(["ballot_hash"]);
    expect(rowsOf("openings")).toEqual(
      ascending.map(({ hash, isCounted, choice, k, u, region, weight }) => ({
        ballot_hash: hash,
        list: isCounted ? "counted" : "others",
        choice,
        k,
        region,
        weight,
        u,
      })),
    );
  });

  it("names voter, statement and time in a roll call", () => {
    const { rowsOf } = publish("roll_call", [ballots]);
    const named = rowsOf("counted").find(({ name }) => name !== null);
    expect(named).toMatchObject({
      name: 'Zoë\n"O\'Neil"',
      accepted_at: "2023-11-14T22:13:20.003Z",
    });
  });

  it("is the same byte for byte wherever it was interrupted", () => {
    const whole = publish("pseudonymous", [ballots]);
    expect(whole.state.pages.counted).toBeGreaterThan(3);
    for (let cut = 0; cut <= ascending.length; cut += 1) {
      const halves = publish("pseudonymous", [ascending.slice(0, cut), ascending.slice(cut)]);
      expect(halves.state).toEqual(whole.state);
      expect(halves.stored).toEqual(whole.stored);
    }
    const singly = publish(
      "pseudonymous",
      ascending.map((ballot) => [ballot]),
    );
    expect(singly.stored).toEqual(whole.stored);
  });

  it("keeps every page below the bound", () => {
    const { stored } = publish("pseudonymous", [ballots]);
    for (const rows of stored.values()) expect(Buffer.byteLength(rows)).toBeLessThanOrEqual(2_000);
  });

  it("refuses the same hash twice, in one run or in two, in one list or in both", () => {
    const [first] = ascending;
    if (first === undefined) throw new Error("there are ballots");
    const twin = { ...first, isCounted: !first.isCounted };
    for (const runs of [[[first, first]], [[first], [first]], [[first, twin]], [[first], [twin]]])
      expect(() => publish("pseudonymous", runs)).toThrow("no two are the same");
  });

  it("reads a shard's ballots as they were written", () => {
    const lines = ballots.map(encodePublished).join("\n");
    expect(decodePublished(lines)).toEqual(ballots);
    expect(decodePublished("")).toEqual([]);
  });
});
