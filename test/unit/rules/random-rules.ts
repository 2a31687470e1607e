import fc from "fast-check";
import type { RuleInput, VoteCounts } from "../../../src/rules/rule-input.ts";

const names = ["a", "b", "c", "d", "e"];
const kinds = ["yes", "no", "abstain", "cast", "present", "eligible"];
const figures = ["1/2", "2/3", "3", "12.5 %", `${"7".repeat(18)}/${"8".repeat(19)}`, 2];

const units = fc.constantFrom<unknown>("regions", "members", "g", "all", "t", ["a", "g"], ["b"]);
const part = fc.constantFrom<unknown>("g", "h", "a", ["a", "g"]);
const counted = fc.oneof(
  fc.constantFrom<unknown>(...kinds, ["yes", "no"]),
  fc.record({ weight: fc.constantFrom("yes", "cast", "eligible") }),
  fc.record({ ballots: fc.constantFrom("present", "eligible"), less: fc.constantFrom("abstain") }),
);

/** Tests of every kind, within each other. */
const { test } = fc.letrec<{ test: unknown; measure: unknown }>((tie) => ({
  measure: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    counted,
    fc.record({ units, that: tie("test"), weigh: fc.constantFrom("one", "eligible", "t") }),
    fc.record({ units, weigh: fc.constantFrom("one", "t") }),
    fc.record({
      shares: fc.constant("t"),
      units,
      ballots: fc.constantFrom("yes", "no"),
      of_each: fc.constantFrom<unknown>(["yes", "no"], "cast"),
      when_empty: fc.constantFrom("lost", "shared_out"),
    }),
    fc.record({ within: part, ballots: fc.constantFrom("yes", "cast") }),
  ),
  test: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("for", "against", "not_for", "voting"),
    fc
      .tuple(
        fc.constantFrom("at_least", "more_than", "at_most", "less_than"),
        fc.constantFrom(...figures),
        tie("measure"),
        fc.option(tie("measure")),
        fc.option(fc.constantFrom("up", "down", "nearest")),
      )
      .map(([bound, figure, count, of, rounded]) => ({
        count,
        [bound]: figure,
        ...(of !== null && { of }),
        ...(rounded !== null && { rounded }),
      })),
    fc.record({ all: fc.array(tie("test"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("test"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("test") }),
    fc.record({ each: units, meets: tie("test") }),
    fc.record({ within: part, meets: tie("test") }),
  ),
}));

/** Rules of every kind that is read, also of those that mean little. */
export const randomDocument: fc.Arbitrary<object> = fc
  .tuple(
    fc.array(fc.tuple(test, fc.boolean(), fc.option(test, { freq: 3 })), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.constantFrom("ballots", "weight"),
  )
  .map(([tests, counting]) => ({
    counting,
    tables: { t: { a: 1, b: "1/2", c: "2/3", d: 4, otherwise: 1 } },
    groups: { g: ["a", "b", "c"], h: ["d"], all: ["g", "h"] },
    requirements: tests.map(([one, quorum, clause], index) => ({
      id: `r${index}`,
      ...(quorum && { quorum }),
      ...(typeof one === "string" ? { meets: one } : (one as object)),
      ...(clause !== null && { deemed_met_when: clause }),
    })),
  }));

const figure = fc.oneof(
  fc.bigInt({ min: 0n, max: 20n }),
  fc.bigInt({ min: 0n, max: 10n ** 12n }),
  fc.bigInt({ min: 0n, max: 10n ** 40n }),
);
const count = fc.tuple(figure, figure).map(([ballots, weight]) => ({ ballots, weight }));

/** A vote on some of the regions that the rules name, with figures of up to 40 digits. */
export const randomVote: fc.Arbitrary<{
  input: RuleInput;
  codes: string[];
  figureBits: number;
}> = fc
  .tuple(
    fc.array(
      fc.record({ yes: count, no: count, abstain: count, present: fc.option(count), more: count }),
      { minLength: 1, maxLength: names.length },
    ),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([regions, isClosed, isOfAll]) => {
    const codes = isOfAll ? names : names.slice(0, regions.length);
    const counts = codes.map((code, index): [string, VoteCounts] => {
      const { present, more, ...cast } = regions[index % regions.length] ?? nobody;
      const sum = (by: "ballots" | "weight") =>
        cast.yes[by] + cast.no[by] + cast.abstain[by] + more[by];
      const eligible = { ballots: sum("ballots"), weight: sum("weight") };
      return [code, { ...cast, eligible, ...(present !== null && { present }) }];
    });
    return { input: { regions: new Map(counts), isClosed }, codes, figureBits: 150 };
  });

const none = { ballots: 0n, weight: 0n };
const nobody = { yes: none, no: none, abstain: none, more: none, present: null };
