import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { z } from "zod";
import { pseudonym } from "../../auth/pseudonym.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import type { CastRequest } from "../../ballot/voter.ts";
import { limits } from "../../shared/limits.ts";
import { decisionParams } from "../contract/common.ts";
import * as contract from "../contract/voting.ts";
import type { Manifest } from "../../decision/decision.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { countVotersRequest } from "../metering/counted-requests.ts";
import { meterVotes } from "../metering/meter-votes.ts";
import { nonceOf } from "../requests/nonce.ts";
import { noteOf } from "../requests/note.ts";
import { traceVote } from "../middleware/trace-requests.ts";
import { keyOnly } from "../middleware/credentials.ts";
import { readJson } from "../middleware/json-body.ts";
import { plainVotes } from "../requests/plain-votes.ts";
import { Problem } from "../problem.ts";
import { parseInput } from "../requests/validation.ts";
import { mapVoters } from "../requests/voter-ids.ts";
import { viewVoteOutcome } from "../responses/view-vote-outcome.ts";
import { requireVotingContext } from "./require-decision.ts";

/** Votes that a station sends together, each with its own outcome. */
export function batchRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openAPIRegistry.registerPath(contract.castBatchRoute);
  const path = createRoute(contract.castBatchRoute).getRoutingPath();
  app.post(path, keyOnly(deps, contract.castBatchRoute), async (c) => {
    const sent = await readJson(c.req.raw, limits.batchBytesMax);
    const { decisionId } = parseInput("param", decisionParams, c.req.param());
    const plain = plainVotes(sent);
    const { votes, signed = false }: z.output<typeof contract.batchSchema> =
      plain === null ? parseInput("json", contract.batchSchema, sent) : { votes: plain };
    const { manifest, decisionKey } = await requireVotingContext(deps, decisionId);
    countVotersRequest(c.req.raw, manifest);
    const { disclosure, stations } = manifest;
    if (stations === "none") throw new Problem("vote.stations_excluded");
    const authority = stations === "overrides" ? "station" : "token";
    const key = c.req.header("idempotency-key");
    const requests = mapVoters({
      items: votes,
      form: voterIdFormOf(manifest),
      voterIdOf: (item) => item.voter_id,
      pointerTo: (index) => `/votes/${index}/voter_id`,
      map: (voterId, item, index): CastRequest => {
        const pid = pseudonym(decisionKey, voterId);
        const { vote: choice, nonce, proof } = item;
        return {
          pid,
          choice,
          region: item.region ?? "",
          weight: item.weight ?? 1,
          nonce: nonceOf({ manifest, pid, choice, authority, nonce, proof, key, index }),
          proof: proof ?? null,
          authority,
          serial: null,
          note: noteOf(disclosure, item),
        };
      },
    });
    const cast = async (): Promise<Response> =>
      c.json(await castAll(deps, { manifest, requests, signed }), 200);
    return traceVote(deps.tracer, { request: c.req.raw, route: path, manifest }, cast);
  });
}

/** @throws {Problem} where no shard of theirs took any */
async function castAll(
  deps: HttpDependencies,
  {
    manifest,
    requests,
    signed,
  }: { manifest: Manifest; requests: readonly CastRequest[]; signed: boolean },
) {
  const outcomes = await deps.ballots.cast(manifest, requests);
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
