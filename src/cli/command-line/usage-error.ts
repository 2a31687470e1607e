import { Interrupted } from "./abort-on-signals.ts";

/**
 * The command was called wrongly, or given a file that can't be used: the message is for the person
 * at the terminal, without a stack.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Exit statuses of the scripts. */
export const exitStatus = { ok: 0, differences: 1, failed: 2, interrupted: 130 } as const;

/** Runs a script's main function and turns what it returns or throws into the exit status. */
export async function runMain(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    const interruption = interruptionIn(error);
    const explained = error instanceof UsageError ? error : interruption;
    console.error(explained?.message ?? error);
    process.exitCode = interruption === null ? exitStatus.failed : exitStatus.interrupted;
  }
}

/** Timers of Node wrap the reason of an abort into an error of their own. */
function interruptionIn(error: unknown): Interrupted | null {
  if (error instanceof Interrupted) return error;
  return error instanceof Error && error.cause instanceof Interrupted ? error.cause : null;
}
