import type { RegionGroup } from "./rule.ts";

/** Where a test is evaluated: the whole (`regions` is null), or some regions together. */
export type Scope = {
  readonly name: string;
  readonly regions: readonly string[] | null;
  /** What `members` means to a rule in this scope. */
  readonly members: readonly string[];
};

/** All voters of a decision. */
export const wholeScope: Scope = { name: "", regions: null, members: [] };

/** The regions of a group, taken together. */
export function scopeOfGroup({ name, regions }: RegionGroup): Scope {
  return { name, regions, members: regions };
}
