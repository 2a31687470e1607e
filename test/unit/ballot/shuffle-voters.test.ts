import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shuffleVoters } from "../../../src/ballot/shuffle-voters.ts";

const requestsArbitrary = fc.array(fc.record({ pid: fc.constantFrom("a", "b", "c", "d") }), {
  maxLength: 12,
});
const randomArbitrary = fc.uint32Array({ minLength: 12, maxLength: 12 });

/** Numbers that put the entry at `position` where the choice falls on `at` of `position + 1`. */
function numberFor(at: number, position: number): number {
  return Math.ceil((at * 2 ** 32) / (position + 1));
}

/** All ways in which the choices of a shuffle can fall. */
function allRandoms(count: number): Uint32Array[] {
  let all: number[][] = [[0]];
  for (let position = 1; position < count; position += 1) {
    const ats = Array.from({ length: position + 1 }, (_, at) => numberFor(at, position));
    all = all.flatMap((numbers) => ats.map((number) => [...numbers, number]));
  }
  return all.map((numbers) => Uint32Array.from(numbers));
}

function countOrders(requests: readonly { pid: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const random of allRandoms(requests.length)) {
    const order = shuffleVoters(requests, random)
      .map((index) => requests[index]?.pid)
      .join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  return counts;
}

describe("the order of a commit's requests", () => {
  it("has each of them once", () => {
    fc.assert(
      fc.property(requestsArbitrary, randomArbitrary, (requests, random) => {
        const order = shuffleVoters(requests, random);
        expect(order.toSorted((a, b) => a - b)).toEqual(requests.map((_, index) => index));
      }),
    );
  });

  it("has those of one voter as they came", () => {
    fc.assert(
      fc.property(requestsArbitrary, randomArbitrary, (requests, random) => {
        const order = shuffleVoters(requests, random);
        for (const voter of ["a", "b", "c", "d"]) {
          const own = order.filter((index) => requests[index]?.pid === voter);
          expect(own).toEqual(own.toSorted((a, b) => a - b));
        }
      }),
    );
  });

  it("is each one equally often, as the random numbers fall", () => {
    const counts = countOrders(["a", "b", "c", "d"].map((pid) => ({ pid })));
    expect(counts.size).toBe(24);
    expect(new Set(counts.values())).toEqual(new Set([1]));
  });

  it("is each one equally often too where a voter comes more than once, first or last", () => {
    for (const pids of ["aabc", "bcaa", "abca"]) {
      const counts = countOrders(pids.split("").map((pid) => ({ pid })));
      expect([...counts.keys()].toSorted()).toEqual([
        "aabc",
        "aacb",
        "abac",
        "abca",
        "acab",
        "acba",
        "baac",
        "baca",
        "bcaa",
        "caab",
        "caba",
        "cbaa",
      ]);
      expect(new Set(counts.values())).toEqual(new Set([2]));
    }
  });

  it("takes the smallest and the largest random number", () => {
    const requests = ["a", "b", "c"].map((pid) => ({ pid }));
    for (const number of [0, 2 ** 32 - 1]) {
      const order = shuffleVoters(requests, Uint32Array.from([number, number, number]));
      expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
    }
    expect(shuffleVoters([], new Uint32Array())).toEqual([]);
  });
});
