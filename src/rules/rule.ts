import type { Ratio } from "./ratio.ts";

/**
 * What can be counted of voters. `cast` is every ballot of whatever content; `present` is `cast`
 * where no presence was recorded.
 */
export const kinds = [
  "yes",
  "no",
  "abstain",
  "blank",
  "invalid",
  "cast",
  "present",
  "eligible",
] as const;
export type Kind = (typeof kinds)[number];

/** One voter, one vote; or every voter by weight. */
export type Counting = "ballots" | "weight";

/** A table of weights for units, all over one denominator, so that sums stay integers. */
export type Table = {
  readonly name: string;
  readonly scale: bigint;
  readonly entries: ReadonlyMap<string, bigint>;
  /** The weight of a unit that has no entry; null refuses such a unit. */
  readonly otherwise: bigint | null;
};

/** Regions under one name: a house, a chamber with its sub-chambers, a group of parties. */
export type Group = {
  readonly name: string;
  readonly members: readonly string[];
  readonly regions: readonly string[];
};

/**
 * Which units count: every region in scope, the members of the group in scope, or units by name.
 */
export type Units =
  | { readonly type: "regions" }
  | { readonly type: "members" }
  | {
      readonly type: "named";
      readonly names: readonly string[];
      /** Whose units they are, where the rule names a group or a table; null where it lists them. */
      readonly source: UnitsSource | null;
      /** The same units with their regions, so that no look has to find them again. */
      readonly resolved: readonly NamedUnit[];
    };

export type UnitsSource = { readonly group: string } | { readonly table: string };

export type NamedUnit = {
  readonly name: string;
  readonly regions: readonly string[];
  readonly members: readonly string[];
};

export type BallotMeasure = {
  readonly type: "ballots";
  readonly by: Counting;
  readonly plus: readonly Kind[];
  readonly less: readonly Kind[];
  readonly label: string;
};

/** The weights of the units that meet a test, summed; without a test all of them. */
export type UnitMeasure = {
  readonly type: "units";
  readonly units: Units;
  readonly that: Test | null;
  readonly weigh: Table | "one" | "eligible";
  /** What the rule calls the units; null where it does not say. */
  readonly called: string | null;
  readonly label: string;
};

/** Every unit's fixed share, split as its own voters split: the sum of share × part ÷ base. */
export type ShareMeasure = {
  readonly type: "shares";
  readonly units: Units;
  readonly table: Table;
  readonly part: BallotMeasure;
  readonly base: BallotMeasure;
  /**
   * What becomes of the share of a unit in which nobody voted: it is lost, or goes to the others in
   * proportion.
   */
  readonly whenEmpty: "lost" | "shared_out";
  readonly called: string | null;
  readonly label: string;
};

/** A measure taken in a part of the scope alone. */
export type WithinMeasure = {
  readonly type: "within";
  readonly regionGroup: RegionGroup;
  readonly measure: Measure;
  readonly label: string;
};

export type Measure = BallotMeasure | UnitMeasure | ShareMeasure | WithinMeasure;

export type RegionGroup = {
  readonly name: string;
  /** Groups and regions as the rule names them. */
  readonly parts: readonly string[];
  readonly regions: readonly string[];
};

export const bounds = ["at_least", "more_than", "at_most", "less_than"] as const;
export type Bound = (typeof bounds)[number];

export const roundings = ["up", "down", "nearest"] as const;
export type Rounding = (typeof roundings)[number];

export type Comparison = {
  readonly type: "compare";
  readonly count: Measure;
  readonly bound: Bound;
  /** A share of `of`, or, where `of` is null, the figure itself. */
  readonly figure: Ratio;
  readonly of: Measure | null;
  readonly rounding: Rounding | null;
};

export type Test =
  | Comparison
  | { readonly type: "all"; readonly tests: readonly Test[] }
  | { readonly type: "any"; readonly tests: readonly Test[] }
  | { readonly type: "not"; readonly test: Test }
  | {
      readonly type: "each";
      readonly units: Units;
      readonly test: Test;
      readonly label: string;
    }
  | { readonly type: "within"; readonly regionGroup: RegionGroup; readonly test: Test };

export type Requirement = {
  readonly id: string;
  /** Without it there is no vote at all: the outcome is "no quorum", and not "not carried". */
  readonly isQuorum: boolean;
  readonly test: Test;
  readonly deemedMetWhen: Test | null;
  /** Where it stands in the rule's document (RFC 6901). */
  readonly pointer: string;
};

/** What equal votes for and against come to. */
export const tieRules = ["tie", "not_carried", "casting_vote"] as const;
export type TieRule = (typeof tieRules)[number];

/** A rule that was read and found sound; make one with `parseRule`. */
export type Rule = {
  readonly title: string;
  readonly requirements: readonly Requirement[];
  readonly groups: ReadonlyMap<string, Group>;
  readonly onTie: TieRule;
};

/** Where something is wrong, as a JSON pointer (RFC 6901), and why. */
export type RuleFault = { pointer: string; detail: string };

/** How large a rule may be. */
export type RuleBounds = {
  ruleRequirementsMax: number;
  ruleDepthMax: number;
  ruleTestsMax: number;
  ruleReadWorkMax: number;
  ruleOutcomeWorkMax: number;
  regionsMax: number;
};
