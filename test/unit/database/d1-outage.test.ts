import { describe, expect, it } from "vitest";
import { isD1Outage } from "../../../src/database/d1/outage.ts";

describe("an error of D1", () => {
  it.each([
    "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
    "D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.",
    "D1_ERROR: database is locked: SQLITE_BUSY",
    "D1_ERROR: database or disk is full: SQLITE_FULL",
    "D1_ERROR: no such table: votes: SQLITE_ERROR",
    "Network connection lost.",
    "internal error; reference = abc",
  ])("is an outage: %s", (message) => {
    expect(isD1Outage(new Error(message))).toBe(true);
    expect(isD1Outage(new Error("Failed query", { cause: new Error(message) }))).toBe(true);
  });

  it.each([
    'D1_ERROR: near "SELEC": syntax error at offset 0: SQLITE_ERROR',
    "D1_ERROR: incomplete input: SQLITE_ERROR",
    'D1_ERROR: unrecognized token: "#" at offset 7: SQLITE_ERROR',
    "D1_ERROR: UNIQUE constraint failed: votes.decision_id: SQLITE_CONSTRAINT",
    "D1_ERROR: CHECK constraint failed: weight > 0: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_CHECK)",
    "D1_ERROR: no such column: wieght at offset 7: SQLITE_ERROR",
    "D1_ERROR: table votes has no column named wieght: SQLITE_ERROR",
    "D1_ERROR: ambiguous column name: id: SQLITE_ERROR",
    "D1_ERROR: no such function: median: SQLITE_ERROR",
    "D1_ERROR: datatype mismatch: SQLITE_MISMATCH",
    "D1_ERROR: too many SQL variables at offset 611: SQLITE_ERROR",
    "D1_ERROR: Wrong number of parameter bindings for SQL query.",
    "D1_TYPE_ERROR: Type 'undefined' not supported for value 'undefined'",
    "Cannot read properties of undefined",
  ])("is a fault of ours: %s", (message) => {
    expect(isD1Outage(new Error(message))).toBe(false);
    expect(isD1Outage(new Error("Failed query", { cause: new Error(message) }))).toBe(false);
  });
});
