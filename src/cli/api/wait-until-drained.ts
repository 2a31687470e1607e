import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../../client/client.ts";
import type { AuditAnswer } from "./answers.ts";
import { readAudit } from "./decisions.ts";
import { forEachConcurrently } from "../command-line/for-each-concurrently.ts";

const drainPatienceMs = 300_000;
const drainPollMs = 100;

export type DrainReport = {
  /** Ballots that the database holds of all decisions asked. */
  ballots: number;
  /** When the database was last seen behind, in ms after the call; 0 where it never was. */
  behindUntilMs: number;
  /** The decisions that the database had not caught up with when patience ended. */
  behind: string[];
};

/**
 * Waits until the database holds every ballot of the decisions. The newest is asked first: once it
 * has arrived the older ones mostly have too, and asking the rest confirms it.
 */
export async function waitUntilDrained(
  client: Client,
  decisionIds: readonly string[],
  {
    concurrency = 1,
    onDecision = () => {},
  }: { concurrency?: number; onDecision?: () => void } = {},
): Promise<DrainReport> {
  const startedAt = performance.now();
  const report: DrainReport = { ballots: 0, behindUntilMs: 0, behind: [] };
  await forEachConcurrently(decisionIds.toReversed(), concurrency, async (id: string) => {
    for (;;) {
      const askedAt = performance.now() - startedAt;
      const audit = await readAudit(client, id);
      if (ballotsBehind(audit) === 0) {
        onDecision();
        report.ballots += audit.database.shards.reduce((sum, shard) => sum + shard.ballots, 0);
        return;
      }
      report.behindUntilMs = Math.max(report.behindUntilMs, askedAt);
      if (askedAt > drainPatienceMs) {
        report.behind.push(id);
        return;
      }
      await sleep(drainPollMs);
    }
  });
  return report;
}

/** Ballots that the shards of a decision have recorded and the database has not applied. */
export function ballotsBehind(audit: Pick<AuditAnswer, "shards" | "database">): number {
  const applied = new Map(audit.database.shards.map((row) => [row.shard, row.applied_seq]));
  return audit.shards.reduce(
    (sum, { shard, seq }) => sum + Math.max(0, seq - (applied.get(shard) ?? 0)),
    0,
  );
}
