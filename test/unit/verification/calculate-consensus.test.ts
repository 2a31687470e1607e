import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choices, type Choice } from "../../../src/ballot/ballot.ts";
import {
  calculateConsensus,
  type PackedVotes,
} from "../../../src/verification/calculate-consensus.ts";

const regionCodes = ["a", "b"];

/** Votes that alternate between two regions; a region of null is not told. */
function votesOf(some: readonly Choice[], regions?: readonly (string | null)[]): PackedVotes {
  return {
    size: some.length,
    choices: Uint8Array.from(some, (choice) => choices.indexOf(choice)),
    regions: Uint16Array.from(some, (_, index) => {
      const region = regions === undefined ? regionCodes[index % 2] : regions[index];
      return region === null ? 65_535 : regionCodes.indexOf(region ?? "");
    }),
    regionCodes,
  };
}

const ones = (count: number) => new Float64Array(count).fill(1);

describe("consensus", () => {
  it("is whole when all vote alike, and nothing when they are split in three", () => {
    const agreementOf = (...some: Choice[]) =>
      calculateConsensus(votesOf(some), ones(some.length)).whole.agreement;
    expect(agreementOf("no", "no")).toBe("1");
    expect(agreementOf("yes", "no", "abstain")).toBe("0");
    expect(agreementOf("yes", "no")).toBe("1/4");
  });

  it("weighs every vote, whole and by region, exactly past 2^53", () => {
    const most = Number.MAX_SAFE_INTEGER;
    const votes = votesOf(["yes", "no", "yes", "yes"]);
    const eligible = { whole: 4n * BigInt(most), regions: new Map([["a", BigInt(most) * 2n]]) };
    const { whole, regions } = calculateConsensus(votes, [most, 1, most, most], eligible);
    expect(whole.tally.yes).toEqual({ ballots: 3, weight: 3n * BigInt(most) });
    expect(whole.support).toBe("27021597764222973/27021597764222974");
    expect(whole.participation).toBe("13510798882111487/18014398509481982");
    expect(regions.get("a")?.tally.yes.weight).toBe(2n * BigInt(most));
    expect(regions.get("a")?.participation).toBe("1");
    expect(regions.get("b")).toMatchObject({ participation: null, agreement: expect.anything() });
  });

  it("counts a vote whose region is not told in the whole's ballots, and there alone", () => {
    const votes = votesOf(["yes", "no", "no"], ["a", null, "b"]);
    const { whole, regions, untold } = calculateConsensus(votes, [5, 0, 7]);
    expect(untold.no).toEqual({ ballots: 1, weight: 0n });
    expect(whole.tally.no).toEqual({ ballots: 2, weight: 7n });
    expect(whole.support).toBe("1/3");
    expect(regions.get("b")?.tally.no.ballots).toBe(1);
  });

  it("of nobody has no figures", () => {
    const { whole } = calculateConsensus(votesOf([]), []);
    expect(whole).toMatchObject({ support: null, agreement: null, participation: null });
  });

  it("lies between 0 and 1, and does not mind which side is which", () => {
    const choice = fc.constantFrom<Choice>("yes", "no", "abstain");
    const value = (text: string | null) => {
      const [over = "0", under = "1"] = (text ?? "0").split("/");
      return Number(over) / Number(under);
    };
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 20 }), (some) => {
        const agreementOf = (given: readonly Choice[]) =>
          calculateConsensus(votesOf(given), ones(given.length)).whole.agreement;
        const agreement = agreementOf(some);
        expect(value(agreement)).toBeGreaterThanOrEqual(0);
        expect(value(agreement)).toBeLessThanOrEqual(1);
        const turned = some.map((one) => (one === "yes" ? "no" : one === "no" ? "yes" : one));
        expect(agreementOf(turned)).toBe(agreement);
      }),
    );
  });
});
