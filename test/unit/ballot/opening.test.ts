import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ballotChoices } from "../../../src/ballot/ballot.ts";
import {
  ballotCommitment,
  ballotHash,
  ballotOpener,
  openedCell,
  type OpenableBallot,
} from "../../../src/ballot/opening.ts";
import { ballotVectors as vectors } from "../../support/ballot-vectors.ts";
import { openIndependently } from "../../support/independent-opening.ts";

const vectorKeys = { decisionId: vectors.decision_id, openingKey: vectors.opening_key };

const value = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString("hex"));
const text = fc.string({ unit: "grapheme", maxLength: 40 });
const ballotArbitrary: fc.Arbitrary<OpenableBallot> = fc.record({
  pid: fc.stringMatching(/^[A-Za-z0-9_-]{22}$/),
  nonce: value,
  choice: fc.constantFrom(...ballotChoices),
  region: text,
  weight: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
});
const keysArbitrary = fc.record({ decisionId: text, openingKey: value });

describe("the opening of a ballot", () => {
  it.each(vectors.ballots)("is that of the vector of $choice in $region", (vector) => {
    const { r, k, u, c, hash, ...ballot } = vector;
    expect(ballotOpener(vectorKeys).open(ballot)).toEqual({ r, k, u, c, hash });
  });

  it("is what Node's own hashes give", () => {
    fc.assert(
      fc.property(keysArbitrary, ballotArbitrary, (keys, ballot) => {
        expect(ballotOpener(keys).open(ballot)).toEqual(openIndependently(keys, ballot));
      }),
    );
  });

  it("depends on no ballot that was opened before it", () => {
    fc.assert(
      fc.property(
        keysArbitrary,
        fc.array(ballotArbitrary, { minLength: 2, maxLength: 6 }),
        (keys, ballots) => {
          const opener = ballotOpener(keys);
          expect(opener.openAll(ballots)).toEqual(ballots.map((one) => opener.open(one)));
          for (const ballot of [...ballots, ...ballots]) {
            expect(opener.rOf(ballot)).toBe(openIndependently(keys, ballot).r);
            expect(opener.open(ballot)).toEqual(openIndependently(keys, ballot));
          }
        },
      ),
    );
  });
});

describe("the openings of many ballots", () => {
  it.each([0, 1, 63, 64, 65, 128, 250])("are those of each, where there are %i", (count) => {
    const ballots = fc.sample(ballotArbitrary, { numRuns: Math.max(count, 1), seed: count });
    const some = ballots.slice(0, count);
    const each = some.map((ballot) => openIndependently(vectorKeys, ballot));
    expect(ballotOpener(vectorKeys).openAll(some)).toEqual(each);
  });
});

describe("whoever knows a part of an opening", () => {
  it.each(vectors.ballots)("recomputes the hash of $choice in $region from it", (vector) => {
    const { nonce, r, k, u, c, hash, choice } = vector;
    expect(ballotCommitment(nonce, r)).toBe(k);
    expect(openedCell(u, vector)).toBe(c);
    expect(ballotHash(vectors.decision_id, { choice, k, c })).toBe(hash);
  });
});

describe("another member of a ballot", () => {
  const [ballot] = vectors.ballots;
  if (ballot === undefined) throw new Error("there are vectors");
  const opened = ballotOpener(vectorKeys).open(ballot);
  const changedBy = (change: Partial<OpenableBallot>): string[] => {
    const other = ballotOpener(vectorKeys).open({ ...ballot, ...change });
    return (["r", "k", "u", "c", "hash"] as const).filter((part) => other[part] !== opened[part]);
  };

  it.each<[Partial<OpenableBallot>, string[]]>([
    [{ pid: "B".repeat(22) }, ["r", "k", "u", "c", "hash"]],
    [{ nonce: "1".repeat(64) }, ["r", "k", "u", "c", "hash"]],
    [{ choice: "no" }, ["hash"]],
    [{ region: "south" }, ["c", "hash"]],
    [{ weight: 2 }, ["c", "hash"]],
  ])("such as %j changes the parts %j and no other", (change, parts) => {
    expect(changedBy(change)).toEqual(parts);
  });

  it("changes the hash alone where it is the decision", () => {
    const other = ballotOpener({ ...vectorKeys, decisionId: "gamma" }).open(ballot);
    expect(other).toEqual({ ...opened, hash: other.hash });
    expect(other.hash).not.toBe(opened.hash);
  });
});
