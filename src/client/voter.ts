import {
  requireOwnReceipt,
  type SentVote,
  type SignedReceipt,
  type SigningKey,
} from "./check-receipt.ts";
import { createClient, type Client, type ClientOptions } from "./client.ts";
import { randomNonce } from "./draw-nonce.ts";
import type { Ask } from "./routes.ts";

/** What a voter keeps: with it the ballot is found, checked, and changed. */
export interface KeptVote extends SentVote {
  receipt: SignedReceipt;
}

/** What is sent with a vote or a withdrawal beside the choice. */
export interface VoteOptions {
  /** Drawn unless given; a vote that went unanswered is repeated with the nonce that it had. */
  nonce?: string;
  /** The `r` of the voter's newest receipt, for a change. */
  proof?: string;
  /** Region and weight, where the voter knows them. */
  cell?: SentVote["cell"];
}

/** A voter's side of a vote. */
export interface VoterClient {
  /**
   * Casts a vote, repeats it unchanged until it is answered, and checks its receipt. Keep the nonce
   * before: who has none after a crash cannot repeat the vote, nor show what it said.
   * @throws {ForeignReceipt} the receipt is not of this vote
   * @throws {ApiError} the API refused
   * @throws {NoAnswer} there was no answer in all tries: call again with the same nonce
   */
  cast(
    decisionId: string,
    vote: "yes" | "no" | "abstain",
    options?: VoteOptions & { statement?: string },
  ): Promise<KeptVote>;
  /** Takes a vote back, under the same rules. */
  withdraw(decisionId: string, options?: VoteOptions): Promise<KeptVote>;
  /**
   * Whether the ballot of this receipt is counted: the voter's newest, and no withdrawal.
   * @throws {ApiError} the API refused
   * @throws {NoAnswer} there was no answer in all tries
   */
  isCounted(receipt: Pick<SignedReceipt, "decision_id" | "r">): Promise<boolean>;
}

/** A client for voters: `credential` is the ballot token. */
export function createVoter(options: ClientOptions & { credential: string }): VoterClient {
  const client = createClient(options);

  const settle = async (sent: SentVote, call: () => Promise<SignedReceipt>): Promise<KeptVote> => {
    // Before anything is cast: a vote whose receipt could not be checked is better not sent.
    const keys = await readSigningKeys(client);
    const receipt = await call();
    const isNewKey = !keys.some(({ kid }) => kid === receipt.key_id);
    await requireOwnReceipt(receipt, sent, isNewKey ? await readSigningKeys(client) : keys);
    return { ...sent, receipt };
  };

  return {
    cast(decisionId, vote, { nonce = randomNonce(), proof, cell, statement } = {}) {
      const body: Ask<"POST /api/v1/voting/cast-vote">["body"] = {
        decision_id: decisionId,
        vote,
        nonce,
        ...(proof === undefined ? {} : { proof }),
        ...(statement === undefined ? {} : { statement }),
      };
      const sent = sentVote({ decisionId, choice: vote, nonce }, cell);
      return settle(sent, () => client.call("POST /api/v1/voting/cast-vote", { body }));
    },

    withdraw(decisionId, { nonce = randomNonce(), proof, cell } = {}) {
      const body = {
        decision_id: decisionId,
        nonce,
        ...(proof === undefined ? {} : { proof }),
      };
      const sent = sentVote({ decisionId, choice: "withdrawn", nonce }, cell);
      return settle(sent, () => client.call("POST /api/v1/voting/withdraw", { body }));
    },

    async isCounted({ decision_id: decisionId, r }) {
      const asked = { path: { decisionId }, body: { r } };
      return (await client.call("POST /api/v1/decisions/{decisionId}/votes/mine", asked)).counted;
    },
  };
}

function sentVote(sent: SentVote, cell: SentVote["cell"]): SentVote {
  return cell === undefined ? sent : { ...sent, cell };
}

async function readSigningKeys(client: Client): Promise<SigningKey[]> {
  return (await client.call("GET /.well-known/enviro-governance/keys", {})).keys;
}
