import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { createClient } from "../../src/client/client.ts";
import { startOtlpSink, type OtlpSink } from "../support/telemetry/otlp-sink.ts";
import { SeenTraces } from "../support/telemetry/seen-traces.ts";
import { castVote } from "../support/telemetry/cast-vote.ts";
import { eventually } from "../support/worker/eventually.ts";

// The built Worker with its queues, and a collector of our own.

const folder = mkdtempSync(join(tmpdir(), "enviro-traces-"));
let sink: OtlpSink;

beforeAll(async () => {
  sink = await startOtlpSink();
});

beforeEach(() => {
  sink.manner = "well";
  sink.spans = [];
});

afterAll(async () => {
  await sink.stop();
  rmSync(folder, { recursive: true });
});

const seen = () => new SeenTraces(sink.spans);

function boot(name: string, sampling: string): Promise<LocalPlatform> {
  return bootPlatform({
    stateFolder: join(folder, name),
    port: 0,
    vars: { TRACES: "otlp", TRACES_URL: sink.url, TRACES_SAMPLING: sampling },
  });
}

async function openDecision(
  { origin, adminKey }: LocalPlatform,
  draft: { slug: string; rehearsal: boolean; shards?: number; visibility?: "turnout" },
): Promise<string> {
  const body = { ...draft, title: draft.slug, ends_early: "by_organiser", open: true } as const;
  const client = createClient({ origin, credential: adminKey });
  return (await client.call("POST /api/v1/decisions", { body })).id;
}

describe("where nothing is sampled, a vote of a rehearsal", () => {
  let platform: LocalPlatform;
  beforeAll(async () => {
    platform = await boot("rehearsal", "0");
  });
  afterAll(() => platform.stop());

  it.each([1, 2])(
    "is followed over every hop, from its request to its record's confirmation (%i shards)",
    async (shards) => {
      const id = await openDecision(platform, { slug: `of-${shards}`, rehearsal: true, shards });
      const parent = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
      const traceparent = `00-${parent.traceId}-${parent.spanId}-00`;
      const answer = await castVote(platform, { decisionId: id, headers: { traceparent } });
      expect(answer.status).toBe(201);
      await eventually("the confirmation", async () => seen().confirmation() ?? null);

      const request = seen().chain("POST /api/v1/voting/cast-vote", ["shard castText", "commit"]);
      expect(request[0]).toMatchObject({
        traceId: parent.traceId,
        parentSpanId: parent.spanId,
        attributes: { "http.response.status_code": 201, "enviro.rehearsal": true },
      });
      const record = seen().chain("drain", ["publish", "write", "apply ballots"]);
      // The whole way of one vote, by its links.
      const [, , commit] = request;
      expect(record[0]?.links).toEqual([{ traceId: commit?.traceId, spanId: commit?.spanId }]);
      expect(seen().within(record[0], "report")).toHaveLength(1);
      expect(seen().confirmation()?.traceId).toBe(record[0]?.traceId);
      expect(seen().problems()).toEqual([]);
      expect(sink.faults).toEqual([]);
    },
  );

  it("is the only one that is: of others there is no trace", async () => {
    const id = await openDecision(platform, { slug: "counts", rehearsal: false });
    const rehearsed = await openDecision(platform, { slug: "rehearsed-too", rehearsal: true });
    expect((await castVote(platform, { decisionId: id })).status).toBe(201);
    expect((await castVote(platform, { decisionId: rehearsed })).status).toBe(201);
    await eventually("the other's confirmation", async () => seen().confirmation() ?? null);
    expect(seen().named("POST /api/v1/voting/cast-vote")).toHaveLength(1);
    expect(seen().named("drain")).toHaveLength(1);
    // A queue delivers both records together: of the other's no hop is in this one's trace.
    const confirmed = seen().named("room confirmFirst");
    expect(confirmed.filter(({ kind }) => kind === 2)).toHaveLength(1);
    expect(JSON.stringify(sink.spans.map(({ attributes }) => attributes))).not.toContain(id);
  });
});

describe("where everything is sampled, a vote that counts", () => {
  let platform: LocalPlatform;
  beforeAll(async () => {
    platform = await boot("counting", "1");
  });
  afterAll(() => platform.stop());

  it("and its record are in traces that nothing joins, and neither says whose they are", async () => {
    const id = await openDecision(platform, {
      slug: "counts",
      rehearsal: false,
      shards: 2,
      visibility: "turnout",
    });
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    sink.spans = [];
    const answer = await castVote(platform, { decisionId: id, headers: { traceparent } });
    expect([...answer.headers.keys()].filter((name) => name.startsWith("trace"))).toEqual([]);
    await eventually("the confirmation", async () => seen().confirmation() ?? null);

    const [request] = seen().chain("POST /api/v1/voting/cast-vote", ["shard castText", "commit"]);
    const [drain] = seen().chain("drain", ["publish", "write", "apply ballots"]);
    expect(request?.parentSpanId).toBeNull();
    expect(sink.spans.filter(({ traceId }) => traceId.startsWith("0af7"))).toEqual([]);
    const ofRequest = seen().reachedFrom(request);
    expect(ofRequest.map(({ name }) => name)).not.toContain("drain");
    expect(seen().reachedFrom(drain)).not.toContain(request);
    const told = JSON.stringify([...ofRequest, ...seen().reachedFrom(drain)]);
    for (const secret of [id, "ana", "yes", "127.0.0.1"]) expect(told).not.toContain(secret);
    expect(sink.faults).toEqual([]);
    // Neither the database nor any object has an id of theirs.
    expect(seen().foundIn(join(folder, "counting"))).toEqual([]);
  });

  it.each(["refuses", "nonsense", "hangs"] as const)(
    "is taken while the collector %s",
    async (manner) => {
      const id = await openDecision(platform, { slug: manner, rehearsal: false });
      sink.manner = manner;
      for (let voter = 0; voter < 20; voter += 1) {
        const answer = await castVote(platform, { decisionId: id, voter: `voter-${voter}` });
        expect(answer.status).toBe(201);
      }
      expect(sink.mostAtOnce).toBeLessThan(6);
    },
  );
});
