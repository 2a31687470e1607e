import type { Scope } from "../scope.ts";
import type { EvaluationContext } from "../units.ts";
import type { Test } from "../rule.ts";
import type { Headroom } from "./headroom.ts";
import type { Direction, Step } from "./step.ts";

/** What a search for the fewest steps works with. */
export interface SearchContext extends EvaluationContext {
  readonly step: Step;
  readonly headroom: Headroom;
  readonly isPresenceRecorded: boolean;
  /** How the step moves each test that was asked about. */
  readonly directions: Map<Test, Direction>;
  /** Whether all steps that there can be meet a test, once that was looked at. */
  readonly metByAll: Map<Test, boolean>;
}

/** At least `need` steps somewhere in these regions (null: anywhere). */
export type LowerBound = { readonly regions: readonly string[] | null; readonly need: bigint };

/** A unit of a rule that does not meet its test yet, and the ways to make it meet it. */
export type Unit = {
  readonly scope: Scope;
  readonly weight: bigint;
  readonly options: readonly Option[];
};

/** Units of which enough must come to meet their test that their weights sum to `need`. */
export type WeightedCover = { readonly units: readonly Unit[]; readonly need: bigint };

/** One way to meet a test: all of its lower bounds, and all of its covers. */
export type Option = {
  readonly lowerBounds: readonly LowerBound[];
  readonly covers: readonly WeightedCover[];
};

/**
 * Thrown where the exact search can't handle a rule: the caller then gives a bound, and says so.
 */
export class NotSearchableError extends Error {
  override readonly name = "NotSearchableError";
}
