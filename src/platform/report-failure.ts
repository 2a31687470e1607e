import type { DeadLetter } from "../database/database.ts";

/**
 * Writes a failure to the log, once, as one JSON line: what failed, where, and why. Never a voter,
 * a credential or a choice.
 */
export function reportFailure(
  event: string,
  error: unknown,
  context: Record<string, string | number | null | undefined> = {},
): void {
  console.error(JSON.stringify({ level: "error", event, cause: causeOf(error), ...context }));
}

/**
 * Writes a dead letter to the log, as one JSON line: whose it is and that there is one. Its cause
 * may quote what it holds, and its seq would tell how many have voted: both are in the list alone.
 */
export function reportDeadLetter({ decisionId, shard, retries }: DeadLetter): void {
  const reason = decisionId === null ? "unreadable" : "refused";
  const context = { reason, decision: decisionId, shard, retries };
  console.error(JSON.stringify({ level: "error", event: "writer.dead_letter", ...context }));
}

/** The innermost error's words: what wraps it may quote a query with its parameters. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? `${error.name}: ${error.message}` : causeOf(error.cause);
}
