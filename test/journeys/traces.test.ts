import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { createClient } from "../../src/client/client.ts";
import { startOtlpSink, type OtlpSink, type SeenSpan } from "../support/telemetry/otlp-sink.ts";
import { eventually } from "../support/worker/eventually.ts";

// The built Worker, with a collector of our own.

const folder = mkdtempSync(join(tmpdir(), "enviro-traces-"));
let sink: OtlpSink;
let platform: LocalPlatform;

beforeAll(async () => {
  sink = await startOtlpSink();
  platform = await bootPlatform({
    stateFolder: join(folder, "state"),
    port: 0,
    vars: { TRACES: "otlp", TRACES_URL: sink.url, TRACES_SAMPLING: "0" },
  });
});

afterAll(async () => {
  await platform.stop();
  await sink.stop();
  rmSync(folder, { recursive: true });
});

const client = () => createClient({ origin: platform.origin, credential: platform.adminKey });

async function openDecision(slug: string, rehearsal: boolean): Promise<string> {
  const body = { slug, title: slug, rehearsal, ends_early: "by_organiser", open: true } as const;
  const { id } = await client().call("POST /api/v1/decisions", { body });
  return id;
}

/** One vote with a ballot token, as a voter casts it. */
async function vote(decisionId: string, voter: string, headers: Record<string, string> = {}) {
  const { tokens } = await client().call("POST /api/v1/decisions/{decisionId}/tokens", {
    path: { decisionId },
    body: { voters: [{ voter_id: voter }] },
  });
  const [token] = tokens;
  const answer = await fetch(`${platform.origin}/api/v1/voting/cast-vote`, {
    method: "POST",
    headers: {
      ...headers,
      authorization: `Bearer ${token?.token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ decision_id: decisionId, vote: "yes", nonce: "5f".repeat(32) }),
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
}

const named = (name: string): SeenSpan[] => sink.spans.filter((span) => span.name === name);
const within = (parent: SeenSpan | undefined, name: string): SeenSpan | undefined =>
  named(name).find(({ parentSpanId }) => parentSpanId === parent?.spanId);

describe("a vote of a rehearsal", () => {
  it("is followed from its request over its record to the database and back", async () => {
    const id = await openDecision("rehearsed", true);
    const client = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
    await vote(id, "ana", { traceparent: `00-${client.traceId}-${client.spanId}-00` });
    await eventually(
      "the confirmation",
      async () => named("shard confirm")[0] ?? named("room confirmFirst")[0] ?? null,
    );
    console.log(
      JSON.stringify(
        sink.spans.map(({ name, traceId, spanId, parentSpanId, links }) => [
          name,
          traceId.slice(0, 4),
          spanId.slice(0, 4),
          parentSpanId?.slice(0, 4),
          links.length,
        ]),
      ),
    );
    expect(sink.faults).toEqual([]);
  });
});
