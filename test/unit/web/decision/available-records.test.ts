import { expect, test } from "vitest";
import { lifecycleSteps } from "../../../../src/decision/lifecycle.ts";
import { availableRecords } from "../../../../src/web/decision/available-records.ts";
import { furtherStatus } from "../../../../src/web/decision/further-status.ts";

type Decision = Parameters<typeof availableRecords>[0];

const decisionIn = (status: Decision["status"], more: Partial<Decision> = {}) =>
  ({
    status,
    manifest_hash: "aa",
    disclosure: "roll_call",
    forgotten_at: null,
    ...more,
  }) as Decision;

/** The names of what is linked. */
function linked(decision: Decision, isCounted: boolean): string[] {
  return Object.entries(availableRecords(decision, isCounted)).flatMap(([name, isThere]) =>
    isThere ? [name] : [],
  );
}

test.each([
  [decisionIn("draft", { manifest_hash: null }), false, []],
  [decisionIn("scheduled"), false, ["manifest", "events"]],
  [decisionIn("cancelled"), false, ["manifest", "events"]],
  [decisionIn("open"), false, ["results", "manifest", "events"]],
  [decisionIn("open"), true, ["results", "outcome", "manifest", "events", "received"]],
  [
    decisionIn("open", { disclosure: "pseudonymous" }),
    true,
    ["results", "outcome", "manifest", "events"],
  ],
  [
    decisionIn("closed", { disclosure: "aggregate" }),
    true,
    ["results", "outcome", "manifest", "events"],
  ],
  [
    decisionIn("certified", { disclosure: "aggregate" }),
    true,
    ["results", "outcome", "manifest", "events", "publication", "certificate"],
  ],
  [
    decisionIn("certified", { forgotten_at: "2026-11-29T00:00:00.000Z" }),
    true,
    ["results", "outcome", "manifest", "events", "publication", "certificate"],
  ],
])("nothing is linked before it is there, nor after: %#", (decision, isCounted, names) => {
  expect(linked(decision, isCounted)).toEqual(names);
});

test("a decision's life never goes back on the page, whoever tells of it first", () => {
  expect(furtherStatus("open", undefined)).toBe("open");
  expect(furtherStatus("open", "closed")).toBe("closed");
  expect(furtherStatus("certified", "closed")).toBe("certified");
  expect(furtherStatus("cancelled", "open")).toBe("cancelled");
});

test("a decision is as far along its life on the page as in the record", () => {
  // Each is a status: the object has no other members.
  const statuses = Object.keys(lifecycleSteps) as Decision["status"][];
  for (const one of statuses)
    for (const other of statuses) {
      if (lifecycleSteps[one] <= lifecycleSteps[other]) continue;
      expect([furtherStatus(one, other), furtherStatus(other, one)]).toEqual([one, one]);
    }
});
