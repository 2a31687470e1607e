/** Somebody asked the script to stop. What it had begun is safe to begin again. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * A signal that is aborted by SIGINT or SIGTERM, so that a script can leave its files whole. A
 * second one ends it at once.
 */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => controller.abort(new Interrupted(`stopped by ${name}`)));
  }
  return controller.signal;
}
