import { describe, expect, it } from "vitest";
import {
  describeCause,
  describeError,
  LoggableError,
  toLoggable,
} from "../../../src/shared/loggable-error.ts";
import { UnknownVersion } from "../../../src/shared/versioned.ts";

const canary = "ana-of-the-canary";

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("it did not throw");
}

describe("of an error the log has", () => {
  it.each([
    [new LoggableError("no key signs messages"), "LoggableError: no key signs messages"],
    [new UnknownVersion("a shard has version 2"), "UnknownVersion: a shard has version 2"],
    [new Error("Network connection lost."), "Error: Network connection lost."],
    [
      new Error("D1_ERROR: no such table: votes: SQLITE_ERROR"),
      "Error: D1_ERROR: no such table: votes: SQLITE_ERROR",
    ],
    [
      new Error('could not extend file "base/16384/2619": No space left on device'),
      'Error: could not extend file "base/16384/2619": No space left on device',
    ],
  ])("the message of %s, which quotes nothing", (error, cause) => {
    expect(describeCause(error)).toBe(cause);
  });

  it.each([
    ["an engine", thrownBy(() => JSON.parse(`{"voter_id":${canary}}`)), "SyntaxError"],
    [
      "SQLite",
      new Error(`near "${canary}": syntax error at offset 5: SQLITE_ERROR`),
      "Error (SQLITE_ERROR)",
    ],
    [
      "D1",
      new Error(`D1_ERROR: UNIQUE constraint failed: '${canary}': SQLITE_CONSTRAINT`),
      "Error (SQLITE_CONSTRAINT)",
    ],
    [
      "Postgres",
      Object.assign(new Error(`invalid input syntax for type uuid: "${canary}"`), {
        code: "22P02",
        constraint: "votes_weight_check",
        detail: canary,
      }),
      "Error (22P02, votes_weight_check)",
    ],
    [
      "a socket",
      Object.assign(new Error(`connect to ${canary}`), { code: "ECONNREFUSED" }),
      "Error (ECONNREFUSED)",
    ],
    [
      "an overloaded object",
      Object.assign(new Error(canary), { overloaded: true }),
      "Error (overloaded)",
    ],
    ["a known message that goes on", new Error(`Network connection lost. ${canary}`), "Error"],
    ["its own name", Object.assign(new Error("x"), { name: canary }), "Error"],
    ["its code", Object.assign(new Error("x"), { code: canary }), "Error"],
    ["something that is thrown", `voter ${canary}`, "something that is no error"],
  ])("no word that %s quotes, but its kind and codes", (_, error, cause) => {
    expect(describeCause(error)).toBe(cause);
    expect(JSON.stringify(describeError(error))).not.toContain(canary);
  });

  it("the innermost cause, since what wraps it may quote a query with its parameters", () => {
    const inner = new Error("Network connection lost.");
    const outer = new Error(`Failed query: params ${canary}`, { cause: inner });
    expect(describeCause(outer)).toBe("Error: Network connection lost.");
    expect(describeCause(new AggregateError([outer], canary))).toBe(
      "Error: Network connection lost.",
    );
  });

  it("something also where it causes itself", () => {
    const error: Error & { cause?: unknown } = new Error(canary);
    error.cause = error;
    expect(describeCause(error)).toBe("Error");
  });

  it("where it was thrown, also where its message is empty or looks like a frame", () => {
    for (const message of ["", "a", "at", `${canary}\n    at ${canary} (vote.ts:1:1)`])
      expect(describeError(new Error(message)).at).toMatch(/^at .*loggable-error\.test\.ts/);
  });

  it("no place where the stack has none of our form", () => {
    const error = new Error("x");
    error.stack = `Error: x\n    at ${canary} what is this`;
    expect(describeError(error).at).toBe("unknown");
  });
});

describe("what leaves an object", () => {
  it("is the error itself where all of it may be logged", () => {
    const error = new UnknownVersion("a shard has version 2");
    expect(toLoggable(error)).toBe(error);
  });

  it("is what may be logged of any other, with its place", () => {
    const error = thrownBy(() => JSON.parse(canary));
    const left = toLoggable(error);
    expect(`${left.message} ${left.stack}`).not.toContain(canary);
    expect(left.message).toBe("SyntaxError");
    expect(describeError(left).at).toMatch(/^at JSON\.parse/);
  });
});
