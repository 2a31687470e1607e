import type { ApiStatus } from "../contract.ts";

/** Older than this nothing that was read says anything of now: as the Worker itself has it. */
const freshMs = 75_000;

/** A status that was read, and then could not be read again for so long (ms): what it still says. */
export function asLastRead(status: ApiStatus, silentMs: number): ApiStatus {
  if (silentMs <= freshMs) return status;
  const decisions = status.decisions.map((decision) => ({
    ...decision,
    state: decision.state === "broken" ? decision.state : ("not_checked" as const),
  }));
  return {
    ...status,
    state: status.state === "broken" ? status.state : "not_checked",
    decisions,
  };
}
