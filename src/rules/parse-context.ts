import type { Counting, Group, RuleBounds, Table, Units } from "./rule.ts";
import type { Work } from "./work.ts";

/** What the parts of a rule may refer to, and how much of it may still be read. */
export interface ParseContext {
  readonly counting: Counting;
  readonly tables: ReadonlyMap<string, Table>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly limits: RuleBounds;
  /** Shared by all parts of a rule, and counted down. */
  readonly testsLeft: { count: number };
  /** The units of groups and tables, once they were looked up. */
  readonly unitsOf: Map<Group | Table, Units>;
  /** What reading the rule has cost. */
  readonly work: Work;
  /** How deep the part is nested. */
  readonly depth: number;
}
