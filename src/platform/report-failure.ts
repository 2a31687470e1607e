import { isolateMeter } from "./metrics/isolate-meter.ts";
import type { DeadLetter } from "../database/database.ts";
import {
  formatCountLine,
  formatFailure,
  formatNotice,
  type ReportFailure,
} from "../shared/log-line.ts";
import { noteFailure } from "../telemetry/traces/trace-scope.ts";

/** Counts a failure, and writes it to the log, once, as one JSON line that holds what the allow-list lets through. */
export const reportFailure: ReportFailure = (event, error, fields) => {
  isolateMeter.count("enviro.failures", { event });
  console.error(formatFailure(event, error, fields));
  noteFailure(error, { "enviro.log.event": event });
};

/** Writes to the log that spans were dropped: why, and how many since that was last told. */
export function reportDroppedSpans(error: unknown, count: number): void {
  isolateMeter.count("enviro.telemetry.dropped", { reason: "spans_not_sent" }, count);
  console.error(formatFailure("traces.dropped", error, { count }));
}

/**
 * Writes a dead letter to the log, as one JSON line: whose it is and that there is one. Its cause
 * may quote what it holds, and its seq would tell how many have voted: both are in the list alone.
 */
export function reportDeadLetter({ decisionId, shard, retries }: DeadLetter): void {
  const reason = decisionId === null ? "unreadable" : "refused";
  isolateMeter.count("enviro.dead_letters", { reason });
  console.error(
    formatNotice("writer.dead_letter", { reason, decision: decisionId, shard, retries }),
  );
}

/** Writes to the log that credentials were refused: with which code, and how often in a minute. */
export function reportRefusals(refusal: string, count: number): void {
  console.error(formatCountLine("credential.refused", { refusal, count }));
}
