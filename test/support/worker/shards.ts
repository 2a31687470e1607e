import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { BallotShard } from "../../../durable-objects/ballot-shard/ballot-shard.ts";
import type { DecisionRoom } from "../../../durable-objects/decision-room/decision-room.ts";
import type { Shard } from "../../../durable-objects/ballot-shard/shard.ts";
import { decodeOutcomes, encodeRequests } from "../../../src/ballot/cast-code.ts";
import type { CastOutcome } from "../../../src/ballot/cast-many.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";
import { allowLogged } from "../error-lines.ts";

/** Where a shard can live. */
export const shardHomes = ["an object of its own", "the object of its room"] as const;
export type ShardHome = (typeof shardHomes)[number];
export type HomeObject = BallotShard | DecisionRoom;
export type HomeStub = DurableObjectStub<BallotShard> | DurableObjectStub<DecisionRoom>;

/** Does something with a shard in the object that it lives in. */
export function inShard<Answer>(
  stub: HomeStub,
  work: (shard: Shard) => Answer | Promise<Answer>,
): Promise<Answer> {
  return runInDurableObject<HomeObject, Answer>(stub, ({ shard }) => work(shard));
}

/** The terms of a decision's only shard, open to whoever comes since long ago; whatever is given stands above them. */
export function termsOf(decisionId: string, given: Partial<VotingTerms> = {}): VotingTerms {
  return {
    decisionId,
    shard: 0,
    shards: 1,
    rehearsal: false,
    opensAt: 0,
    closesAt: null,
    lastMinutesAt: null,
    isTurnoutShown: true,
    revotePolicy: "revisable",
    regions: new Set(),
    weightMax: 1,
    disclosure: "roll_call",
    openingKey: "07".repeat(32),
    roll: null,
    ...given,
  };
}

/** An object for the shard of a decision that there is not: nobody has opened it yet. */
export function unopenedShard(home: ShardHome, decisionId = newDecisionId()): HomeStub {
  return home === "the object of its room"
    ? env.DECISION_ROOM.getByName(decisionId)
    : env.BALLOT_SHARD.getByName(`${decisionId}/0`);
}

/** A shard of its own for a test, without a decision: it has its terms, and takes votes. */
export async function openedShard(
  given: Partial<VotingTerms> = {},
  home: ShardHome = "an object of its own",
): Promise<HomeStub> {
  const decisionId = newDecisionId();
  // The writer looks for the shard where a decision would have it, and finds one without ballots.
  allowLogged("writer.confirm_failed", { decision: decisionId });
  const stub = unopenedShard(home, decisionId);
  await inShard(stub, (shard) => shard.open(termsOf(decisionId, given)));
  return stub;
}

function newDecisionId(): string {
  return `shard-test-${crypto.randomUUID()}`;
}

/** Lets a shard fail when it is called so, until it is evicted. */
export async function makeDeafTo(
  stub: DurableObjectStub<BallotShard>,
  method: "open" | "pause" | "extend" | "seal" | "reportSince" | "dropRolls",
): Promise<void> {
  await runInDurableObject(stub, (shard) => {
    Object.defineProperty(shard, method, {
      value: () => Promise.reject(new Error("gone")),
      configurable: true,
    });
  });
}

/** Casts votes on a shard as the Worker does. Receipts carry this decision, whichever they are from: an answer leaves its own out. */
export async function castOn(
  home: HomeStub | HomeObject,
  requests: readonly CastRequest[],
): Promise<CastOutcome[] | "overloaded"> {
  const reply = await home.castText(encodeRequests(requests));
  if (reply === "overloaded") return reply;
  return decodeOutcomes(reply, "cast-on-a-shard");
}
