import { reportFailure } from "../../src/platform/report-failure.ts";

/** Takes a step that may fail and is tried again later: a failure is reported here and nowhere else. Tells whether it succeeded. */
export async function attempt(
  event: string,
  decision: string | undefined,
  step: () => Promise<void>,
): Promise<boolean> {
  try {
    await step();
    return true;
  } catch (error) {
    reportFailure(event, error, { decision });
    return false;
  }
}
