import type { CastOutcome } from "../../ballot/cast-many.ts";
import type { Manifest } from "../../decision/decision.ts";
import { isTurnoutShown } from "../../decision/visibility.ts";
import type { ShardFailure } from "../../ports/ballots.ts";
import type { Meter } from "../../telemetry/metrics/meter.ts";
import { isCounted, voteProblemCode } from "../responses/view-vote-outcome.ts";

/** Counts votes by what came of them; of a decision that hides its turnout those alone that failed. */
export function meterVotes(
  meter: Pick<Meter, "count">,
  manifest: Pick<Manifest, "visibility">,
  outcomes: readonly (CastOutcome | ShardFailure)[],
): void {
  const isShown = isTurnoutShown(manifest);
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    if (!isShown && typeof outcome !== "string") continue;
    const code = isCounted(outcome) ? outcome.kind : voteProblemCode(outcome);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  for (const [outcome, count] of counts) meter.count("enviro.votes", { outcome }, count);
}
