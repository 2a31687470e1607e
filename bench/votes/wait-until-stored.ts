import { setTimeout as sleep } from "node:timers/promises";
import type { LocalPlatform } from "../../scripts/local-platform/boot.ts";

const storedPatienceMs = 300_000;
const storedPollMs = 100;

/**
 * Waits until the database has applied so many ballots of a decision, and says when it was last
 * seen behind, in ms after the call. Read from the database itself: while a decision is open,
 * outside roll calls nobody is told how far its shards are.
 */
export async function waitUntilStored(
  database: LocalPlatform["database"],
  decisionId: string,
  ballots: number,
): Promise<number> {
  const startedAt = performance.now();
  const stored = (await database())
    .prepare("SELECT SUM(applied_seq) AS ballots FROM shard_progress WHERE decision_id = ?")
    .bind(decisionId);
  for (let behindUntilMs = 0; ;) {
    const askedAt = performance.now() - startedAt;
    const row = await stored.first<{ ballots: number | null }>();
    if ((row?.ballots ?? 0) >= ballots) return behindUntilMs;
    behindUntilMs = askedAt;
    if (askedAt > storedPatienceMs) throw new Error(`${decisionId} is not stored after 5 minutes`);
    await sleep(storedPollMs);
  }
}
