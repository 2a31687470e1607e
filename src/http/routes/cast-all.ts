import type { CastRequest } from "../../ballot/voter.ts";
import type { CastVotes } from "../../ports/ballots.ts";
import type { Manifest } from "../../decision/decision.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { meterVotes } from "../metering/meter-votes.ts";
import { Problem } from "../problem.ts";
import { viewVoteOutcome } from "../responses/view-vote-outcome.ts";

/** What is needed to cast a station's votes. */
export type CastAllDependencies = Pick<HttpDependencies, "meter" | "receipts">;

/**
 * Casts the votes of a station, and gives an outcome each, in their order.
 * @throws {Problem} where no shard of theirs took any
 */
export async function castAll(
  deps: CastAllDependencies,
  {
    manifest,
    requests,
    signed,
    cast,
  }: {
    manifest: Manifest;
    requests: readonly CastRequest[];
    signed: boolean;
    cast: CastVotes;
  },
) {
  const outcomes = await cast(requests);
  meterVotes(deps.meter, manifest, outcomes);
  const failures = outcomes.filter((outcome) => typeof outcome === "string");
  const [failure] = failures;
  if (failure !== undefined && failures.length === outcomes.length) {
    throw new Problem(`shard.${failure}`);
  }
  const results = outcomes.map((outcome) =>
    viewVoteOutcome(outcome, signed ? deps.receipts : null),
  );
  const count = (status: string) => results.filter((item) => item.status === status).length;
  const counts = {
    accepted: count("accepted"),
    repeated: count("repeated"),
    refused: count("refused"),
  };
  return { ...counts, results };
}
