import { expect, test } from "vitest";
import { statuses } from "../../../../../src/decision/decision.ts";
import { createI18n } from "../../../../../src/web/i18n/create-i18n.ts";
import { groupDecisions } from "../../../../../src/web/organise/start/group-decisions.ts";
import {
  managedStatuses,
  type ManagedDecision,
} from "../../../../../src/web/organise/start/managed-decisions.ts";
import { waitOf, waitWords } from "../../../../../src/web/organise/start/waiting-words.ts";

const now = Date.UTC(2026, 10, 29);
const later = new Date(now + 1).toISOString();

function decision(more: Partial<ManagedDecision>): ManagedDecision {
  const rest = { id: "d", electorate: "open", roll: null, opens_at: null, closes_at: null };
  // As much of a decision as is looked at.
  return { ...rest, ...more } as ManagedDecision;
}

test.each([
  ["opening", { status: "draft" }],
  ["roll", { status: "draft", electorate: "roll" }],
  [
    "opening",
    {
      status: "draft",
      electorate: "roll",
      roll: { import: 1, hash: null, voters: 2, weight: "2" },
    },
  ],
  ["window", { status: "draft", closes_at: new Date(now).toISOString() }],
  ["opening", { status: "draft", closes_at: later }],
  ["beginning", { status: "scheduled" }],
  ["votes", { status: "open", closes_at: later }],
  ["closing", { status: "open" }],
  ["seals", { status: "closing" }],
  ["certificate", { status: "closed" }],
  ["nothing", { status: "certified" }],
  ["nothing", { status: "cancelled" }],
] as const)("what it waits for is %s: %o", (wait, more) => {
  expect(waitOf(decision(more), now)).toBe(wait);
  const words = waitWords(createI18n("en"), wait);
  expect(words === "").toBe(wait === "nothing");
});

test("decisions stand by whose turn it is, one's own first, and nothing is left out", () => {
  const decisions = statuses.map((status) => decision({ id: status, status, closes_at: later }));
  const groups = groupDecisions(decisions.toReversed(), now);
  expect(groups.map(({ turn, decisions: some }) => [turn, some.map(({ id }) => id)])).toEqual([
    ["yours", ["draft"]],
    ["voters", ["open", "scheduled"]],
    ["service", ["closed", "closing"]],
    ["nobody", ["cancelled", "certified"]],
  ]);
  expect(groupDecisions([], now)).toEqual([]);
});

test("every status is read by itself", () => {
  expect([...managedStatuses].toSorted()).toEqual([...statuses].toSorted());
});
