import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calculateConsensus } from "../../../src/web/public/result/consensus.js";

type Choice = "yes" | "no" | "abstain";

const votesOf = (...choices: Choice[]) =>
  choices.map((vote, index) => ({ voter: `v${index}`, vote, region: index % 2 ? "b" : "a" }));

describe("consensus", () => {
  it("is whole when all vote alike, and nothing when they are split in three", () => {
    expect(calculateConsensus(votesOf("no", "no"), {}).whole.agreement).toBe("1");
    expect(calculateConsensus(votesOf("yes", "no", "abstain"), {}).whole.agreement).toBe("0");
    expect(calculateConsensus(votesOf("yes", "no"), {}).whole.agreement).toBe("1/4");
  });

  it("weighs every voter, whole and by region, exactly past 2^53", () => {
    const weights = {
      v0: { weight: "90000000000000000001", region: "north" },
      v1: { weight: 1, region: "north" },
      v2: { weight: 2n, region: "south" },
    };
    const { whole, regions } = calculateConsensus(votesOf("yes", "no"), weights);
    expect(whole.support).toBe("90000000000000000001/90000000000000000002");
    expect(whole.participation).toBe("45000000000000000001/45000000000000000002");
    expect(regions).toMatchObject({
      north: { participation: "1" },
      south: { participation: "0", support: null, agreement: null },
    });
  });

  it("counts a voter's newest vote, and once", () => {
    const votes = [...votesOf("yes", "yes"), ...votesOf("no")];
    expect(calculateConsensus(votes, {}).whole).toMatchObject({ yes: "1", no: "1", eligible: "2" });
  });

  it("of nobody has no figures", () => {
    const { whole, regions } = calculateConsensus([], {});
    expect([whole.support, whole.agreement, whole.participation, regions]).toEqual([
      null,
      null,
      null,
      {},
    ]);
  });

  it.each([-1, 1.5, "x", ""])("refuses %s for a weight", (weight) => {
    expect(() => calculateConsensus([], { ana: weight })).toThrow(RangeError);
  });

  it("lies between 0 and 1, and does not mind which side is which", () => {
    const choice = fc.constantFrom<Choice>("yes", "no", "abstain");
    const value = (text: string | null) => {
      const [over = "0", under = "1"] = (text ?? "0").split("/");
      return Number(over) / Number(under);
    };
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 20 }), (choices) => {
        const { agreement } = calculateConsensus(votesOf(...choices), {}).whole;
        expect(value(agreement)).toBeGreaterThanOrEqual(0);
        expect(value(agreement)).toBeLessThanOrEqual(1);
        const turned = choices.map((one) => (one === "yes" ? "no" : one === "no" ? "yes" : one));
        expect(calculateConsensus(votesOf(...turned), {}).whole.agreement).toBe(agreement);
      }),
    );
  });

  it("runs in a browser as it is: it imports nothing", () => {
    const file = new URL("../../../src/web/public/result/consensus.js", import.meta.url);
    expect(readFileSync(file, "utf8")).not.toMatch(/^import /m);
  });
});
