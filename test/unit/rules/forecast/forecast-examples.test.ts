import { describe, expect, it } from "vitest";
import { forecastOutcome } from "../../../../src/rules/forecast/forecast.ts";
import { Work } from "../../../../src/rules/work.ts";
import { inputOf, ruleOf, type PlainCounts } from "../rules.ts";

const of = ["yes", "no"];
const majority = { id: "majority", count: "yes", more_than: "1/2", of };
const weighed = { id: "weighed", count: { weight: "yes" }, more_than: "1/2", of: { weight: of } };
const half = { id: "half", count: "yes", at_least: "1/2", of: "eligible" };

interface Asked {
  total?: PlainCounts;
  isClosed?: boolean;
  workMax?: number;
}

function forecast(
  requirements: object[],
  regions: Record<string, PlainCounts>,
  { total, isClosed = false, workMax = 200_000 }: Asked = {},
) {
  const rule = ruleOf({ tables: { weights: { a: 1, b: 1, c: 2 } }, requirements });
  const input = inputOf(regions, { isClosed, ...(total && { total }) });
  return forecastOutcome(rule, input, new Work(workMax));
}

const found = (steps: bigint, of_: Record<string, bigint>, atLeast = steps) => ({
  type: "found",
  steps,
  atLeast,
  regions: new Map(Object.entries(of_)),
});
const unknown = (reason: string) => ({ type: "unknown", reason });
const impossible = { type: "impossible" };

describe("a forecast before the close", () => {
  it("tells the further yes votes and abstentions that would carry it, and that it is open", () => {
    const regions = { a: { yes: 2, no: 4, abstain: 5, eligible: 20 } };
    expect(forecast([majority], regions)).toEqual({
      countedBy: "ballots",
      certainty: "open",
      furtherYes: found(3n, { a: 3n }),
      noToYes: null,
      abstainToYes: found(3n, { a: 3n }),
      yesToNo: null,
    });
  });

  it("tells that it is carried already, and asks no more then", () => {
    const regions = { a: { yes: 8, no: 4, abstain: 1, eligible: 15 } };
    expect(forecast([majority], regions)).toEqual({
      countedBy: "ballots",
      certainty: "carried",
      furtherYes: { type: "met" },
      noToYes: null,
      abstainToYes: null,
      yesToNo: null,
    });
  });

  it("tells that it is lost, where all votes that are left would not carry it", () => {
    const regions = { a: { yes: 4, no: 8, eligible: 16 } };
    expect(forecast([majority], regions)).toMatchObject({
      certainty: "lost",
      furtherYes: impossible,
      abstainToYes: impossible,
    });
    const one = { a: { yes: 4, no: 8, eligible: 17 } };
    expect(forecast([majority], one)).toMatchObject({
      certainty: "open",
      furtherYes: found(5n, { a: 5n }),
    });
  });

  it("counts by weight where the rule does, and by either where all weigh one", () => {
    const heavy: Record<string, PlainCounts> = {
      a: { yes: [1, 5n], no: [2, 9n], eligible: [9, 90n] },
    };
    expect(forecast([weighed], heavy)).toMatchObject({
      countedBy: "weight",
      certainty: "open",
      furtherYes: found(5n, { a: 5n }),
    });
    const even = { a: { yes: 1, no: 2, eligible: 9 } };
    expect(forecast([weighed], even)).toMatchObject({ countedBy: "weight", certainty: "open" });
    expect(forecast([majority, weighed], even)).toMatchObject({
      furtherYes: found(2n, { a: 2n }),
    });
  });

  it.each(["yes", "no", "abstain", "blank", "invalid", "present", "eligible"])(
    "is none where a rule counts both, and voters of %s weigh differently",
    (kind) => {
      const counts = { yes: 2, no: 2, abstain: 2, blank: 2, invalid: 2, present: 12, eligible: 20 };
      const regions = (weight: bigint): Record<string, PlainCounts> => ({
        a: counts,
        b: { ...counts, [kind]: [counts[kind as keyof typeof counts], weight] },
      });
      const same = BigInt(counts[kind as keyof typeof counts]);
      expect(forecast([majority, weighed], regions(same + 1n))).toBeNull();
      expect(forecast([majority, weighed], regions(same))).not.toBeNull();
      expect(forecast([majority], regions(same + 1n))).not.toBeNull();
    },
  );

  it("is none where only those in no region weigh differently, and one all the same", () => {
    const regions: Record<string, PlainCounts> = { a: { yes: [1, 1n] } };
    const total: PlainCounts = { yes: [3, 9n] };
    expect(forecast([majority, weighed], regions, { total })).toBeNull();
    expect(forecast([majority, weighed], {}, { total: { yes: [2, 2n] } })).not.toBeNull();
  });

  it("calls nothing lost where votes against could still carry it, or abstentions", () => {
    const against = { id: "against", count: { units: "regions", that: "against" }, at_least: 2 };
    const regions = { a: { no: 1, eligible: 2 }, b: { yes: 1, no: 1, eligible: 3 } };
    expect(forecast([against], regions)?.certainty).toBe("open");
    const silent = {
      id: "silent",
      count: { units: "regions", that: { count: "abstain", at_least: 1 } },
      at_least: 2,
    };
    expect(forecast([silent], regions)?.certainty).toBe("open");
    const decided = { a: { yes: 2, eligible: 2 }, b: { yes: 1, no: 1, eligible: 3 } };
    expect(forecast([against], decided)?.certainty).toBe("lost");
  });

  it("calls lost what is not proven so by its parts, where a further yes is best and not enough", () => {
    const shares = {
      id: "shares",
      count: { shares: "weights", ballots: "yes", of_each: of },
      at_least: 3,
    };
    const lost = {
      a: { no: 3, eligible: 4 },
      b: { no: 1, eligible: 1 },
      c: { yes: 1, eligible: 1 },
    };
    expect(forecast([shares], lost)).toMatchObject({ certainty: "lost", furtherYes: impossible });
    const open = { ...lost, b: { yes: 1, eligible: 1 } };
    expect(forecast([shares], open)).toMatchObject({ certainty: "open" });
  });

  it("proves nothing where it is not known how many may still vote in each region", () => {
    const regions = { a: { yes: 5, no: 1 }, b: { yes: 5 } };
    expect(forecast([majority], regions)?.certainty).toBe("open");
    expect(
      forecast([majority], regions, { total: { yes: 10, no: 1, eligible: 11 } }),
    ).toMatchObject({ certainty: "open" });
  });

  it("proves nothing where presence was recorded in some regions alone", () => {
    const present = { id: "p", count: "yes", more_than: "1/2", of: "present" };
    const regions = { a: { yes: 4, present: 4, eligible: 4 }, b: { yes: 1, eligible: 1 } };
    expect(forecast([present], regions)?.certainty).toBe("open");
    const both = { ...regions, b: { yes: 1, present: 1, eligible: 1 } };
    expect(forecast([present], both)?.certainty).toBe("carried");
  });

  it("takes presence that was recorded as it is, and else as growing with each vote", () => {
    const share = { id: "p", count: "yes", at_least: "3/4", of: "present" };
    const recorded = { a: { yes: 1, no: 1, present: 8, eligible: 20 } };
    expect(forecast([share], recorded)?.furtherYes).toEqual(found(5n, { a: 5n }));
    const unrecorded = { a: { yes: 1, no: 1, eligible: 20 } };
    expect(forecast([share], unrecorded)?.furtherYes).toEqual(found(2n, { a: 2n }));
  });

  it("has no more further votes than the whole electorate has left", () => {
    const regions = { a: { no: 3 }, b: { no: 3 } };
    const each = { id: "each", each: "regions", meets: "for" };
    const left = (eligible: number) =>
      forecast([each], regions, { total: { no: 6, eligible } })?.furtherYes;
    expect(left(14)).toEqual(found(8n, { a: 4n, b: 4n }));
    expect(left(13)).toEqual(impossible);
    const twice = {
      id: "twice",
      count: { units: ["a", "b"], that: "for" },
      at_least: 2,
    };
    expect(forecast([twice], regions, { total: { no: 6, eligible: 13 } })?.furtherYes).toEqual(
      impossible,
    );
  });

  it("is unknown where its rule has no search, and abstentions are still looked at", () => {
    const mixed = [half, { id: "few", count: "cast", at_most: 9 }];
    const regions = { a: { yes: 2, no: 1, abstain: 4, eligible: 10 } };
    expect(forecast(mixed, regions)).toMatchObject({
      furtherYes: unknown("not_searchable"),
      abstainToYes: found(3n, { a: 3n }),
    });
  });

  it("is unknown where its work ends, also of abstentions then", () => {
    const regions = { a: { yes: 2, no: 4, abstain: 5, eligible: 20 } };
    expect(forecast([majority], regions, { workMax: 70 })).toEqual({
      countedBy: "ballots",
      certainty: "open",
      furtherYes: unknown("too_much_work"),
      noToYes: null,
      abstainToYes: unknown("too_much_work"),
      yesToNo: null,
    });
  });

  it("is unknown where a figure is missing that votes to come ask for", () => {
    // Where the first fails, the second is not looked at yet.
    const tests = [
      { count: "yes", at_least: 3 },
      { within: ["a"], count: "cast", at_least: "1/2", of: "eligible" },
    ];
    const regions = { a: { yes: 1, abstain: 3 } };
    expect(forecast([{ id: "all", all: tests }], regions)).toMatchObject({
      certainty: "open",
      furtherYes: unknown("figure_missing"),
      abstainToYes: unknown("figure_missing"),
    });
  });
});

describe("a forecast after the close", () => {
  const asked = { isClosed: true };

  it("tells which votes would have had to be others, where it was not carried", () => {
    const regions = { a: { yes: 2, no: 4, abstain: 5, eligible: 20 } };
    expect(forecast([majority], regions, asked)).toEqual({
      countedBy: "ballots",
      certainty: "lost",
      furtherYes: null,
      noToYes: found(2n, { a: 2n }),
      abstainToYes: found(3n, { a: 3n }),
      yesToNo: null,
    });
  });

  it("tells which votes would have lost it, where it was carried", () => {
    const regions = { a: { yes: 7, no: 4, abstain: 5, eligible: 20 } };
    expect(forecast([majority], regions, asked)).toEqual({
      countedBy: "ballots",
      certainty: "carried",
      furtherYes: null,
      noToYes: null,
      abstainToYes: null,
      yesToNo: found(2n, { a: 2n }),
    });
  });

  it("deems a requirement met by its clause", () => {
    const deemed = {
      ...majority,
      more_than: "4/5",
      deemed_met_when: { count: "no", less_than: 3 },
    };
    expect(forecast([deemed], { a: { yes: 2, no: 4 } }, asked)?.noToYes).toEqual(
      found(2n, { a: 2n }),
    );
    expect(forecast([deemed], { a: { yes: 2, no: 2 } }, asked)?.certainty).toBe("carried");
  });

  it("says so where no other vote would have been enough, or nobody abstained", () => {
    const five = { id: "five", count: "yes", at_least: 5 };
    expect(forecast([five], { a: { yes: 1, no: 3 } }, asked)).toMatchObject({
      noToYes: impossible,
      abstainToYes: impossible,
    });
    expect(forecast([five], { a: { yes: 1, no: 4, abstain: 4 } }, asked)).toMatchObject({
      noToYes: found(4n, { a: 4n }),
      abstainToYes: found(4n, { a: 4n }),
    });
  });

  it("says that it is unknown where the work ends", () => {
    const regions = { a: { yes: 2, no: 4, abstain: 1 } };
    expect(forecast([majority], regions, { isClosed: true, workMax: 60 })).toMatchObject({
      certainty: "lost",
      noToYes: unknown("too_much_work"),
      abstainToYes: unknown("too_much_work"),
    });
  });
});
