import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../src/client/client.ts";
import { readAudit, readCountedResults } from "../../src/cli/api/decisions.ts";
import { sum } from "./row.ts";

/** A result may be a second old and a snapshot another; after this it counts as wrong. */
const resultsPatienceMs = 10_000;
const resultsPollMs = 250;

/**
 * How many votes of a decision were acknowledged to voters, and how many each part of the platform
 * says it has.
 */
export type RecordCheck = {
  decisionId: string;
  acknowledged: number;
  recordedInShards: number;
  inResults: number;
  inDatabase: number;
};

/**
 * Holds what was acknowledged against results, shards and database. The database has to have caught
 * up.
 */
export async function checkRecord(
  client: Client,
  decisionId: string,
  acknowledged: number,
): Promise<RecordCheck> {
  const audit = await readAudit(client, decisionId);
  return {
    decisionId,
    acknowledged,
    recordedInShards: sum(audit.shards, (shard) => shard.seq),
    inResults: await readResults(client, decisionId, acknowledged),
    inDatabase: sum(audit.database.shards, (shard) => shard.ballots),
  };
}

async function readResults(client: Client, id: string, expected: number): Promise<number> {
  const giveUpAt = Date.now() + resultsPatienceMs;
  for (;;) {
    const { total } = await readCountedResults(client, id);
    if (total.ballots === expected || Date.now() > giveUpAt) return total.ballots;
    await sleep(resultsPollMs);
  }
}

/** What does not agree with the acknowledged votes, in words; none when all is well. */
export function describeDifferences(check: RecordCheck): string[] {
  const { decisionId, acknowledged } = check;
  const copies = [
    ["shards", check.recordedInShards],
    ["results", check.inResults],
    ["database", check.inDatabase],
  ] as const;
  return copies
    .filter(([, count]) => count !== acknowledged)
    .map(
      ([copy, count]) =>
        `${decisionId}: ${acknowledged} votes acknowledged, ${count} in the ${copy} (${count - acknowledged})`,
    );
}
