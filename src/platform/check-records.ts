import type { CheckOutcome, DueCheck } from "../ports/record-check.ts";
import { withDeadline } from "../shared/deadline.ts";
import { limits } from "../shared/limits.ts";
import { versionedRegistry, versionedRoom } from "./objects/versioned-stubs.ts";
import { reportFailure } from "./report-failure.ts";

/** Has the records checked whose turn it is, some at a time. Never throws. */
export async function checkRecords(env: Env): Promise<void> {
  try {
    const registry = versionedRegistry(env.REGISTRY);
    const due = await withDeadline(
      registry.listChecksDue(limits.checkedDecisionsMax),
      limits.recordCheckMsMax,
    );
    for (let at = 0; at < due.length; at += limits.checkedTogetherMax) {
      const together = due.slice(at, at + limits.checkedTogetherMax);
      const outcomes = await Promise.all(together.map((one) => checkRecord(env, one)));
      await withDeadline(registry.keepChecks(outcomes), limits.recordCheckMsMax);
    }
  } catch (error) {
    reportFailure("checks.not_run", error);
  }
}

async function checkRecord(env: Env, { decisionId, from }: DueCheck): Promise<CheckOutcome> {
  try {
    const room = versionedRoom(env.DECISION_ROOM, decisionId);
    const found = await withDeadline(room.checkRecord(from), limits.recordCheckMsMax);
    return { decisionId, found: found ?? "over" };
  } catch (error) {
    reportFailure("room.check_failed", error, { decision: decisionId });
    return { decisionId, found: "failed" };
  }
}
