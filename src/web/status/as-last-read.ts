import type { ApiStatus } from "../contract.ts";

/** What a status still says that was read, and then for too long could not be read again. */
export function asLastRead(status: ApiStatus): ApiStatus {
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
