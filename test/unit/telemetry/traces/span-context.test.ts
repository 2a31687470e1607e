import { describe, expect, it } from "vitest";
import {
  formatTraceparent,
  newSpanId,
  newTraceId,
  readTraceparent,
} from "../../../../src/telemetry/traces/span-context.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";

describe("a traceparent", () => {
  it("is read as it is written, whatever its sampled flag", () => {
    const context = { traceId: newTraceId(), spanId: newSpanId() };
    expect(readTraceparent(formatTraceparent(context))).toEqual(context);
    expect(readTraceparent(`00-${traceId}-${spanId}-00`)).toEqual({ traceId, spanId });
  });

  it("of a later version may go on behind its flags", () => {
    expect(readTraceparent(`01-${traceId}-${spanId}-00-more`)).toEqual({ traceId, spanId });
  });

  it.each([
    undefined,
    null,
    "",
    `00-${traceId}-${spanId}-01-more`,
    `ff-${traceId}-${spanId}-01`,
    `00-${"0".repeat(32)}-${spanId}-01`,
    `00-${traceId}-${"0".repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${traceId.slice(1)}-${spanId}-01`,
    `x00-${traceId}-${spanId}-01`,
  ])("is none: %s", (text) => {
    expect(readTraceparent(text)).toBeNull();
  });
});
