import { env } from "cloudflare:workers";
import type { BallotShard } from "../../../durable-objects/ballot-shard.ts";
import { decodeOutcomes, encodeRequests } from "../../../src/ballot/cast-code.ts";
import type { CastOutcome } from "../../../src/ballot/cast-many.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";

export type ShardStub = DurableObjectStub<BallotShard>;

/** The terms of a decision's only shard, open to whoever comes since long ago; whatever is given stands above them. */
export function termsOf(decisionId: string, given: Partial<VotingTerms> = {}): VotingTerms {
  return {
    decisionId,
    shard: 0,
    shards: 1,
    opensAt: 0,
    closesAt: null,
    revotePolicy: "revisable",
    regions: new Set(),
    weightMax: 1,
    visibility: "live",
    roll: null,
    ...given,
  };
}

/** A shard of its own for a test, without a room: it has its terms, and takes votes. */
export async function openedShard(given: Partial<VotingTerms> = {}): Promise<ShardStub> {
  const decisionId = `shard-test-${crypto.randomUUID()}`;
  const stub = env.BALLOT_SHARD.getByName(`${decisionId}/0`);
  await stub.open(termsOf(decisionId, given));
  return stub;
}

/** Casts votes on a shard as the Worker does. Receipts carry this address, whichever shard they are from: an answer leaves its own out. */
export async function castOn(
  shard: ShardStub | BallotShard,
  requests: readonly CastRequest[],
): Promise<CastOutcome[] | "overloaded"> {
  const reply = await shard.castText(encodeRequests(requests));
  if (reply === "overloaded") return reply;
  return decodeOutcomes(reply, { decisionId: "cast-on-a-shard", shard: 0 });
}
