import { NoAnswer } from "../../src/client/client-errors.ts";
import { createClient } from "../../src/client/client.ts";
import { randomNonce } from "../../src/client/draw-nonce.ts";
import {
  StationSocket,
  type StationAnswer,
  type StationBatch,
} from "../../src/client/station-socket.ts";
import { openSocketDecision, untilUp } from "./socket-decision.ts";
import type { SocketPlatform, SocketVoters } from "./socket-voters.ts";

interface Acknowledged {
  batch: StationBatch;
  answer: StationAnswer;
}

/** How many batches are on their way at once, and votes in each. */
const atOnce = 4;
const votesEach = 25;

/** Has a station cast batch after batch over its socket until it is stopped. */
export async function startSocketStation(
  { origin, adminKey }: SocketPlatform,
  shards: number,
): Promise<SocketVoters> {
  const admin = createClient({ origin, credential: adminKey });
  const decisionId = await openSocketDecision(admin, `kill-station-${shards}`, shards);
  const path = { decisionId };
  const station = new StationSocket({ origin, decisionId, credential: adminKey });
  const acknowledged: Acknowledged[] = [];
  const stopping = new AbortController();
  let issued = 0;

  const castBatch = async (): Promise<void> => {
    const from = issued;
    issued += votesEach;
    const votes = Array.from({ length: votesEach }, (_, index) => ({
      voter_id: `station-${from + index}`,
      vote: "yes" as const,
      nonce: randomNonce(),
    }));
    const batch = { votes };
    const answer = await untilUp(async () => {
      const found = await station.cast(batch);
      // A shard of the batch was down: nobody was told that those votes count.
      if (found.refused > 0) throw new NoAnswer("a batch", 1, new Error("not all were taken"));
      return found;
    });
    acknowledged.push({ batch, answer });
  };
  const voting = Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (!stopping.signal.aborted) await castBatch();
    }),
  );
  // Told by `stop`.
  voting.catch(() => {});

  return {
    get acknowledged() {
      return acknowledged.length * votesEach;
    },
    async stop() {
      stopping.abort();
      await voting;
      station.close();
    },
    async findLoss() {
      for (const { batch, answer } of acknowledged) {
        const name = "POST /api/v1/decisions/{decisionId}/votes/batch";
        const again = await admin.call(name, { path, body: batch });
        if (JSON.stringify(hashesOf(again)) !== JSON.stringify(hashesOf(answer)))
          return `a batch over a station's socket has other receipts: ${batch.votes[0]?.voter_id}`;
      }
      await admin.call("POST /api/v1/decisions/{decisionId}/close", { path });
      const result = await admin.call("GET /api/v1/decisions/{decisionId}/results", { path });
      const counted = result.shows === "counts" ? result.total.ballots : null;
      const votes = acknowledged.length * votesEach;
      return counted === votes
        ? null
        : `${votes} votes over a station's socket were acknowledged, ${counted} are counted`;
    },
  };
}

function hashesOf({ results }: StationAnswer): (string | null)[] {
  return results.map((each) => ("receipt" in each ? each.receipt.ballot_hash : null));
}
