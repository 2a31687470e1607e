import { setTimeout as sleep } from "node:timers/promises";
import { castVotes, withPublicNonces } from "../../src/cli/api/cast-batch.ts";
import { connectClient } from "../../src/cli/api/connect.ts";
import { readDemoRollCalls } from "./roll-calls.ts";
import { firstHalf, type DemoInstance } from "./seed.ts";

const voteIntervalMs = 1_000;

/** The open decision of a demonstration, until `signal` is aborted. */
export interface DrivenDemo extends DemoInstance {
  decisionId: string;
  signal: AbortSignal;
}

/**
 * Casts the rest of the open decision's votes, one a second, so that there is something to watch.
 * Returns when all are cast or `signal` is aborted.
 */
export async function driveDemo(options: DrivenDemo): Promise<void> {
  const { origin, adminKey: key, decisionId, signal } = options;
  const client = connectClient({ origin, key, connections: 1, signal });
  const open = readDemoRollCalls()[0];
  try {
    for (const vote of open?.votes.slice(firstHalf(open.votes).length) ?? []) {
      const { repeated } = await castVotes(client, withPublicNonces({ decisionId, votes: [vote] }));
      // What an earlier run cast is passed over quickly, up to where that run ended.
      if (repeated === 0) await sleep(voteIntervalMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await client.close();
  }
}
