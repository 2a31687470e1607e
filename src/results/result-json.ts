import { z } from "zod";
import type { RegionTally } from "../ballot/tally.ts";
import type { Roll, RollFigures } from "../decision/roll.ts";
import type { ResultDelta } from "./delta.ts";
import type { DecisionResult } from "./result.ts";

/** Voters and what they weigh together, as a decimal string. */
export const votersSchema = z.object({ voters: z.int(), weight: z.string() });

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

export function viewTally({ yes, no, abstain }: RegionTally): TallyView {
  return {
    yes: { ballots: yes.ballots, weight: String(yes.weight) },
    no: { ballots: no.ballots, weight: String(no.weight) },
    abstain: { ballots: abstain.ballots, weight: String(abstain.weight) },
    ballots: yes.ballots + no.ballots + abstain.ballots,
    weight: String(yes.weight + no.weight + abstain.weight),
  };
}

export function viewRegions(
  regions: ReadonlyMap<string, RegionTally>,
): ({ region: string } & TallyView)[] {
  return [...regions].map(([region, tally]) => ({ region, ...viewTally(tally) }));
}

/** The figures that head every result; `now` in ms. */
export function viewHead(
  result: Pick<DecisionResult, "decisionId" | "status" | "version" | "isFinal" | "asOf">,
  now: number,
) {
  return {
    decision_id: result.decisionId,
    status: result.status,
    version: result.version,
    final: result.isFinal,
    as_of: new Date(result.asOf).toISOString(),
    age_ms: Math.max(0, now - result.asOf),
  };
}

export function viewResult(result: DecisionResult, now: number) {
  const { total, regions, roll } = result;
  return {
    ...viewHead(result, now),
    total: viewTally(total),
    ...viewTurnout(roll, total),
    regions: viewRegionResults(regions, roll),
  };
}

/** One region of a result, or null where the decision has no such region. */
export function viewRegionResult(result: DecisionResult, region: string, now: number) {
  const tally = result.regions.get(region);
  if (tally === undefined) return null;
  const figures = viewTurnout(regionOf(result.roll, region), tally);
  return { ...viewHead(result, now), region, total: viewTally(tally), ...figures };
}

export function viewDelta(delta: ResultDelta, now: number) {
  const { from, total, regions, roll } = delta;
  return {
    ...viewHead(delta, now),
    from,
    total: viewTally(total),
    ...viewTurnout(roll, total),
    regions: viewRegionResults(regions, roll),
  };
}

function viewRegionResults(regions: ReadonlyMap<string, RegionTally>, roll: Roll | null) {
  const onRoll = new Map(roll?.regions.map((figures) => [figures.region, figures]));
  return [...regions].map(([region, tally]) => ({
    region,
    ...viewTally(tally),
    ...viewTurnout(onRoll.get(region) ?? null, tally),
  }));
}

function regionOf(roll: Roll | null, region: string): RollFigures | null {
  return roll?.regions.find((figures) => figures.region === region) ?? null;
}

/** Who may vote and who has, as exact integers: a share of them is the reader's to round. Nothing where there is no roll. */
function viewTurnout(onRoll: RollFigures | null, tally: RegionTally) {
  if (onRoll === null) return {};
  const { ballots, weight } = viewTally(tally);
  return {
    electorate: { voters: onRoll.voters, weight: onRoll.weight },
    turnout: { voters: ballots, weight },
  };
}
