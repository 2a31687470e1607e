import type { Bound, Counting, Kind } from "../../../rules/rule.ts";

/** What a share is of; `number` compares with a figure alone. */
export const bases = ["for_and_against", "with_abstentions", "cast", "eligible", "number"] as const;
export type Base = (typeof bases)[number];

/** Where a part of a rule has to hold: in the whole, in each region, or in each member of a group. */
export type BuiltScope = { kind: "whole" } | { kind: "regions" } | { kind: "group"; group: string };

/** What is counted: votes; regions or chambers that say yes; or those that are against. */
export type BuiltPart = { id: string; isQuorum: boolean } & (
  | {
      kind: "votes";
      scope: BuiltScope;
      count: Extract<Kind, "yes" | "no" | "cast">;
      by: Counting;
      bound: Bound;
      figure: string;
      base: Base;
    }
  | {
      kind: "units";
      /** Regions where null, else the members of a group. */
      group: string | null;
      that: "for" | "voting" | "against";
      /** The table whose weights count; null where each counts one. */
      table: string | null;
      bound: Bound;
      figure: string;
      /** Whether the figure is a share of all, or a number of them. */
      isShare: boolean;
    }
);

/** Regions, or groups of them, under one name: a chamber, or all chambers. */
export type BuiltGroup = { name: string; members: string[] };

/** What each region weighs; a weight is a whole number or a fraction, as text. */
export type BuiltTable = { name: string; weights: { region: string; weight: string }[] };

/** A rule as its ordinary forms are filled in; `ruleDocument` writes it down. */
export type BuiltRule = {
  title: string;
  /** What equal votes for and against come to. */
  onTie: "tie" | "not_carried";
  groups: BuiltGroup[];
  tables: BuiltTable[];
  parts: BuiltPart[];
};

const baseKinds: Record<Exclude<Base, "number">, Kind | Kind[]> = {
  for_and_against: ["yes", "no"],
  with_abstentions: ["yes", "no", "abstain"],
  cast: "cast",
  eligible: "eligible",
};

/** The document of a rule that was filled in (docs/rules.md). */
export function ruleDocument(rule: BuiltRule): Record<string, unknown> {
  return {
    ...(rule.title === "" ? {} : { title: rule.title }),
    ...(rule.onTie === "tie" ? {} : { on_tie: rule.onTie }),
    ...(rule.tables.length === 0 ? {} : { tables: tablesDocument(rule.tables) }),
    ...(rule.groups.length === 0 ? {} : { groups: groupsDocument(rule.groups) }),
    requirements: rule.parts.map(partDocument),
  };
}

function groupsDocument(groups: readonly BuiltGroup[]): Record<string, string[]> {
  return Object.fromEntries(groups.map(({ name, members }) => [name, members]));
}

function tablesDocument(tables: readonly BuiltTable[]): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    tables.map(({ name, weights }) => [
      name,
      Object.fromEntries(weights.map(({ region, weight }) => [region, figureValue(weight)])),
    ]),
  );
}

function partDocument(part: BuiltPart): Record<string, unknown> {
  const named = { id: part.id, ...(part.isQuorum ? { quorum: true } : {}) };
  return { ...named, ...(part.kind === "votes" ? votesTest(part) : unitsTest(part)) };
}

type VotesPart = Extract<BuiltPart, { kind: "votes" }>;
type UnitsPart = Extract<BuiltPart, { kind: "units" }>;

function votesTest({ scope, count, by, bound, figure, base }: VotesPart): Record<string, unknown> {
  // "ballots" is what a plain kind counts.
  const measure = (kind: Kind | Kind[]) => (by === "weight" ? { weight: kind } : kind);
  const test = {
    count: measure(count),
    [bound]: figureValue(figure),
    ...(base === "number" ? {} : { of: measure(baseKinds[base]) }),
  };
  if (scope.kind === "whole") return test;
  return { each: scope.kind === "regions" ? "regions" : scope.group, meets: test };
}

function unitsTest(part: UnitsPart): Record<string, unknown> {
  const units = { units: part.group ?? "regions", ...(part.table && { weigh: part.table }) };
  return {
    count: { ...units, that: part.that },
    [part.bound]: figureValue(part.figure),
    ...(part.isShare ? { of: units } : {}),
  };
}

/** Whole numbers are numbers in a document, and shares texts. */
function figureValue(figure: string): number | string {
  const text = figure.trim();
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}
