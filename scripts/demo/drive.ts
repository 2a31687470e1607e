import { setTimeout as sleep } from "node:timers/promises";
import { castVotes, withPublicNonces } from "../../src/cli/api/cast-batch.ts";
import { connectClient } from "../../src/cli/api/connect.ts";
import { readDemoRollCalls } from "./roll-calls.ts";
import { firstHalf, type DemoInstance } from "./seed.ts";

const voteIntervalMs = 1_000;

/**
 * Casts the rest of the open decision's votes, one a second, so that there is something to watch.
 * Returns when all are cast or `signal` is aborted.
 */
export async function driveDemo(options: DemoInstance & { signal: AbortSignal }): Promise<void> {
  const { origin, adminKey: key, signal } = options;
  const client = connectClient({ origin, key, connections: 1, signal });
  const open = readDemoRollCalls()[0];
  try {
    for (const vote of open?.votes.slice(firstHalf(open.votes).length) ?? []) {
      const { repeated } = await castVotes(
        client,
        withPublicNonces({ decisionId: open?.draft.id ?? "", votes: [vote] }),
      );
      // What an earlier run cast is passed over quickly, up to where that run ended.
      if (repeated === 0) await sleep(voteIntervalMs, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await client.close();
  }
}
