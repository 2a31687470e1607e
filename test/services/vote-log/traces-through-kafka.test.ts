import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startOwnGateway, type OwnGateway } from "../../support/services/own-gateway.ts";
import {
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";
import { services } from "../../support/services/services.ts";
import { castVote } from "../../support/telemetry/cast-vote.ts";
import { startOtlpSink, type OtlpSink } from "../../support/telemetry/otlp-sink.ts";
import { SeenTraces } from "../../support/telemetry/seen-traces.ts";
import { eventually } from "../../support/worker/eventually.ts";

// The built Worker, a gateway of its own, real Kafka and real Postgres, with a collector of ours.

let sink: OtlpSink;
let gateway: OwnGateway;
let on: PostgresPlatform;

beforeAll(async () => {
  sink = await startOtlpSink();
  const { brokers } = await services.kafka.address();
  gateway = await startOwnGateway({
    KAFKA_BROKERS: brokers,
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
  });
  on = await startPostgresPlatform({
    KAFKA_REST_URL: gateway.url ?? "",
    KAFKA_REST_USERNAME: gateway.username,
    KAFKA_REST_PASSWORD: gateway.password,
    TRACES: "otlp",
    TRACES_URL: sink.url,
    TRACES_SAMPLING: "0",
  });
});

afterAll(async () => {
  await on.stop();
  gateway.signal("SIGKILL");
  await gateway.ended;
  await sink.stop();
});

describe("a vote of a rehearsal over Kafka into Postgres", () => {
  it("is followed over every hop, the gateway's too", async () => {
    const { platform } = on;
    const { id } = await platform.client.call("POST /api/v1/decisions", {
      body: {
        slug: "rehearsed",
        title: "rehearsed",
        rehearsal: true,
        shards: 2,
        ends_early: "by_organiser",
        open: true,
      },
    });
    expect((await castVote(platform, { decisionId: id })).status).toBe(201);
    const seen = () => new SeenTraces(sink.spans);
    await eventually("the confirmation", async () => seen().confirmation() ?? null);
    // The gateway sends its own, in its own time.
    for (const name of ["produce", "consume"])
      await eventually(name, async () => seen().named(name)[0] ?? null);

    const [, , commit] = seen().chain("POST /api/v1/voting/cast-vote", [
      "shard castText",
      "commit",
    ]);
    const [drain, publish] = seen().chain("drain", ["publish", "write", "apply ballots"]);
    expect(drain?.links).toEqual([{ traceId: commit?.traceId, spanId: commit?.spanId }]);
    for (const name of ["produce", "consume"]) {
      const [span] = seen().within(publish, name);
      expect(span, name).toMatchObject({
        service: "enviro-gateway",
        traceId: drain?.traceId,
        attributes: { "messaging.system": "kafka" },
      });
    }
    expect(seen().within(drain, "report")).toHaveLength(1);
    expect(seen().problems()).toEqual([]);
    expect(sink.faults).toEqual([]);
  });
});
