import { describe, expect, it } from "vitest";
import { answerCall, sendCall, type CallTable } from "../../../src/shared/versioned-call.ts";

class Counter {
  sum = 0;

  add(some: number, more: number): number {
    this.sum += some + more;
    return this.sum;
  }

  forget(): void {
    this.sum = 0;
  }
}

const counterTable: CallTable = { name: "a counter", versions: { add: 3 } };
const nextTable: CallTable = { name: "a counter", versions: { add: 4, multiply: 1 } };

function targetOf(counter: Counter, table: CallTable) {
  return { call: (call: Parameters<typeof answerCall>[2]) => answerCall(table, counter, call) };
}

describe("a call between two parts of the platform", () => {
  it("reaches the method with its arguments, and brings the answer back", async () => {
    const target = targetOf(new Counter(), counterTable);
    expect(await sendCall(counterTable, target, { method: "add", args: [1, 2] })).toBe(3);
    expect(await target.call({ v: 3, method: "add", args: [4, 5] })).toEqual({ v: 3, value: 12 });
  });

  it.each([
    ["a newer caller", nextTable, counterTable, "has version 4, this release knows 3"],
    ["an older caller", counterTable, nextTable, "has version 3, and this release reads 4 alone"],
  ])("of %s is refused before anything is done", async (_, caller, called, refusal) => {
    const counter = new Counter();
    const answer = sendCall(caller, targetOf(counter, called), { method: "add", args: [1, 2] });
    await expect(answer).rejects.toThrow(`the call add of a counter ${refusal}`);
    expect(counter.sum).toBe(0);
  });

  it("of a method that the called release has not is refused, and so is every method not in the table", async () => {
    const target = targetOf(new Counter(), counterTable);
    for (const [table, method] of [
      [nextTable, "multiply"],
      [{ name: "a counter", versions: { forget: 3 } }, "forget"],
      [{ name: "a counter", versions: { constructor: 3 } }, "constructor"],
    ] as const) {
      await expect(sendCall(table, target, { method, args: [] })).rejects.toMatchObject({
        name: "UnknownVersion",
        message: `a counter has no method ${method}: deploy the newer release`,
      });
    }
  });

  it("gives no answer of another version than the caller knows", async () => {
    const target = { call: async () => ({ v: 4, value: 3 }) };
    await expect(sendCall(counterTable, target, { method: "add", args: [1, 2] })).rejects.toThrow(
      "the call add of a counter has version 4, this release knows 3",
    );
  });
});
