import { Log, LogLevel } from "miniflare";

/**
 * Miniflare's own warnings and errors, line by line; it would print them to stdout, where a script
 * prints its result.
 */
export function quietLog(log: (line: string) => void): Log {
  return new (class extends Log {
    override log(message: string): void {
      log(`miniflare: ${message}`);
    }
  })(LogLevel.WARN);
}
