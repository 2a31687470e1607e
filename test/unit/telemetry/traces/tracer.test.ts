import { describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { LoggableError } from "../../../../src/shared/loggable-error.ts";
import { traceDelivery } from "../../../../src/telemetry/traces/delivery.ts";
import type { FinishedSpan } from "../../../../src/telemetry/traces/span.ts";
import {
  currentSpan,
  currentTraceparent,
  inChildSpan,
  inTraceOfText,
  noteFailure,
} from "../../../../src/telemetry/traces/trace-scope.ts";
import { noTracer, sampledTracer } from "../../../../src/telemetry/traces/tracer.ts";

const remote = { traceId: "a".repeat(32), spanId: "b".repeat(16) };
const other = { traceId: "c".repeat(32), spanId: "d".repeat(16) };

/** A tracer that records this share, and what it has recorded. */
function recorder(share: number) {
  const spans: FinishedSpan[] = [];
  const begun = { end: (span: FinishedSpan) => void spans.push(span) };
  const tracer = sampledTracer({ begin: () => begun }, { share, random: () => 0.5 });
  const named = (name: string): FinishedSpan[] => spans.filter((span) => span.name === name);
  return { spans, tracer, named };
}

const fails = () => Promise.reject(new LoggableError("it is away"));

describe("a trace", () => {
  it("has the spans of the work within it, each in the one around it", async () => {
    const { tracer, named } = recorder(1);
    await tracer.trace("outer", {}, () =>
      inChildSpan("inner", {}, async () => {
        await Promise.resolve();
        await inChildSpan("innermost", {}, () => {});
      }),
    );
    const [[outer], [inner], [innermost]] = [named("outer"), named("inner"), named("innermost")];
    expect(outer?.parentSpanId).toBeNull();
    expect(inner?.parentSpanId).toBe(outer?.context.spanId);
    expect(innermost?.parentSpanId).toBe(inner?.context.spanId);
    expect(innermost?.context.traceId).toBe(outer?.context.traceId);
  });

  it("goes on from another's span, and is told to others as recorded", async () => {
    const { tracer, spans } = recorder(1);
    const traceparent = await tracer.trace("work", { parent: remote }, async () =>
      currentTraceparent(),
    );
    expect(spans).toMatchObject([{ parentSpanId: remote.spanId }]);
    expect(traceparent).toBe(`00-${remote.traceId}-${spans[0]?.context.spanId}-01`);
  });

  it("has a bounded number of spans, and none after its end", async () => {
    const { tracer, spans } = recorder(1);
    const span = tracer.start("work");
    for (let each = 0; each < limits.traceSpansMax + 1; each += 1) span?.child("part")?.end();
    expect(spans).toHaveLength(limits.traceSpansMax);
    const ended = tracer.start("work");
    ended?.end();
    ended?.end();
    expect(ended?.child("late")).toBeNull();
    expect(spans).toHaveLength(limits.traceSpansMax + 1);
  });

  it("points to a bounded number of others, and says how many more there were", () => {
    const { tracer, spans } = recorder(1);
    const span = tracer.start("work");
    for (let each = 0; each < limits.spanLinksMax + 2; each += 1) span?.link(remote);
    span?.end();
    expect(spans[0]?.links).toHaveLength(limits.spanLinksMax);
    expect(spans[0]?.linksDropped).toBe(2);
  });
});

describe("what is not sampled", () => {
  it("is not recorded, nor anything within it", async () => {
    const { tracer, spans } = recorder(0);
    await tracer.trace("work", {}, async () => {
      expect(currentSpan()).toBeNull();
      expect(currentTraceparent()).toBeUndefined();
      return inChildSpan("inner", {}, () => {});
    });
    expect(spans).toEqual([]);
  });

  it("is recorded where it throws", async () => {
    const { tracer, spans } = recorder(0);
    await expect(tracer.trace("work", {}, fails)).rejects.toThrow("it is away");
    expect(spans).toMatchObject([
      { name: "work", isFailed: true, attributes: { "error.type": "LoggableError: it is away" } },
    ]);
  });

  it("is recorded where a failure is logged in it, from when it began", async () => {
    const { tracer, spans } = recorder(0);
    await tracer.trace("work", {}, async () => {
      noteFailure(new Error("voter ana"), { "enviro.log.event": "shard.drain_failed" });
    });
    expect(spans).toMatchObject([
      { isFailed: true, attributes: { "enviro.log.event": "shard.drain_failed" } },
    ]);
    expect(JSON.stringify(spans)).not.toContain("ana");
  });

  it("is recorded where all of it shall be", async () => {
    const { tracer, spans } = recorder(0);
    await tracer.trace("work", { recorded: "all" }, async () => {});
    expect(spans).toHaveLength(1);
  });
});

describe("a delivery", () => {
  const parents = [null, remote, other, remote];

  it("goes on with the trace of each text, and what they share stands in the first", async () => {
    const { tracer, named } = recorder(0);
    await traceDelivery(tracer, { name: "write", parents }, async () => {
      await inChildSpan("apply", {}, () => {});
      await inTraceOfText(2, () => inChildSpan("confirm", {}, () => {}));
    });
    const [first, second, ...more] = named("write");
    expect(more).toEqual([]);
    expect(first).toMatchObject({ parentSpanId: remote.spanId, links: [] });
    expect(second).toMatchObject({ parentSpanId: other.spanId, links: [first?.context] });
    expect(named("apply")).toMatchObject([{ parentSpanId: first?.context.spanId }]);
    expect(named("confirm")).toMatchObject([{ parentSpanId: second?.context.spanId }]);
  });

  it("has what concerns a text without a trace in none, whoever's stands beside it", async () => {
    const { tracer, spans, named } = recorder(0);
    await traceDelivery(tracer, { name: "write", parents }, () =>
      inTraceOfText(0, async () => {
        expect(currentTraceparent()).toBeUndefined();
        await inChildSpan("confirm", {}, () => {});
      }),
    );
    expect(named("confirm")).toEqual([]);
    expect(spans.map(({ isFailed }) => isFailed)).toEqual([false, false]);
  });

  it.each(["in what concerns a text without a trace", "in all of it"])(
    "has failed in each of its traces where a failure is logged %s",
    async (where) => {
      const { tracer, named } = recorder(0);
      const log = async () =>
        noteFailure(new LoggableError("it is away"), { "enviro.log.event": "writer.waits" });
      await traceDelivery(tracer, { name: "write", parents }, () =>
        where === "in all of it" ? log() : inTraceOfText(0, log),
      );
      const failed = { isFailed: true, attributes: { "enviro.log.event": "writer.waits" } };
      expect(named("write")).toMatchObject([failed, failed]);
    },
  );

  it("of untraced texts is recorded where a failure is logged of one", async () => {
    const { tracer, named } = recorder(0);
    await traceDelivery(tracer, { name: "write", parents: [null] }, () =>
      inTraceOfText(0, async () => noteFailure(new LoggableError("it is away"), {})),
    );
    expect(named("write")).toMatchObject([{ isFailed: true }]);
  });

  it("of untraced texts is recorded where it fails alone, whatever is sampled", async () => {
    const { tracer, spans } = recorder(1);
    await traceDelivery(tracer, { name: "write", parents: [null] }, async () => {});
    expect(spans).toEqual([]);
    await expect(traceDelivery(tracer, { name: "write", parents: [] }, fails)).rejects.toThrow(
      "it is away",
    );
    expect(spans).toMatchObject([{ name: "write", isFailed: true }]);
  });

  it("goes on with a bounded number of traces", async () => {
    const { tracer, spans } = recorder(1);
    const many = Array.from({ length: limits.deliveryTracesMax + 5 }, (_, index) => ({
      traceId: "a".repeat(32),
      spanId: (index + 1).toString(16).padStart(16, "0"),
    }));
    await traceDelivery(tracer, { name: "write", parents: many }, async () => {});
    expect(spans).toHaveLength(limits.deliveryTracesMax);
  });
});

it("a deployment without traces does its work all the same", async () => {
  expect(noTracer.start("work")).toBeNull();
  expect(await noTracer.trace("work", { recorded: "all" }, async () => currentSpan())).toBeNull();
  await expect(traceDelivery(noTracer, { name: "w", parents: [remote] }, fails)).rejects.toThrow(
    "it is away",
  );
});
