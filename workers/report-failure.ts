/** Writes a failure to the log, once, as one JSON line: what failed, where, and why. Never a voter, a credential or a choice. */
export function reportFailure(
  event: string,
  error: unknown,
  place: Record<string, string | number | null | undefined> = {},
): void {
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.error(JSON.stringify({ level: "error", event, cause, ...place }));
}
