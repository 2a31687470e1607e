import { afterEach, describe, expect, it, vi } from "vitest";
import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { chooseCache } from "../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../src/platform/http-dependencies.ts";
import { createApp } from "../../../src/http/app.ts";
import { votersRoutes } from "../../../src/telemetry/metrics/series.ts";
import { reportFailure } from "../../../src/platform/report-failure.ts";
import { LoggableError } from "../../../src/shared/loggable-error.ts";
import { tracerOf } from "../../../src/platform/tracer.ts";
import type { FinishedSpan } from "../../../src/telemetry/traces/span.ts";
import { expectLogged } from "../../support/error-lines.ts";
import { labelNonce } from "../../support/label-nonce.ts";
import { openBallotSocket } from "../../support/worker/ballot-socket.ts";
import { roomOf, shardStub } from "../../support/worker/objects.ts";
import { adminKey, send } from "../../support/worker/api.ts";
import { votesOf } from "../../support/worker/batches.ts";
import { draftDecision, openedDecision, tokenFor } from "../../support/worker/decisions.ts";
import { issueKey } from "../../support/worker/keys.ts";
import { openStation, withNonces } from "../../support/worker/station-socket.ts";
import { traceInTests, traceShare, watchSpans } from "../../support/worker/trace-everything.ts";

traceInTests();
afterEach(() => void vi.restoreAllMocks());

const parent = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
const traceparent = (flags: "00" | "01") => `00-${parent.traceId}-${parent.spanId}-${flags}`;

/** What a request is answered, and the spans of it. */
async function ask(
  method: string,
  path: string,
  more: { headers?: Record<string, string>; key?: string; body?: object } = {},
): Promise<{ status: number; spans: FinishedSpan[] }> {
  const spans = watchSpans();
  const response = await send(method, path, { ...more, afresh: true });
  await response.body?.cancel();
  // What the answer is compared with is asked for as well.
  const own = spans.filter(({ name, kind }) => kind === "server" && !name.includes("openapi"));
  return { status: response.status, spans: own };
}

describe("where everything is traced, a request", () => {
  it("has its route's pattern, its method, its status and its refusal's code, and goes on from the client's span", async () => {
    traceShare("1");
    const headers = { traceparent: traceparent("00") };
    const { spans } = await ask("GET", "/api/v1/decisions/no-such-decision", { headers });
    expect(spans).toMatchObject([
      {
        name: "GET /api/v1/decisions/:decisionId",
        context: { traceId: parent.traceId },
        parentSpanId: parent.spanId,
        isFailed: false,
        attributes: {
          "http.request.method": "GET",
          "http.route": "/api/v1/decisions/:decisionId",
          "http.response.status_code": 404,
          "enviro.outcome.code": "decision.not_found",
        },
      },
    ]);
    expect(JSON.stringify(spans)).not.toContain("no-such");
  });

  it.each([...votersRoutes])(
    "of a voter is not traced before it is known whose decision it is: %s",
    async (route) => {
      traceShare("1");
      const path = route.replace(":decisionId", "x-0123456789ab");
      const headers = { traceparent: traceparent("01") };
      expect((await ask("POST", path, { headers, body: {} })).spans).toEqual([]);
      expect((await ask("GET", path, { headers })).spans).toEqual([]);
    },
  );

  it("that changes a decision names it, as its audit log does", async () => {
    traceShare("1");
    const id = await draftDecision();
    const { spans, status } = await ask("POST", `/api/v1/decisions/${id}/open`, { key: adminKey });
    expect(status).toBe(200);
    const ofRoute = spans.filter(({ name }) => name === "POST /api/v1/decisions/:decisionId/open");
    expect(ofRoute).toMatchObject([{ attributes: { "enviro.decision.id": id } }]);
    expect(spans.map(({ name }) => name)).toContain("room open");
  });
});

describe("where nothing is sampled, a request", () => {
  it("is not recorded, whatever its sampled flag says", async () => {
    traceShare("0");
    const headers = { traceparent: traceparent("01") };
    expect((await ask("GET", "/api/v1/decisions", { headers })).spans).toEqual([]);
  });

  it("is recorded where it fails", async () => {
    traceShare("0");
    const deps = httpDependencies(env, chooseCache(env));
    const app = createApp({
      ...deps,
      lists: { readSince: () => Promise.reject(new LoggableError("it is away")) },
    });
    const spans = watchSpans();
    const answer = await app.fetch(new Request("https://enviro.example/api/v1/decisions"));
    expect(answer.status).toBe(500);
    expect(spans).toMatchObject([
      {
        name: "GET /api/v1/decisions",
        isFailed: true,
        attributes: { "http.response.status_code": 500, "enviro.outcome.code": "server.error" },
      },
    ]);
    await expectLogged("http.failed");
  });
});

/** Ways of a vote over a socket, and the span of its message. */
const overSockets = {
  "ballot message": async (id: string) => {
    const socket = await openBallotSocket(id, await tokenFor(id, "ana"));
    const vote = async () => {
      socket.send({ id: 1, vote: "yes", nonce: labelNonce("ana") });
      await socket.nextReceipt();
    };
    return { vote, close: socket.close };
  },
  "station message": async (id: string) => {
    const socket = await openStation(id, (await issueKey("station", id)).key);
    const vote = async () => {
      socket.send({ id: 1, votes: withNonces(votesOf(1, "yes", "north")) });
      expect(await socket.nextResults()).toMatchObject({ accepted: 1 });
    };
    return { vote, close: socket.close };
  },
};

describe.each(
  ([1, 3] as const).flatMap((shards) =>
    Object.entries(overSockets).map(([name, open]) => ({ shards, name, open })),
  ),
)("a vote over a socket to a decision of $shards shards, by $name", ({ shards, name, open }) => {
  async function voteOverSocket(
    terms: Parameters<typeof openedDecision>[0],
    share = "0",
  ): Promise<FinishedSpan[]> {
    traceShare(share);
    const id = await openedDecision({ shards, ...terms });
    const socket = await open(id);
    const spans = watchSpans();
    await socket.vote();
    const stubs = shards === 1 ? [roomOf(id)] : [0, 1, 2].map((shard) => shardStub(id, shard));
    for (const stub of stubs) await runDurableObjectAlarm(stub);
    socket.close();
    return spans;
  }

  it("of a rehearsal is followed to its record", async () => {
    const spans = await voteOverSocket({ rehearsal: true });
    const message = spans.find((span) => span.name === name);
    const links = spans.filter((span) => span.name === "drain").flatMap((drain) => drain.links);
    expect(message?.attributes).toMatchObject({ "enviro.rehearsal": true });
    expect(message?.parentSpanId).toBeNull();
    expect(links.map(({ traceId }) => traceId)).toContain(message?.context.traceId);
  });

  it.each([
    ["it counts", {}, "0"],
    ["it is sealed, whatever is sampled", { visibility: "sealed" }, "1"],
  ])("is not traced where %s", async (_where, terms, share) => {
    // Alarms of the rehearsals before it go on.
    const ofCounted = (await voteOverSocket(terms, share)).filter(
      (span) =>
        /^(?:ballot message|station message|drain)$/.test(span.name) &&
        span.attributes["enviro.rehearsal"] !== true,
    );
    expect(ofCounted).toEqual([]);
  });
});

it("a failure that is logged in an alarm keeps its trace", async () => {
  traceShare("0");
  const spans = watchSpans();
  await tracerOf(env).trace("drain", {}, async () => {
    reportFailure("shard.drain_failed", new LoggableError("the log is away"));
  });
  expect(spans).toMatchObject([
    { name: "drain", attributes: { "enviro.log.event": "shard.drain_failed" } },
  ]);
  await expectLogged("shard.drain_failed");
});

it("variables that can't be read cost the traces and nothing else, and are told of", async () => {
  traceShare("all");
  expect((await ask("GET", "/healthz")).status).toBe(200);
  await expectLogged("traces.misconfigured", {
    cause: "LoggableError: TRACES_SAMPLING is no number from 0 to 1",
  });
});

it("the platform's own tracing takes the same spans", async () => {
  traceShare("1", "platform");
  const span = tracerOf(env).start("work", { attributes: { "http.route": "/healthz" } });
  const child = span?.child("part");
  child?.fail(new LoggableError("it is away"));
  child?.end();
  span?.end();
  expect((await ask("GET", "/healthz")).status).toBe(200);
});
