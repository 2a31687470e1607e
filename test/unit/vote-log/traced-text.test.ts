import { expect, it } from "vitest";
import { prefixTrace, splitTrace } from "../../../src/vote-log/traced-text.ts";

const parent = { traceId: "a".repeat(32), spanId: "b".repeat(16) };
const traceparent = `00-${parent.traceId}-${parent.spanId}-01`;

it("a text is the same with a span beside it and without", () => {
  for (const text of ["1 mac enviro {}", "", "two\nlines"]) {
    expect(splitTrace(prefixTrace(text, traceparent))).toEqual({ text, parent });
    expect(splitTrace(prefixTrace(text, undefined))).toEqual({ text, parent: null });
  }
});

it("what is no span beside a text is none, and no part of it", () => {
  expect(splitTrace("traceparent ana\ntext")).toEqual({ text: "text", parent: null });
  expect(splitTrace("traceparent ana")).toEqual({ text: "traceparent ana", parent: null });
});
