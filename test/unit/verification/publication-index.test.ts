import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineReader } from "../../../src/verification/line-reader.ts";
import { verifyPublished } from "../../../src/verification/verify-published.ts";
import { certified, decoded } from "../../support/verification/certified.ts";
import { memorySource } from "../../support/verification/memory-source.ts";

const publication = certified({ disclosure: "roll_call", voters: 80, weights: [1, 3] });
type Row = Record<string, string | number | null>;
const rows = decoded(publication.parts.counted)
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as Row);

async function read(pieceBytes = 1_000, parts = publication.parts) {
  return (await verifyPublished(memorySource(parts, pieceBytes))).index;
}

describe("an index of a publication", () => {
  it("has every row as it was published, whatever pieces it came in", async () => {
    for (const pieceBytes of [1, 7, 64, 1_000_000]) {
      const index = await read(pieceBytes);
      const shown = index.rows("counted", 0, 1_000).map((row) => ({
        ballot_hash: row.hash,
        choice: row.choice,
        region: row.region,
        weight: row.weight,
        ...(typeof row.note === "object" ? row.note : {}),
      }));
      const expected = rows.map(({ k: _k, c: _c, u: _u, ...row }) => row);
      expect(shown).toEqual(expected);
    }
  });

  it("gives rows from one to another, and none beyond the list", async () => {
    const index = await read();
    expect(index.rows("counted", 5, 8).map(({ number }) => number)).toEqual([6, 7, 8]);
    expect(index.rows("counted", -3, 1)).toHaveLength(1);
    expect(index.rows("counted", 70, 1_000)).toHaveLength(rows.length - 70);
    expect(index.rows("counted", 1_000, 2_000)).toEqual([]);
    expect(index.rowsAt([3, -1, 1_000]).map(({ number }) => number)).toEqual([4]);
  });

  it("finds each hash in its list, and no other", async () => {
    const index = await read();
    for (const { hash, isCounted } of publication.ballots) {
      const [mine, other] = isCounted
        ? (["counted", "others"] as const)
        : (["others", "counted"] as const);
      const at = index.find(mine, hash);
      expect(index.rows(mine, at ?? -1, (at ?? -2) + 1)[0]?.hash).toBe(hash);
      expect(index.find(other, hash)).toBeNull();
    }
    expect(index.find("counted", "0".repeat(64))).toBeNull();
    expect(index.find("counted", "f".repeat(64))).toBeNull();
  });

  it("filters by choice and region as a naive search does", async () => {
    const index = await read();
    const choices = [undefined, "yes", "no", "abstain"] as const;
    for (const choice of choices)
      for (const region of [undefined, "north", "south", "nowhere"]) {
        const filter = {
          ...(choice === undefined ? {} : { choice }),
          ...(region === undefined ? {} : { region }),
        };
        const expected = rows.flatMap((row, at) =>
          (choice === undefined || row["choice"] === choice) &&
          (region === undefined || row["region"] === region)
            ? [at]
            : [],
        );
        expect([...index.select(filter)]).toEqual(expected);
      }
  });

  it("of hashes alone has neither choices nor regions, and filters nothing by them", async () => {
    const index = await read(1_000, certified({ disclosure: "aggregate" }).parts);
    expect(index.rows("counted", 0, 1)).toMatchObject([
      { choice: null, region: null, weight: null },
    ]);
    expect(index.select({ choice: "yes" })).toHaveLength(0);
    expect(index.select({})).toHaveLength(108);
  });
});

describe("lines", () => {
  it("are the same, however their bytes are cut", () => {
    const line = fc.string({ unit: fc.constantFrom("a", "é", "{", " "), maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (texts, sizes) => {
          const bytes = new TextEncoder().encode(texts.map((one) => `${one}\n`).join(""));
          const found: string[] = [];
          const reader = new LineReader((some, start, end) => {
            found.push(new TextDecoder().decode(some.slice(start, end)));
          });
          for (let at = 0; at < bytes.length;) {
            const piece = bytes.slice(at, at + (sizes.next().value ?? 1));
            for (let from = 0; from < piece.length;) from = reader.add(piece, from, 2);
            at += piece.length;
          }
          expect(found).toEqual(texts);
          expect(reader.isCut).toBe(false);
        },
      ),
    );
  });

  it("that are too long are taken as empty ones, and those after them as they are", () => {
    const found: string[] = [];
    const reader = new LineReader((some, start, end) => {
      found.push(new TextDecoder().decode(some.slice(start, end)));
    }, 4);
    const bytes = new TextEncoder().encode("abcd\nabcde\nfg\nhijklmn");
    for (const byte of bytes) reader.add(Uint8Array.of(byte), 0, 9);
    expect(found).toEqual(["abcd", "", "fg"]);
    expect(reader.isCut).toBe(true);
    const whole: string[] = [];
    const other = new LineReader((some, start, end) => {
      whole.push(new TextDecoder().decode(some.slice(start, end)));
    }, 4);
    other.add(bytes, 0, 9);
    expect(whole).toEqual(["abcd", "", "fg"]);
  });
});
