import { describe, expect, it } from "vitest";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { forecastWords } from "../../../../src/web/outcome/forecast-words.ts";
import { verdictText } from "../../../../src/web/outcome/verdict-words.ts";
import { requirementReach } from "../../../../src/web/outcome/requirement-reach.ts";

const i18n = createI18n("en");
type Forecast = NonNullable<Parameters<typeof forecastWords>[1]["forecast"]>;
type Least = NonNullable<Forecast["further_yes"]>;

const found = (votes: string, regions: Least["regions"] = [], exact = true): Least => ({
  result: "found",
  votes,
  at_least: votes,
  exact,
  regions,
  reason: null,
});
const wholeRule = { requirements: [{ count: "yes", more_than: "1/2", of: ["yes", "no"] }] };
const regionalRule = {
  requirements: [{ any: [{ count: { units: "regions", that: "for" }, at_least: 4 }] }],
};
const regions = [
  { region: "ZH", votes: "2" },
  { region: "UR", votes: "1" },
];
const named = [
  { code: "ZH", name: "Zürich" },
  { code: "UR", name: "Uri" },
];
const open = (
  further_yes: Least | null,
  more: Partial<Forecast> = {},
  rule: Record<string, unknown> = wholeRule,
) => ({
  final: false,
  rule,
  forecast: {
    counted_by: "ballots" as const,
    certainty: "open" as const,
    further_yes,
    no_to_yes: null,
    abstain_to_yes: null,
    yes_to_no: null,
    ...more,
  },
});

describe("what is still needed, in words", () => {
  it.each([
    [open(found("1200")), "1,200 more yes votes would carry it, if nobody else voted."],
    [open(found("1")), "One more yes would carry it, if nobody else voted."],
    [
      open(found("3", regions), {}, regionalRule),
      "3 more yes votes would carry it, if nobody else voted. By region: 2 in Zürich and 1 in Uri.",
    ],
    [
      open(found("9", [], false)),
      "9 more yes votes would carry it, if nobody else voted. Fewer may be enough.",
    ],
    [open({ ...found("0"), result: "met" }), "As it stands it would be carried."],
    [open({ ...found("0"), result: "unknown", reason: "not_searchable" }), ""],
    [
      open({ ...found("0"), result: "unknown", reason: "too_much_work" }),
      "How many votes it still needs takes too long to work out.",
    ],
    [open(null, { certainty: "carried" }), "No vote still to come can change it: it is carried."],
    [open(null, { certainty: "lost" }), "No vote still to come can carry it any more."],
    [
      open(found("5"), { counted_by: "weight" }),
      "Yes of weight 5 more would carry it, if nobody else voted.",
    ],
    [
      { ...open(null, { no_to_yes: found("2") }), final: true },
      "2 votes from no to yes would have carried it.",
    ],
    [
      { ...open(null, { yes_to_no: found("1") }), final: true },
      "One vote from yes to no would have stopped it.",
    ],
    [
      { ...open(null, { no_to_yes: found("3", regions) }, regionalRule), final: true },
      "3 votes from no to yes would have carried it. By region: 2 in Zürich and 1 in Uri.",
    ],
    [
      { ...open(null, { no_to_yes: found("3", regions) }), final: true },
      "3 votes from no to yes would have carried it.",
    ],
    [open(found("3", regions)), "3 more yes votes would carry it, if nobody else voted."],
    [
      open(found("9"), { abstain_to_yes: found("3") }),
      "9 more yes votes would carry it, if nobody else voted. 3 abstentions changed to yes would carry it.",
    ],
    [
      open({ ...found("0"), result: "impossible" }, { abstain_to_yes: found("1") }),
      "The yes votes that are left are too few to carry it. One abstention changed to yes would carry it.",
    ],
    [{ ...open(null, { no_to_yes: { ...found("0"), result: "impossible" } }), final: true }, ""],
    [
      {
        ...open(null, { abstain_to_yes: found("1200"), counted_by: "weight", certainty: "lost" }),
        final: true,
      },
      "Abstentions of weight 1,200 changed to yes would have carried it.",
    ],
    [
      open(null, { certainty: "lost", abstain_to_yes: found("1") }),
      "No vote still to come can carry it any more.",
    ],
    [{ final: true, forecast: null, rule: wholeRule }, ""],
  ])("%#: %s", (outcome, words) => {
    expect(forecastWords(i18n, outcome, named).join(" ")).toBe(words);
  });
});

describe("a verdict in words", () => {
  const counted = (yes: number, no: number) => {
    const sum = (ballots: number) => ({ ballots, weight: String(ballots) });
    const none = { yes: sum(yes), no: sum(no), abstain: sum(3) };
    return { tally: { total: { ...none, ballots: yes + no + 3, weight: "9" }, regions: [] } };
  };
  it.each([
    [counted(0, 0), "not_carried", "Not carried: nobody voted for or against"],
    [counted(0, 0), "carried", "Carried"],
    [counted(0, 1), "not_carried", "Not carried"],
    [counted(1, 0), "not_carried", "Not carried"],
    [counted(2, 2), "tie", "A tie: not carried"],
  ] as const)("%#: of what was counted", (outcome, said, words) => {
    expect(verdictText(i18n, outcome, said)).toBe(words);
  });
});

describe("a requirement's bar", () => {
  it("ends where the share of the base ends, with its threshold beside it", () => {
    expect(requirementReach({ actual: "40", base: "80", threshold: "60" })).toEqual({
      actual: 50,
      threshold: 75,
    });
  });

  it("has room for a threshold beyond what there is, and for halves", () => {
    expect(requirementReach({ actual: "5/2", base: null, threshold: "10" })).toEqual({
      actual: 25,
      threshold: 100,
    });
  });

  it("is not drawn where nothing was counted", () => {
    expect(requirementReach({ actual: "0", base: "0", threshold: "0" })).toBeNull();
    expect(requirementReach({ actual: null, base: null, threshold: null })).toBeNull();
  });
});
