import { describe, expect, it } from "vitest";
import { traceCall, traceCast } from "../../../../src/platform/objects/traced-calls.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { formatTraceparent } from "../../../../src/telemetry/traces/span-context.ts";
import type { FinishedSpan } from "../../../../src/telemetry/traces/span.ts";
import { inSpan } from "../../../../src/telemetry/traces/trace-scope.ts";
import { sampledTracer } from "../../../../src/telemetry/traces/tracer.ts";

const table = { name: "a room", versions: {} };
const told = (trace: string | undefined) => Promise.resolve(trace);
const calls = [
  ["room report", () => traceCall(table, "report", told)],
  ["shard castText", () => traceCast(told)],
] as const;

function recorder() {
  const spans: FinishedSpan[] = [];
  const begun = { end: (span: FinishedSpan) => void spans.push(span) };
  return { spans, tracer: sampledTracer({ begin: () => begun }, { share: 1, random: () => 0 }) };
}

describe.each(calls)("a call of an object: %s", (name, call) => {
  it("is a span of whoever calls, and the object goes on from it", async () => {
    const { spans, tracer } = recorder();
    const traceparent = await inSpan(tracer.start("work"), call);
    const own = spans.find((span) => span.name === name);
    expect(own?.kind).toBe("client");
    expect(traceparent).toBe(own && formatTraceparent(own.context));
  });

  it("takes no trace along where nothing is recorded", async () => {
    expect(await call()).toBeUndefined();
  });

  it("takes none along after the work that it was begun in: that trace has ended", async () => {
    const { spans, tracer } = recorder();
    let later: Promise<string | undefined> = Promise.resolve("none yet");
    await inSpan(tracer.start("work"), () => {
      later = new Promise((resolve) => setTimeout(resolve)).then(call);
    });
    expect(await later).toBeUndefined();
    expect(spans.map((span) => span.name)).toEqual(["work"]);
  });

  it("takes none along where its trace has too many", async () => {
    const { tracer } = recorder();
    const last = await inSpan(tracer.start("work"), async () => {
      for (let each = 0; each < limits.traceSpansMax; each += 1) await call();
      return call();
    });
    expect(last).toBeUndefined();
  });
});
