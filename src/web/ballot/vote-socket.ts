import { openBallotSocket } from "../../client/ballot-socket.ts";
import { ApiError } from "../../client/client-errors.ts";
import type { ApiChoice } from "../contract.ts";
import type { SocketOutcome, VoteAttempt } from "./send-vote.ts";

/** A choice: what is taken back goes by a route of its own. */
export type SocketAttempt = VoteAttempt & { choice: ApiChoice };

/** An open socket of one voter. */
export interface VoteSocket {
  isOpen: () => boolean;
  /** Sends one attempt, once. */
  cast: (attempt: SocketAttempt) => Promise<SocketOutcome>;
  close: () => void;
}

/** Shorter than a request has: what is late here is repeated by POST, which costs nothing but a message. */
const answerTimeoutMs = 5_000;

/** Opens a socket; rejects where none opens, for whatever reason. */
export async function openVoteSocket(decisionId: string, token: string): Promise<VoteSocket> {
  const { origin } = location;
  const asked = { origin, decisionId, credential: token, answerTimeoutMs };
  const socket = await openBallotSocket(asked);
  return {
    isOpen: () => socket.isOpen(),
    close: () => socket.close(),
    async cast({ choice, nonce, proof, statement }) {
      const shown = proof === null ? {} : { proof };
      const reasons = statement === null ? {} : { statement };
      try {
        const { receipt } = await socket.cast({ vote: choice, nonce, ...shown, ...reasons });
        return { kind: "receipt", receipt };
      } catch (error) {
        // Without an answer it is all the same why; a request says it.
        return error instanceof ApiError
          ? { kind: "problem", problem: error.problem }
          : { kind: "lost" };
      }
    },
  };
}
