/** What the log may have of an unexpected error: its cause in words, and where it was thrown. */
export type Failure = { cause: string; at: string };

/**
 * Describes an error for the log: of one that wraps another the inner one, since the outer may
 * quote a query with its parameters. What a message quotes is left out: engines and databases
 * quote what they fail on, and that may be a voter or a vote.
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { cause: withoutQuotes(String(error)), at: "unknown" };
  if (error.cause !== undefined) return failureOf(error.cause);
  const { name, message, stack = "" } = error;
  // The stack begins with the message, in which somebody's text may look like a frame.
  const start = stack.indexOf(message);
  const frames = start === -1 ? "" : stack.slice(start + message.length);
  const [first] = /^\s*at .+$/m.exec(frames) ?? [];
  return { cause: `${name}: ${withoutQuotes(message)}`, at: first?.trim() ?? "unknown" };
}

/** From the first quote to the last, of whatever kind: what is quoted may hold quotes itself. */
function withoutQuotes(message: string): string {
  return message.replace(/["'`].*["'`]/s, "…");
}
