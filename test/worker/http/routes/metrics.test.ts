import { beforeEach, describe, expect, it } from "vitest";
import { createVoter } from "../../../../src/client/voter.ts";
import { readSigningKeysRoute } from "../../../../src/http/contract/receipt-keys.ts";
import { isolateMeter } from "../../../../src/platform/metrics/isolate-meter.ts";
import { votersRoutes } from "../../../../src/telemetry/metrics/series.ts";
import { guardedRoutes } from "../../../support/worker/access.ts";
import { adminKey } from "../../../support/worker/api.ts";
import { browserHeaders } from "../../../support/worker/ballot-socket.ts";
import { isolateThatCounts } from "../../../support/worker/counted-objects.ts";
import { openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueKey } from "../../../support/worker/keys.ts";
import { refused } from "../../../support/worker/problems.ts";

const { fetch } = isolateThatCounts({ variables: { METRICS: "prometheus" } });

beforeEach(() => {
  isolateMeter.take({ holdsBack: false });
});

/** What was measured since, as names and labels with how much. */
function measured(): Record<string, number> {
  const points = isolateMeter.take({ holdsBack: false }).map((point) => {
    const size =
      point.kind === "histogram" ? point.counts.reduce((sum, count) => sum + count) : point.value;
    return [[point.name, ...point.values].join(" "), size] as const;
  });
  return Object.fromEntries(points.filter(([name]) => !name.startsWith("enviro.failures")));
}

async function castVote(decisionId: string, token: string, vote: string) {
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "idempotency-key": crypto.randomUUID(),
  };
  const nonce = crypto.randomUUID().replaceAll("-", "").repeat(2);
  const body = JSON.stringify({ decision_id: decisionId, vote, nonce });
  const answer = await fetch("/api/v1/voting/cast-vote", { method: "POST", headers, body });
  await answer.text();
  return answer.status;
}

const castRoute = "http.server.request.duration POST /api/v1/voting/cast-vote";

describe("what a request measures", () => {
  it("is its route's pattern and class of status, never what it names", async () => {
    await (await fetch("/api/v1/decisions/river-2027-none/results?since=1")).text();
    await (await fetch("/api/v1/nobody-s-route")).text();
    expect(measured()).toEqual({
      "http.server.request.duration GET /api/v1/decisions/:decisionId/results 4xx": 1,
      "http.server.request.duration GET none 4xx": 1,
    });
  });

  it("is what came of a vote, and no choice", async () => {
    const id = await openedDecision({ revote_policy: "final", visibility: "live" });
    const token = await tokenFor(id, "ana");
    expect(await castVote(id, token, "yes")).toBe(201);
    expect(await castVote(id, token, "no")).toBe(409);
    expect(measured()).toEqual({
      "enviro.votes accepted": 1,
      "enviro.votes vote.already_cast": 1,
      [`${castRoute} 2xx`]: 1,
      [`${castRoute} 4xx`]: 1,
    });
  });

  it("is nothing of a vote in a sealed decision, accepted or refused", async () => {
    const id = await openedDecision({ revote_policy: "final", visibility: "sealed" });
    const token = await tokenFor(id, "ana");
    await castVote(id, token, "yes");
    await castVote(id, token, "no");
    await castVote(id, "no token", "no");
    expect(measured()).toEqual({});
  });
});

describe("what a vote by our own client measures", () => {
  const origin = "https://enviro.example";
  const vote = async (visibility: "sealed" | "turnout") => {
    const id = await openedDecision({ visibility });
    const voter = createVoter({
      origin,
      credential: await tokenFor(id, "ana"),
      fetch: (url, init) => fetch(new URL(url).pathname, init),
    });
    await voter.cast(id, "yes");
    return measured();
  };

  it("is nothing in a sealed decision, though it reads the keys to check its receipt", async () => {
    expect(await vote("sealed")).toEqual({});
  });

  it("is its vote alone where turnout is shown", async () => {
    expect(await vote("turnout")).toEqual({ "enviro.votes accepted": 1, [`${castRoute} 2xx`]: 1 });
  });
});

describe("a station's socket", () => {
  const opened = async (visibility: "sealed" | "turnout", byProtocol: boolean) => {
    const id = await openedDecision({ visibility });
    const { key } = await issueKey("station", id);
    const own = { upgrade: "websocket", authorization: `Bearer ${key}` };
    const headers = byProtocol ? browserHeaders(key) : own;
    const answer = await fetch(`/api/v1/decisions/${id}/station-socket`, { headers });
    expect(answer.status).toBe(101);
    answer.webSocket?.accept();
    answer.webSocket?.close();
    return measured();
  };
  const name = "http.server.request.duration GET /api/v1/decisions/:decisionId/station-socket 1xx";

  it.each([true, false])("is counted where turnout is shown (key as protocol: %s)", async (as) => {
    expect(await opened("turnout", as)).toEqual({ [name]: 1 });
  });

  it("is not counted where it is hidden", async () => {
    expect(await opened("sealed", true)).toEqual({});
  });
});

describe("the routes whose requests tell how many vote", () => {
  it("are all that voters, stations and those who log in may use, and the keys of receipts", () => {
    const asked = Object.entries(guardedRoutes)
      .filter(([, roles]) => roles.some((role) => ["voter", "station", "login"].includes(role)))
      .map(([name]) => name.replace(/^\w+ /, "").replaceAll(/\{(\w+)\}/g, ":$1"));
    expect(new Set([...asked, readSigningKeysRoute.path])).toEqual(votersRoutes);
  });
});

describe("GET /metrics", () => {
  it("says where a deployment gives none", async () => {
    await refused("GET", "/metrics", { key: adminKey }, 404, "metrics.off");
  });
});
