import type { Count, RegionTally } from "../ballot/tally.ts";
import type { DecisionStatus, Visibility } from "../decision/decision.ts";
import { lifecycleSteps } from "../decision/lifecycle.ts";
import type { RollFigures } from "../decision/roll.ts";
import type { TokenCounts } from "../decision/token-counts.ts";
import { showingOf } from "../decision/visibility.ts";
import type { DecisionResult } from "./result.ts";
import { publicResult, type PublicResult } from "./public-result.ts";

declare const shown: unique symbol;

/**
 * A version that may be told: only this module makes one, so what was not shown through it has no
 * ETag, event id or cursor.
 */
export type ShownVersion = number & { readonly [shown]: true };

/**
 * Figures of the whole or of one region, with those of the roll beside them where there is one.
 */
export type Cell<Figures> = { figures: Figures; onRoll: RollFigures | null };

type ShownHead = {
  decisionId: string;
  status: DecisionStatus;
  visibility: Visibility;
  version: ShownVersion;
  isFinal: boolean;
  asOf: number;
  tokens: TokenCounts;
};

type Shown<Shows, Figures> = ShownHead & {
  shows: Shows;
  /** Ballots in the record, replaced ones too. */
  accepted: number;
  total: Cell<Figures>;
  /** Every region that is shown, in the decision's order. */
  regions: ReadonlyMap<string, Cell<Figures>>;
  /** The codes of all others. */
  hidden: readonly string[];
  /**
   * New voters of a region that its figures wait for before the close; null where every vote moves
   * them, and after the close.
   */
  releaseMin: number | null;
};

export type ShownCounts = Shown<"counts", RegionTally>;
/** How many have voted, and their weight: nothing in it depends on a choice. */
export type ShownTurnout = Shown<"turnout", Count>;
/** That there is a decision, and how far its life is. */
export type ShownNothing = ShownHead & { shows: "nothing" };

/**
 * A result as it may be shown to anyone at its moment. Every reader's way goes through here: no
 * other type has a version to show.
 */
export type ShownResult = ShownCounts | ShownTurnout | ShownNothing;

/** Whether no version comes after this one: being certified is a decision's last step. */
export function isLastVersion({ status }: Pick<ShownResult, "status">): boolean {
  return status === "certified";
}

/** What may be shown of a result now; `now` in ms. */
export function showResult(result: DecisionResult, now: number): ShownResult {
  const { visibility, status } = result;
  const shows = showingOf(visibility, status);
  const { decisionId, tokens } = result;
  if (shows === "nothing") return showNothing({ id: decisionId, status, visibility, tokens }, now);
  const known = publicResult(result);
  const { isFinal, asOf, accepted, hidden, releaseMin } = known;
  const about = { decisionId, status, visibility, tokens };
  const head = { ...about, isFinal, asOf, accepted, hidden, releaseMin };
  const version = known.version as ShownVersion;
  return shows === "counts"
    ? { ...head, version, shows, ...cellsOf(known, (tally) => tally) }
    : { ...head, version, shows, ...cellsOf(known, ballotsIn) };
}

/**
 * The result of a decision that shows nothing yet. It is made without a word from the shards: when
 * they last answered, whether they answer at all, and how many ballots moved the version would each
 * tell something of the votes.
 */
export function showNothing(
  { id: decisionId, status, visibility, tokens }: HiddenDecision,
  now: number,
): ShownNothing {
  const version = lifecycleSteps[status] as ShownVersion;
  const head = { decisionId, status, visibility, version, tokens };
  return { ...head, isFinal: false, asOf: now, shows: "nothing" };
}

/** All that is known of a decision that shows nothing yet. */
interface HiddenDecision {
  id: string;
  status: DecisionStatus;
  visibility: Visibility;
  tokens: TokenCounts;
}

function cellsOf<Figures>(
  { total, regions, roll }: PublicResult,
  reduce: (tally: RegionTally) => Figures,
) {
  const onRoll = new Map(roll?.regions.map((figures) => [figures.region, figures]));
  const cells = [...regions].map(([code, tally]) => {
    const cell = {
      figures: reduce(tally),
      onRoll: roll === null ? null : rollFigures(onRoll.get(code)),
    };
    return [code, cell] as const;
  });
  return {
    total: { figures: reduce(total), onRoll: roll === null ? null : rollFigures(roll) },
    regions: new Map(cells),
  };
}

function ballotsIn({ yes, no, abstain }: RegionTally): Count {
  return {
    ballots: yes.ballots + no.ballots + abstain.ballots,
    weight: yes.weight + no.weight + abstain.weight,
  };
}

function rollFigures(figures: RollFigures | undefined): RollFigures {
  return { voters: figures?.voters ?? 0, weight: figures?.weight ?? "0" };
}
