import { z } from "zod";
import type { Count, RegionTally } from "../ballot/tally.ts";
import type { RollFigures } from "../decision/roll.ts";
import type { ResultDelta } from "./delta.ts";
import type { Cell, ShownCounts, ShownResult, ShownTurnout } from "./shown-result.ts";
import { viewTally } from "./view-tally.ts";

/** Voters and what they weigh together, as a decimal string. */
export const votersSchema = z.object({ voters: z.int(), weight: z.string() });

/** Of a decision's ballot tokens, whatever its counts: numbers of tokens say nothing of votes. */
export const tokenCountsSchema = z.object({
  issued: z.int().describe("Voters who were issued a first token"),
  reissued: z.int().describe("Further tokens, each of which ended those before"),
  revoked: z.int().describe("Times that a voter's tokens were revoked"),
});

const countSchema = z.object({ ballots: z.int(), weight: z.string() });

/** A tally as the API shows it: weights are decimal strings, since they can pass 2^53. */
export const tallySchema = z.object({
  yes: countSchema,
  no: countSchema,
  abstain: countSchema,
  ballots: z.int(),
  weight: z.string(),
});
export type TallyView = z.infer<typeof tallySchema>;

type Head = Pick<ShownResult, "decisionId" | "status" | "isFinal" | "asOf"> & { version: number };

/** The figures that head every result; `now` in ms. */
export function viewHead(result: Head, now: number) {
  return {
    decision_id: result.decisionId,
    status: result.status,
    version: result.version,
    final: result.isFinal,
    as_of: new Date(result.asOf).toISOString(),
    age_ms: Math.max(0, now - result.asOf),
  };
}

export function viewResult(result: ShownResult, now: number) {
  const { visibility, tokens } = result;
  const head = { ...viewHead(result, now), visibility, tokens };
  if (result.shows === "nothing") return { ...head, shows: result.shows };
  if (result.shows === "turnout")
    return { ...head, ...viewTurnoutOf(result), regions: viewCells(result.regions, viewVoted) };
  return { ...head, ...viewCountsOf(result), regions: viewCells(result.regions, viewCounted) };
}

/** The figures of the whole, without its regions. */
export function viewWhole(result: ShownCounts | ShownTurnout) {
  return result.shows === "turnout" ? viewTurnoutOf(result) : viewCountsOf(result);
}

function viewTurnoutOf({ shows, total, releaseMin }: ShownTurnout) {
  return { ...viewReleases({ releaseMin }), shows, ...viewVoted(total) };
}

function viewCountsOf({ shows, total, releaseMin }: ShownCounts) {
  const figures = { total: viewTally(total.figures), ...viewTurnout(total) };
  return { ...viewReleases({ releaseMin }), shows, ...figures };
}

export function viewDelta(delta: ResultDelta, now: number) {
  return { ...viewResult(delta, now), from: delta.from };
}

/** What figures wait for before the close; nothing where they do not. */
function viewReleases({ releaseMin }: { releaseMin: number | null }) {
  return releaseMin === null ? {} : { release_min: releaseMin };
}

/**
 * One region of a result; `hidden` where its figures are not shown, or not yet, null where the
 * decision has no such region.
 */
export function viewRegionResult(result: ShownResult, region: string, now: number) {
  const head = { ...viewHead(result, now), visibility: result.visibility, region };
  if (result.shows === "nothing") return { ...head, shows: result.shows };
  if (result.hidden.includes(region)) return "hidden";
  if (result.shows === "turnout") {
    const cell = result.regions.get(region);
    if (cell === undefined) return null;
    return { ...head, ...viewReleases(result), shows: result.shows, ...viewVoted(cell) };
  }
  const cell = result.regions.get(region);
  if (cell === undefined) return null;
  const figures = { total: viewTally(cell.figures), ...viewTurnout(cell) };
  return { ...head, ...viewReleases(result), shows: result.shows, ...figures };
}

function viewCells<Figures, View>(
  regions: ReadonlyMap<string, Cell<Figures>>,
  view: (cell: Cell<Figures>) => View,
) {
  return [...regions].map(([region, cell]) => ({ region, ...view(cell) }));
}

function viewCounted(cell: Cell<RegionTally>) {
  return { ...viewTally(cell.figures), ...viewTurnout(cell) };
}

/**
 * Who may vote and who has, as exact integers: a share of them is the reader's to round. Nothing
 * where there is no roll.
 */
function viewTurnout({ figures, onRoll }: Cell<RegionTally>) {
  if (onRoll === null) return {};
  const { ballots, weight } = viewTally(figures);
  return { electorate: viewElectorate(onRoll), turnout: { voters: ballots, weight } };
}

/**
 * The same where turnout is all that is shown: in an open electorate too, where nobody knows of how
 * many.
 */
function viewVoted({ figures: { ballots, weight }, onRoll }: Cell<Count>) {
  const turnout = { voters: ballots, weight: String(weight) };
  return onRoll === null ? { turnout } : { electorate: viewElectorate(onRoll), turnout };
}

function viewElectorate({ voters, weight }: RollFigures) {
  return { voters, weight };
}
