import { describe, expect, it } from "vitest";
import {
  refuseLargeMessages,
  refuseLargeParameters,
  refuseLargeValue,
  refuseLongStatement,
} from "../../../../src/platform/platform-limits/refuse-too-large.ts";
import { limits } from "../../../../src/shared/limits.ts";

const insert = "INSERT INTO t (a, b) VALUES (?, ?)";
const { platformValueBytesMax: valueMax } = limits;

describe("half of the platform's limits", () => {
  it("bounds what a statement binds together, which is what a row may have", () => {
    const half = "a".repeat(valueMax / 2);
    expect(() => refuseLargeParameters(insert, [half, half])).not.toThrow();
    expect(() => refuseLargeParameters(insert, [half, `${half}a`])).toThrow(
      `what "${insert}" binds has ${valueMax + 1} bytes; ours have ${valueMax} at most`,
    );
  });

  it("counts texts in UTF-8, and bytes as they are", () => {
    const third = Math.floor(valueMax / 3);
    expect(() => refuseLargeParameters(insert, ["界".repeat(third)])).not.toThrow();
    expect(() => refuseLargeParameters(insert, ["界".repeat(third + 1)])).toThrow("bytes");
    expect(() => refuseLargeParameters(insert, [new ArrayBuffer(valueMax)])).not.toThrow();
    expect(() => refuseLargeParameters(insert, [new ArrayBuffer(valueMax + 1)])).toThrow("bytes");
  });

  it("bounds the number of parameters", () => {
    const numbers = Array.from({ length: limits.platformParametersMax }, (_, index) => index);
    expect(() => refuseLargeParameters(insert, numbers)).not.toThrow();
    expect(() => refuseLargeParameters(insert, [...numbers, null])).toThrow("binds 51 parameters");
  });

  it("bounds a statement's length, and names it by its beginning alone", () => {
    const { platformStatementBytesMax: max } = limits;
    expect(() => refuseLongStatement("S".repeat(max))).not.toThrow();
    expect(() => refuseLongStatement("S".repeat(max + 1))).toThrow(`"${"S".repeat(80)}" has 50001`);
  });

  it("bounds a value by what V8 makes of it, with its key", () => {
    const key = "draft/0";
    const overhead = 20;
    expect(() => refuseLargeValue(key, "a".repeat(valueMax - overhead))).not.toThrow();
    expect(() => refuseLargeValue(key, "a".repeat(valueMax))).toThrow(`the value of ${key} has`);
    expect(() => refuseLargeValue(key, `${"a".repeat(valueMax / 2)}界`)).toThrow("bytes");
  });

  it("bounds a queue's messages, each and together", () => {
    const body = "a".repeat(limits.platformMessageBytesMax);
    expect(() => refuseLargeMessages([{ body }, { body }])).not.toThrow();
    expect(() => refuseLargeMessages([{ body: `${body}a` }])).toThrow("a message of a queue");
    expect(() => refuseLargeMessages([{ body }, { body }, { body: "a" }])).toThrow("at once");
  });
});
