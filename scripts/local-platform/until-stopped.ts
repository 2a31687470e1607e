import { fstatSync } from "node:fs";
import { stopSignals } from "./stop-signals.ts";

/**
 * Waits for Ctrl-C, SIGTERM or SIGHUP, or also for the end of a piped stdin: the sign that the
 * parent process has died.
 */
export function untilStopped({ orStdinEnds }: { orStdinEnds: boolean }): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of Object.keys(stopSignals)) process.once(signal, () => resolve());
    const stdin = fstatSync(0);
    if (!orStdinEnds || !(stdin.isFIFO() || stdin.isSocket())) return;
    // Listening to it must not keep a process alive that a signal has ended.
    process.stdin
      .once("end", () => resolve())
      .resume()
      .unref();
  });
}
