import { env } from "cloudflare:workers";
import type { BallotShard } from "../../../durable-objects/ballot-shard.ts";
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
