import { openBallotSocket } from "../../src/client/ballot-socket.ts";
import type { SignedReceipt } from "../../src/client/check-receipt.ts";
import { createClient } from "../../src/client/client.ts";
import { randomNonce } from "../../src/client/draw-nonce.ts";
import { openSocketDecision, untilUp } from "./socket-decision.ts";

/** Voters who vote one after the other while the platform is killed under them. */
export interface SocketVoters {
  /** Lets those who are voting come to their answer, and nobody else begin. */
  stop(): Promise<void>;
  /** Asks for every receipt again, by POST, and counts: null where all is as it was acknowledged. */
  findLoss(): Promise<string | null>;
  readonly acknowledged: number;
}

export interface SocketPlatform {
  origin: string;
  adminKey: string;
}

interface Acknowledged {
  token: string;
  nonce: string;
  receipt: SignedReceipt;
}

/** How many vote at once, and how many are given tokens at once. */
const atOnce = 4;
const tokensEach = 500;

/** Opens a decision with so many shards, and has voters vote in it over sockets until they are stopped. */
export async function startSocketVoters(
  { origin, adminKey }: SocketPlatform,
  shards: number,
): Promise<SocketVoters> {
  const admin = createClient({ origin, credential: adminKey });
  const decisionId = await openSocketDecision(admin, `kill-sockets-${shards}`, shards);
  const path = { decisionId };
  const acknowledged: Acknowledged[] = [];
  const tokens: string[] = [];
  let issued = 0;
  const stopping = new AbortController();

  const nextToken = async (): Promise<string> => {
    for (;;) {
      const token = tokens.pop();
      if (token !== undefined) return token;
      const from = issued;
      issued += tokensEach;
      const voters = Array.from({ length: tokensEach }, (_, index) => ({
        voter_id: `socket-${from + index}`,
      }));
      const name = "POST /api/v1/decisions/{decisionId}/tokens";
      const answer = await untilUp(() => admin.call(name, { path, body: { voters } }));
      tokens.push(...answer.tokens.map((each) => each.token));
    }
  };

  const vote = async (): Promise<void> => {
    const token = await nextToken();
    const nonce = randomNonce();
    const receipt = await untilUp(async () => {
      const socket = await openBallotSocket({ origin, decisionId, credential: token });
      try {
        return (await socket.cast({ vote: "yes", nonce })).receipt;
      } finally {
        socket.close();
      }
    });
    acknowledged.push({ token, nonce, receipt });
  };

  const voting = Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (!stopping.signal.aborted) await vote();
    }),
  );
  // Told by `stop`.
  voting.catch(() => {});

  return {
    get acknowledged() {
      return acknowledged.length;
    },
    async stop() {
      stopping.abort();
      await voting;
    },
    async findLoss() {
      for (const { token, nonce, receipt } of acknowledged) {
        const voter = createClient({ origin, credential: token });
        const body = { decision_id: decisionId, vote: "yes", nonce } as const;
        const again = await voter.call("POST /api/v1/voting/cast-vote", { body });
        if (again.ballot_hash !== receipt.ballot_hash)
          return `a vote over a socket has another receipt: ${receipt.ballot_hash}`;
      }
      await admin.call("POST /api/v1/decisions/{decisionId}/close", { path });
      const result = await admin.call("GET /api/v1/decisions/{decisionId}/results", { path });
      const counted = result.shows === "counts" ? result.total.ballots : null;
      return counted === acknowledged.length
        ? null
        : `${acknowledged.length} votes over sockets were acknowledged, ${counted} are counted`;
    },
  };
}
