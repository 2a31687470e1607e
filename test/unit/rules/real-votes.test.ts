import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatRatio, ratio, type Ratio } from "../../../src/rules/ratio.ts";
import { findingOf, inputOf, outcomeOf, presetRule, ruleOf, type PlainCounts } from "./rules.ts";

type Vector = {
  name: string;
  regions?: { code: string; eligible: number; yes: number; no: number; informal: number }[];
  people?: { yes: number; no: number };
  cantons?: Record<"for_full" | "for_half" | "against_full" | "against_half", string[]>;
  population_basis_points?: Record<string, number>;
  no?: string[];
  abstain?: string[];
  tally?: { yes: number; no: number; abstain?: number; eligible: number; voters: number };
  houses?: Record<string, { yes: number; no: number; abstain: number }>;
};

const vectors = JSON.parse(
  readFileSync(new URL("../../data/decision-rules.json", import.meta.url), "utf8"),
) as Vector[];

function vector(start: string): Vector {
  const found = vectors.find(({ name }) => name.startsWith(start));
  if (found === undefined) throw new Error(`no vector ${start}`);
  return found;
}

function text(figure: Ratio | null | undefined): string | null {
  return figure === null || figure === undefined ? null : formatRatio(figure);
}

describe("real votes come to their published outcome", () => {
  it("has a test for every vector", () => {
    expect(vectors).toHaveLength(7);
  });

  it("Australia 1977: the electors agree, three of six states do not suffice", () => {
    const regions = vector("Australia").regions ?? [];
    const input = inputOf(
      Object.fromEntries(
        regions.map(({ code, yes, no, informal, eligible }) => [
          code,
          { yes, no, invalid: informal, eligible },
        ]),
      ),
    );
    const outcome = outcomeOf(presetRule("australian-double-majority"), input);
    const [people, states] = [findingOf(outcome, "people"), findingOf(outcome, "states")];
    expect(outcome.outcome).toBe("not_carried");
    expect([people.isMet, text(people.figures?.actual)]).toEqual([true, "4648407"]);
    expect(text(people.figures?.base)).toBe(String(4_648_407 + 2_822_547));
    expect([states.isMet, text(states.figures?.actual), text(states.missed)]).toEqual([
      false,
      "3",
      "3",
    ]);
    expect(text(states.figures?.needed)).toBe("4");
  });

  it("Switzerland 2020: the people agree, 17/2 cantons against 29/2 do not", () => {
    const { people, cantons } = vector("Switzerland");
    const stand = (codes: string[] = [], figures: PlainCounts) =>
      codes.map((code) => [code, figures] as const);
    const regions = Object.fromEntries([
      ...stand(cantons?.for_full, { yes: 1 }),
      ...stand(cantons?.for_half, { yes: 1 }),
      ...stand(cantons?.against_full, { no: 1 }),
      ...stand(cantons?.against_half, { no: 1 }),
    ]);
    const outcome = outcomeOf(
      presetRule("swiss-double-majority"),
      inputOf(regions, { total: people ?? {} }),
    );
    const finding = findingOf(outcome, "cantons");
    expect(outcome.outcome).toBe("not_carried");
    expect(findingOf(outcome, "people").isMet).toBe(true);
    expect(finding.isMet).toBe(false);
    expect([finding.figures?.actual, finding.missed, finding.figures?.threshold].map(text)).toEqual(
      ["17/2", "29/2", "23/2"],
    );
    expect(finding.sentence).toBe(
      "Cantonal votes of cantons for: 17/2 of 23 (cantonal votes of cantons); needed more than 1/2, that is 12: not met.",
    );
  });

  it("EU 2024: twenty of 27 states, by the table of 2025 with 6610 of 10001, adopt the Nature Restoration Regulation", () => {
    const { population_basis_points = {}, no = [], abstain = [] } = vector("EU");
    const regions = Object.fromEntries(
      Object.keys(population_basis_points).map((code) => [
        code,
        no.includes(code) ? { no: 1 } : abstain.includes(code) ? { abstain: 1 } : { yes: 1 },
      ]),
    );
    const outcome = outcomeOf(presetRule("eu-qualified-majority"), inputOf(regions));
    const [states, population] = [findingOf(outcome, "states"), findingOf(outcome, "population")];
    expect(outcome.outcome).toBe("carried");
    expect([states.figures?.actual, states.figures?.base].map(text)).toEqual(["20", "27"]);
    expect([population.figures?.actual, population.figures?.base].map(text)).toEqual([
      "6610",
      "10001",
    ]);
    expect([states.isMet, population.isMet]).toEqual([true, true]);
  });

  it("IWC 2024: 40 of 54 are 20/27, and 41 are three quarters", () => {
    const { tally } = vector("International Whaling");
    const { yes = 0, no = 0, abstain = 0 } = tally ?? {};
    const outcome = outcomeOf(
      presetRule("iwc-three-quarters"),
      inputOf({}, { total: { yes, no, abstain } }),
    );
    const { figures } = findingOf(outcome, "three_quarters");
    expect(outcome.outcome).toBe("not_carried");
    expect([figures?.base, figures?.needed].map(text)).toEqual(["54", "41"]);
    expect(formatRatio(ratio(figures?.actual.numerator ?? 0n, figures?.base?.numerator))).toBe(
      "20/27",
    );
  });

  it("IUCN 2021: both houses agree to the moratorium on deep-sea mining", () => {
    const { houses = {} } = vector("IUCN");
    const [a, b] = Object.values(houses);
    const outcome = outcomeOf(presetRule("iucn-two-houses"), inputOf({ A: a ?? {}, B: b ?? {} }));
    expect(outcome.outcome).toBe("carried");
    expect(findingOf(outcome, "houses").units).toMatchObject([
      { unit: "A", isMet: true },
      { unit: "B", isMet: true },
    ]);
  });

  it("Italy 2011: the turnout suffices, and nuclear power is repealed", () => {
    const { tally } = vector("Italy");
    const { eligible = 0, voters = 0 } = tally ?? {};
    const valid = voters - 1_000_000;
    const yes = Math.round((valid * 9_405) / 10_000);
    const total = { yes, no: valid - yes, blank: 400_000, invalid: 600_000, eligible };
    const outcome = outcomeOf(presetRule("turnout-quorum-referendum"), inputOf({}, { total }));
    expect(outcome.outcome).toBe("carried");
    expect(findingOf(outcome, "turnout")).toMatchObject({ isMet: true, isQuorum: true });
    expect(text(findingOf(outcome, "turnout").figures?.needed)).toBe("25209345");
  });

  it("Florida 2016: 4,560,682 yes fall short of 60 % of yes and no", () => {
    const { tally } = vector("Florida");
    const { yes = 0, no = 0 } = tally ?? {};
    const rule = ruleOf({
      requirements: [{ id: "sixty", count: "yes", at_least: "60 %", of: ["yes", "no"] }],
    });
    const outcome = outcomeOf(rule, inputOf({}, { total: { yes, no } }));
    const { figures } = findingOf(outcome, "sixty");
    expect(outcome.outcome).toBe("not_carried");
    expect([figures?.base, figures?.needed].map(text)).toEqual(["8979470", "5387682"]);
  });
});
