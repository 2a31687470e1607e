import { expect, test } from "vitest";
import { eventLines } from "../../../../src/web/decision/event-lines.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";

const i18n = createI18n("en");
const at = (second: number) => `2026-11-29T05:00:0${second}.000Z`;

test("each thing that was done is a line, and tokens issued in a row are one with their sum", () => {
  const tokens = (second: number, voters: number) =>
    ({ at: at(second), action: "tokens.issued", facts: { voters } }) as const;
  const lines = eventLines(i18n, [
    { at: at(0), action: "decision.opened", facts: {} },
    tokens(1, 1),
    tokens(2, 1_000),
    { at: at(3), action: "decision.rebuilt", facts: {} },
    tokens(4, 1),
    { at: at(5), action: "decision.closed", facts: { closes_at: null } },
  ]);
  expect(lines).toEqual([
    { at: at(0), text: "Opened: the terms are frozen" },
    { at: at(2), text: "Ballot tokens issued for 1,001 voters" },
    { at: at(3), text: "Lists and exports written again from the record" },
    { at: at(4), text: "Ballot tokens issued for 1 voter" },
    { at: at(5), text: "Closed by the organiser" },
  ]);
});

test("a register that was marked in parts is one line", () => {
  const part = (second: number, voters: number) =>
    ({ at: at(second), action: "roll.marked", facts: { voters } }) as const;
  expect(eventLines(i18n, [part(0, 2_000), part(1, 7)])).toEqual([
    { at: at(1), text: "Told of 2,007 voters whether they have voted" },
  ]);
});

test("tokens that were revoked are counted by themselves", () => {
  const act = (second: number, action: "tokens.issued" | "tokens.revoked", voters: number) =>
    ({ at: at(second), action, facts: { voters } }) as const;
  const lines = eventLines(i18n, [
    act(0, "tokens.issued", 3),
    act(1, "tokens.revoked", 1),
    act(2, "tokens.revoked", 2),
    act(3, "tokens.issued", 1),
  ]);
  expect(lines.map(({ text }) => text)).toEqual([
    "Ballot tokens issued for 3 voters",
    "Ballot tokens revoked of 3 voters",
    "Ballot tokens issued for 1 voter",
  ]);
});

test("what has no words yet stands under its own name", () => {
  const [line] = eventLines(i18n, [{ at: at(0), action: "map.drawn", facts: {} }]);
  expect(line?.text).toBe("map.drawn");
});
