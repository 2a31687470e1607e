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

/** The innermost error's words: what wraps it may quote a query with its parameters. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? `${error.name}: ${error.message}` : causeOf(error.cause);
}
