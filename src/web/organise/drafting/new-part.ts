import type { BuiltPart } from "./built-rule.ts";

export type PartKind = "quorum" | "majority" | "each_region" | "regions" | "nobody_against";

/** A part of a rule as it is added, under an id that no other has. */
export function newPart(kind: PartKind, others: readonly Pick<BuiltPart, "id">[]): BuiltPart {
  return { ...firstParts[kind], id: freeId(kind, others) };
}

/** Of one id more than there are parts, one is free. */
function freeId(wanted: string, others: readonly Pick<BuiltPart, "id">[]): string {
  const taken = new Set(others.map(({ id }) => id));
  const ids = [wanted, ...others.map((_, index) => `${wanted}_${index + 2}`)];
  return ids.find((id) => !taken.has(id)) ?? wanted;
}

const votes: Extract<BuiltPart, { kind: "votes" }> = {
  id: "majority",
  isQuorum: false,
  kind: "votes",
  scope: { kind: "whole" },
  count: "yes",
  by: "ballots",
  bound: "more_than",
  figure: "1/2",
  base: "for_and_against",
};
const units: Extract<BuiltPart, { kind: "units" }> = {
  id: "regions",
  isQuorum: false,
  kind: "units",
  group: null,
  that: "for",
  table: null,
  bound: "more_than",
  figure: "1/2",
  isShare: true,
};

const firstParts: Record<PartKind, BuiltPart> = {
  quorum: { ...votes, isQuorum: true, count: "cast", base: "eligible" },
  majority: votes,
  each_region: { ...votes, scope: { kind: "regions" } },
  regions: units,
  nobody_against: { ...units, that: "against", bound: "at_most", figure: "0", isShare: false },
};
