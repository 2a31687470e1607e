import type { Client } from "../../client/client.ts";
import type { AuditAnswer } from "../api/answers.ts";
import { readAudit } from "../api/decisions.ts";
import { ballotsBehind } from "../api/wait-until-drained.ts";
import type { WaitBudget } from "./wait-budget.ts";

const pollMs = 200;

/**
 * Asks for the tallies of a decision until the room has merged what the shards say, and then until
 * the database has every ballot up to there. Votes may keep coming in: the answer is one moment of
 * the shards and the room, and a later one of the database. When the budget is spent the last
 * answer is returned as it is.
 */
export async function readCaughtUpAudit(
  client: Client,
  decision: string,
  budget: WaitBudget,
): Promise<AuditAnswer> {
  let moment: AuditAnswer | null = null;
  for (;;) {
    const latest = await readAudit(client, decision);
    if (moment === null && isMerged(latest)) moment = latest;
    const audit: AuditAnswer = { ...(moment ?? latest), database: latest.database };
    // Waiting brings nothing back that was archived.
    const isStored = ballotsBehind(audit) === 0 || audit.database.archived.length > 0;
    if (moment !== null && isStored) return audit;
    if (!(await budget.wait(pollMs))) return audit;
  }
}

/**
 * Whether the room counts as many ballots as its shards together; what they say of each region is
 * compared later. Outside roll calls shards do not say.
 */
export function isMerged(audit: Pick<AuditAnswer, "room" | "shards">): boolean {
  const counted = shardsCounted(audit);
  return counted === null || audit.room.total.ballots === counted;
}

/** Counted ballots of all shards together; null where one does not say. */
export function shardsCounted({ shards }: Pick<AuditAnswer, "shards">): number | null {
  const totals = shards.map(({ total }) => total?.ballots ?? null);
  return totals.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}
