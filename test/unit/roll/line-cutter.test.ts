import { expect, it } from "vitest";
import { LineCutter } from "../../../src/roll/line-cutter.ts";
import { limits } from "../../../src/shared/limits.ts";

function linesOf(...texts: string[]): [text: string | null, line: number][] {
  const lines: [string | null, number][] = [];
  const cutter = new LineCutter((text, line) => lines.push([text, line]));
  for (const text of texts) cutter.feed(text);
  cutter.end();
  return lines;
}

it("lines are numbered from 1, and the last one needs no end", () => {
  expect(linesOf("one\ntwo")).toEqual([
    ["one", 1],
    ["two", 2],
  ]);
  expect(linesOf("one\r\n", "two\n")).toEqual([
    ["one", 1],
    ["two", 2],
  ]);
  expect(linesOf("")).toEqual([]);
});

it("a line is kept up to the bound, and of a longer one nothing, wherever it is cut", () => {
  const longest = "x".repeat(limits.rollRowCharactersMax);
  expect(linesOf(`${longest}\nnext`)).toEqual([
    [longest, 1],
    ["next", 2],
  ]);
  for (const tooLong of [[`${longest}x`], [longest, "x"], [longest, "x", "yz"]]) {
    expect(linesOf(...tooLong)).toEqual([[null, 1]]);
    expect(linesOf(...tooLong, "\nnext")).toEqual([
      [null, 1],
      ["next", 2],
    ]);
  }
});

it("an empty line is one too", () => {
  expect(linesOf("\n\n", "a")).toEqual([
    ["", 1],
    ["", 2],
    ["a", 3],
  ]);
});

it("lines end as the first one does, by a carriage return alone too, wherever they are cut", () => {
  const whole = "one\r\rthree\rfour";
  for (let at = 0; at <= whole.length; at += 1) {
    expect(linesOf(whole.slice(0, at), whole.slice(at))).toEqual([
      ["one", 1],
      ["", 2],
      ["three", 3],
      ["four", 4],
    ]);
  }
  expect(linesOf("one\r", "\n", "two\rthree\n")).toEqual([
    ["one", 1],
    ["two\rthree", 2],
  ]);
  expect(linesOf("one\r")).toEqual([["one", 1]]);
  expect(linesOf("\r", "one\r")).toEqual([
    ["", 1],
    ["one", 2],
  ]);
});

it("a first line is kept up to the bound too, with what ends it, wherever it is cut", () => {
  const longest = "x".repeat(limits.rollRowCharactersMax);
  const shorter = longest.slice(1);
  const cases: [string[], string | null][] = [
    [[shorter, "\r", "\nnext"], shorter],
    [[longest, "\r", "next"], longest],
    [[longest, "\rnext"], longest],
    [[longest, "\n", "next"], longest],
    [[longest, "xx", "\nnext"], null],
    [[longest, "\r", "\nnext"], null],
  ];
  for (const [texts, first] of cases) {
    expect(linesOf(...texts)).toEqual([
      [first, 1],
      ["next", 2],
    ]);
  }
  expect(linesOf(longest, "\r")).toEqual([[longest, 1]]);
  expect(linesOf("one\r")).toEqual([["one", 1]]);
});
