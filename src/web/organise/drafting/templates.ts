import { figuresNeeded } from "../../../rules/figures-needed.ts";
import { parseRule } from "../../../rules/parse-rule.ts";
import { presets } from "../../../rules/presets/presets.ts";
import { limits } from "../../../shared/limits.ts";
import type { BuiltPart, BuiltRule } from "./built-rule.ts";
import type { DraftForm, RuleForm } from "./draft-form.ts";
import { readBuiltRule } from "./read-built-rule.ts";

export const templateKeys = [
  "majority_with_quorum",
  "secret_ballot",
  "two_thirds",
  "three_chambers",
  "chambers_and_two_thirds",
  "members_and_weight",
  "shares_of_capital",
  "statutes_of_association",
  "delegations_without_objection",
  "states_and_contributions",
  "parties_two_thirds",
  "parties_three_quarters",
  "people_and_regions",
  "open_consultation",
] as const;
/** A template of our own, or a rule that comes with the platform, by its name there. */
export type TemplateKey = (typeof templateKeys)[number];

export type TemplateKind = "councils" | "cooperatives" | "basins" | "treaties" | "people";

/** What of a form a template may set besides regions and rule. */
type Settings = Partial<
  Pick<
    DraftForm,
    | "electorate"
    | "disclosure"
    | "visibility"
    | "weightMax"
    | "revotePolicy"
    | "stations"
    | "closes"
    | "endsEarly"
  >
>;

export type Template = {
  kind: TemplateKind;
  rule: RuleForm;
  /** What it needs; a name is a key that `regionWords` puts into words. */
  regions?: { code: string; name: string }[];
  settings?: Settings;
};

type Votes = Extract<BuiltPart, { kind: "votes" }>;
type Units = Extract<BuiltPart, { kind: "units" }>;

const whole = { kind: "whole" } as const;
const regions = { kind: "regions" } as const;

const majority: Votes = {
  id: "majority",
  isQuorum: false,
  kind: "votes",
  scope: whole,
  count: "yes",
  by: "ballots",
  bound: "more_than",
  figure: "1/2",
  base: "for_and_against",
};
const twoThirds: Votes = { ...majority, id: "two_thirds", bound: "at_least", figure: "2/3" };
const quorum: Votes = {
  ...majority,
  id: "quorum",
  isQuorum: true,
  count: "cast",
  base: "eligible",
};
const chambers: Votes = { ...majority, id: "chambers", scope: regions };
const byWeight: Votes = { ...majority, id: "weight", by: "weight" };
const states: Units = {
  id: "states",
  isQuorum: false,
  kind: "units",
  group: null,
  that: "for",
  table: null,
  bound: "more_than",
  figure: "1/2",
  isShare: true,
};
const nobodyAgainst: Units = {
  ...states,
  id: "nobody_against",
  that: "against",
  bound: "at_most",
  figure: "0",
  isShare: false,
};
const allDelegations: Units = {
  ...states,
  id: "delegations_present",
  isQuorum: true,
  that: "voting",
  bound: "more_than",
};

const roll = { electorate: "roll" } as const;
const rollCall = { ...roll, disclosure: "roll_call" } as const;
const secret = { ...roll, disclosure: "aggregate", visibility: "sealed" } as const;

const threeChambers = [
  { code: "A", name: "first_chamber" },
  { code: "B", name: "second_chamber" },
  { code: "C", name: "third_chamber" },
];
const fourStates = [
  { code: "A", name: "first_state" },
  { code: "B", name: "second_state" },
  { code: "C", name: "third_state" },
  { code: "D", name: "fourth_state" },
];

function built(parts: BuiltPart[], more: Partial<BuiltRule> = {}): RuleForm {
  const rule = { title: "", onTie: "not_carried", groups: [], tables: [], parts } as const;
  return { kind: "built", rule: { ...rule, groups: [], tables: [], ...more } };
}

const templates: Record<TemplateKey, Template> = {
  majority_with_quorum: {
    kind: "councils",
    rule: built([quorum, majority]),
    settings: rollCall,
  },
  secret_ballot: { kind: "councils", rule: built([quorum, majority]), settings: secret },
  two_thirds: {
    kind: "councils",
    rule: built([quorum, twoThirds]),
    settings: rollCall,
  },
  three_chambers: {
    kind: "councils",
    rule: built([chambers]),
    regions: threeChambers,
    settings: rollCall,
  },
  chambers_and_two_thirds: {
    kind: "councils",
    rule: built([chambers, twoThirds]),
    regions: threeChambers,
    settings: rollCall,
  },
  members_and_weight: {
    kind: "cooperatives",
    rule: built([{ ...majority, id: "members" }, byWeight]),
    settings: { ...roll, disclosure: "pseudonymous" },
  },
  shares_of_capital: {
    kind: "cooperatives",
    rule: built([
      { ...quorum, by: "weight", figure: "1/2" },
      { ...byWeight, id: "capital", bound: "at_least", figure: "3/4" },
    ]),
    settings: { ...roll, disclosure: "pseudonymous" },
  },
  statutes_of_association: {
    kind: "cooperatives",
    rule: built([
      { ...quorum, bound: "at_least", figure: "1/3" },
      { ...twoThirds, id: "three_quarters", figure: "3/4" },
    ]),
    settings: { ...roll, disclosure: "pseudonymous" },
  },
  delegations_without_objection: {
    kind: "basins",
    rule: built([allDelegations, nobodyAgainst, { ...states, bound: "at_least" }]),
    regions: fourStates,
    settings: rollCall,
  },
  states_and_contributions: {
    kind: "basins",
    rule: built(
      [
        states,
        {
          ...states,
          id: "contributions",
          table: "contributions",
          bound: "at_least",
          figure: "2/3",
        },
      ],
      {
        tables: [
          {
            name: "contributions",
            weights: fourStates.map(({ code }) => ({ region: code, weight: "25" })),
          },
        ],
      },
    ),
    regions: fourStates,
    settings: rollCall,
  },
  parties_two_thirds: {
    kind: "treaties",
    rule: built([quorum, twoThirds]),
    settings: rollCall,
  },
  parties_three_quarters: {
    kind: "treaties",
    rule: built([quorum, { ...twoThirds, id: "three_quarters", figure: "3/4" }]),
    settings: rollCall,
  },
  people_and_regions: {
    kind: "people",
    rule: built([
      { ...majority, id: "people" },
      { ...states, id: "regions" },
    ]),
    regions: fourStates.map(({ code }, index) => ({
      code,
      name: ["first_region", "second_region", "third_region", "fourth_region"][index] ?? code,
    })),
    settings: { ...roll, disclosure: "aggregate" },
  },
  open_consultation: {
    kind: "people",
    rule: built([majority], { onTie: "tie" }),
    settings: { electorate: "open", disclosure: "aggregate", revotePolicy: "revisable" },
  },
};

export function findTemplate(key: TemplateKey): Template {
  return templates[key];
}

/** A rule that comes with the platform, with the regions that it names; null where there is none. */
export function presetTemplate(name: string): Template | null {
  const preset = presets.find((each) => each.name === name);
  if (preset === undefined) return null;
  const parsed = parseRule(preset.rule, limits);
  const named =
    "rule" in parsed ? figuresNeeded(parsed.rule).flatMap((needs) => needs.regions) : [];
  const codes = [...new Set(named)];
  const rule = readBuiltRule(preset.rule);
  return {
    kind: "treaties",
    rule:
      rule === null
        ? { kind: "document", text: JSON.stringify(preset.rule, null, 2) }
        : { kind: "built", rule },
    ...(codes.length > 0 && { regions: codes.map((code) => ({ code, name: code })) }),
  };
}
