import { expect } from "vitest";
import { eventually } from "./worker/eventually.ts";

/** Members of a line that `reportFailure` prints: its event, its cause and where it happened. */
type ErrorLine = {
  event: string;
  cause?: unknown;
  decision?: string;
  shard?: number;
  object?: string | undefined;
};

const printed: string[] = [];
/** What the tests of this file expect. It holds until the file ends: an alarm may report once more after its test. */
const claims: ErrorLine[] = [];

/** Keeps what is printed as an error, instead of printing it. */
export function keepErrorLine(...parts: readonly unknown[]): void {
  printed.push(parts.map(String).join(" "));
}

function isOf(claim: ErrorLine, line: string): boolean {
  if (!line.startsWith('{"level":"error",')) return false;
  const matcher: { asymmetricMatch(line: unknown): boolean } = expect.objectContaining(claim);
  return matcher.asymmetricMatch(JSON.parse(line));
}

/** Gives and forgets the error lines that no test has claimed. What is only counted is no error. */
export function takeUnclaimed(): string[] {
  return printed
    .splice(0)
    .filter((line) => !line.startsWith('{"level":"notice",'))
    .filter((line) => !claims.some((claim) => isOf(claim, line)));
}

/** Claims lines of an event that may be logged as an error or not, depending on what an alarm comes to. */
export function allowLogged(event: string, members: Omit<ErrorLine, "event">): void {
  claims.push({ event, ...members });
}

/** Waits until an event is logged as an error, and claims its lines. A line that no test claims fails its test. */
export async function expectLogged(
  event: string,
  members: Omit<ErrorLine, "event"> = {},
): Promise<void> {
  const claim = { event, ...members };
  await eventually(`the error line ${JSON.stringify(claim)}`, async () =>
    printed.some((line) => isOf(claim, line)) ? true : null,
  );
  claims.push(claim);
}
