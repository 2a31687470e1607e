import { reportFailure } from "../../src/platform/report-failure.ts";
import { inChildSpan } from "../../src/telemetry/traces/trace-scope.ts";
import type { LogEvent } from "../../src/shared/log-line.ts";

/**
 * Runs a step that may fail and is run again later. A failure is logged here as `event` and nowhere
 * else. Says whether the step succeeded.
 */
export async function tryStep(
  event: LogEvent,
  decision: string | undefined,
  step: () => Promise<void>,
): Promise<boolean> {
  return inChildSpan(event.replace(/_(?:failed|not_\w+)$/, ""), {}, async () => {
    try {
      await step();
      return true;
    } catch (error) {
      reportFailure(event, error, { decision });
      return false;
    }
  });
}
