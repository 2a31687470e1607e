import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { OtlpExporter } from "../../../../src/telemetry/traces/otlp-exporter.ts";
import { Span } from "../../../../src/telemetry/traces/span.ts";
import { startOtlpSink, type OtlpSink } from "../../../support/telemetry/otlp-sink.ts";

let sink: OtlpSink;
beforeEach(async () => {
  sink = await startOtlpSink();
});
afterEach(() => sink.stop());

/** An exporter to the sink, whose waits end at once. `onFetch` and `onWait` hear of each. */
function exporterTo(
  url: string,
  { onFetch = () => {}, onWait = () => {} }: { onFetch?: () => void; onWait?: () => void } = {},
) {
  const drops: { why: string; count: number }[] = [];
  const work: Promise<void>[] = [];
  const clock = { now: 0 };
  const exporter = new OtlpExporter({
    url: `${url}/v1/traces`,
    headers: { "x-key": "k" },
    service: { name: "enviro", version: "1.2.3" },
    fetch: (to, init) => {
      onFetch();
      return fetch(to, init);
    },
    now: () => clock.now,
    wait: async () => onWait(),
    keepAlive: (promise) => void work.push(promise),
    onDropped: (error, count) => void drops.push({ why: String(error), count }),
  });
  const add = (count: number): void => {
    for (let each = 0; each < count; each += 1) Span.start(exporter, "work", {}).end();
  };
  const settled = async (): Promise<void> => {
    await Promise.all(work);
  };
  return { exporter, add, settled, drops, clock, work };
}

describe("spans on their way to a collector", () => {
  it("arrive as OTLP/JSON, with their service, links and state", async () => {
    const { exporter, settled, drops } = exporterTo(sink.url);
    const link = { traceId: "a".repeat(32), spanId: "b".repeat(16) };
    const parent = { traceId: "c".repeat(32), spanId: "d".repeat(16) };
    const span = Span.start(exporter, "GET /x", { kind: "server", parent, links: [link] });
    span.set({ "http.response.status_code": 503, "enviro.rehearsal": false });
    span.fail(new Error("voter ana"));
    span.end();
    await settled();
    expect(sink.faults).toEqual([]);
    expect(sink.headers).toMatchObject({ "x-key": "k" });
    expect(sink.spans).toMatchObject([
      {
        service: "enviro",
        name: "GET /x",
        kind: 2,
        traceId: parent.traceId,
        parentSpanId: parent.spanId,
        links: [link],
        isFailed: true,
        attributes: {
          "http.response.status_code": 503,
          "enviro.rehearsal": false,
          "error.type": "Error",
        },
      },
    ]);
    expect(drops).toEqual([]);
  });

  it("go together, in requests of a bounded size, one after another", async () => {
    const { add, settled, work } = exporterTo(sink.url);
    add(limits.spansARequestMax * 2 + 1);
    await settled();
    expect(sink.spans).toHaveLength(limits.spansARequestMax * 2 + 1);
    expect(sink.requests).toBe(3);
    expect(sink.mostAtOnce).toBe(1);
    expect(work).toHaveLength(1);
  });

  it("that come while a request is under way follow it", async () => {
    const { add, settled } = exporterTo(sink.url);
    add(1);
    await Promise.resolve();
    add(1);
    await settled();
    expect(sink.spans).toHaveLength(2);
    expect(sink.mostAtOnce).toBe(1);
  });

  it("are gathered for a while before each request that is not full", async () => {
    const steps: string[] = [];
    const { add, settled } = exporterTo(sink.url, {
      onWait: () => void steps.push("wait"),
      onFetch: () => {
        steps.push("send");
        if (steps.length < 5) add(steps.length < 3 ? 1 : limits.spansARequestMax);
      },
    });
    add(1);
    await settled();
    expect(steps).toEqual(["wait", "send", "wait", "send", "send"]);
  });

  it("are sent by another after a while: the platform ends who sends for long", async () => {
    let left = 100;
    const { add, settled, clock, work } = exporterTo(sink.url, {
      onWait: () => void (clock.now += limits.spansGatherMs),
      onFetch: () => {
        left -= 1;
        if (left > 0) add(1);
      },
    });
    add(1);
    await settled();
    expect(clock.now).toBe(limits.spansTurnMs);
    expect(work).toHaveLength(1);
    left = 0;
    add(1);
    expect(work).toHaveLength(2);
    await settled();
    expect(sink.spans).toHaveLength(limits.spansTurnMs / limits.spansGatherMs + 2);
  });

  it("are sent by the next where the platform has ended who was sending", () => {
    const { add, clock, work } = exporterTo("http://127.0.0.1:9");
    add(1);
    add(1);
    expect(work).toHaveLength(1);
    clock.now += 2 * (limits.spansGatherMs + limits.spansSendMsMax);
    add(1);
    expect(work).toHaveLength(2);
  });
});

describe("a collector that", () => {
  it("is away costs spans, which are counted, and told of once a minute", async () => {
    const { add, settled, drops, clock } = exporterTo("http://127.0.0.1:9");
    add(3);
    await settled();
    expect(drops).toMatchObject([{ count: 3 }]);
    add(2);
    await settled();
    expect(drops).toHaveLength(1);
    clock.now += limits.spansDroppedTellMs;
    add(1);
    await settled();
    expect(drops).toMatchObject([{ count: 3 }, { count: 3 }]);
  });

  it("was away is told of once it is back: of the last that it did not take too", async () => {
    sink.manner = "refuses";
    const { add, settled, drops, clock } = exporterTo(sink.url);
    for (let each = 0; each < 2; each += 1) {
      add(2);
      await settled();
    }
    expect(drops).toMatchObject([{ count: 2 }]);
    sink.manner = "well";
    clock.now += limits.spansDroppedTellMs;
    add(1);
    await settled();
    expect(drops).toMatchObject([{ count: 2 }, { count: 2 }]);
  });

  it("refuses is asked once a request, and no more for the same spans", async () => {
    sink.manner = "refuses";
    const { add, settled, drops } = exporterTo(sink.url);
    add(2);
    await settled();
    expect(sink.requests).toBe(1);
    expect(drops).toMatchObject([{ why: expect.stringContaining("status 500"), count: 2 }]);
  });

  it("answers with nonsense is believed to have taken them", async () => {
    sink.manner = "nonsense";
    const { add, settled, drops } = exporterTo(sink.url);
    add(2);
    await settled();
    expect(drops).toEqual([]);
    expect(sink.spans).toHaveLength(2);
  });

  it("hangs holds a bounded number of spans back; what is more is dropped", async () => {
    sink.manner = "hangs";
    const { add, drops, clock } = exporterTo(sink.url);
    add(limits.spansWaitingMax + 7);
    clock.now += limits.spansDroppedTellMs;
    add(1);
    expect(drops.reduce((sum, { count }) => sum + count, 0)).toBe(8);
  });
});
