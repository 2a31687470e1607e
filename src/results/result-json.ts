import { z } from "zod";
import type { RegionTally } from "../ballot/tally.ts";
import type { ResultDelta } from "./delta.ts";
import type { DecisionResult } from "./result.ts";

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
  return {
    ...viewHead(result, now),
    total: viewTally(result.total),
    regions: viewRegions(result.regions),
  };
}

export function viewDelta(delta: ResultDelta, now: number) {
  return {
    ...viewHead(delta, now),
    from: delta.from,
    total: viewTally(delta.total),
    regions: viewRegions(delta.regions),
  };
}
