import { describe, expect, it } from "vitest";
import { guardedRoutes, publicRoutes } from "../../../support/worker/access.ts";
import { adminKey, send } from "../../../support/worker/api.ts";
import { openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { refused } from "../../../support/worker/problems.ts";
import { fillPath } from "../../../support/worker/routes.ts";

/** In no contract: a monitor may add what it likes. */
const forMonitors = new Set(["GET /healthz", "GET /readyz", "GET /api/v1/openapi.json"]);
/** A login service sends browsers back with whatever it likes. */
const takesAny = "GET /api/v1/session/callback/{provider}";
const routes = [...publicRoutes, ...Object.keys(guardedRoutes)].filter(
  (name) => !forMonitors.has(name) && name !== takesAny,
);

describe("a parameter that a route does not know", () => {
  it.each(routes)("is refused by %s, whoever asks, and nothing is done", async (name) => {
    const id = await openedDecision();
    const [method = "", path = ""] = name.split(" ");
    const before = await (await send("GET", `/api/v1/decisions/${id}`)).text();
    for (const key of [null, adminKey]) {
      const problem = await refused(
        method,
        `${fillPath(path, id)}?per-page=5`,
        { key },
        400,
        "query.unknown_parameter",
      );
      expect(problem.errors).toEqual([{ pointer: "/per-page", detail: "not known" }]);
    }
    expect(await (await send("GET", `/api/v1/decisions/${id}`)).text()).toBe(before);
  });

  it("is taken where a login service sends browsers back, and there alone", async () => {
    const response = await send(
      "GET",
      "/api/v1/session/callback/council?code=x&session_state=y&per-page=5",
    );
    expect(response.status).toBe(302);
    const login = "/api/v1/session/login?provider=x&prompt=none";
    await refused("GET", login, {}, 400, "query.unknown_parameter");
  });

  it("is named with what the route takes", async () => {
    const list = "/api/v1/decisions?per_page=5&stauts=open";
    const problem = await refused("GET", list, {}, 400, "query.unknown_parameter");
    expect(problem).toMatchObject({
      detail: "Leave it out; the route takes after, per_page, status.",
      errors: [{ pointer: "/stauts" }],
    });
  });

  it("is refused of a vote too, which is not cast", async () => {
    const id = await openedDecision();
    const key = await tokenFor(id, "ana");
    const ask = { key, body: { decision_id: id, vote: "yes" } };
    const path = "/api/v1/voting/cast-vote";
    await refused("POST", `${path}?vote=no`, ask, 400, "query.unknown_parameter");
    expect((await send("POST", path, ask)).headers.get("idempotency-replayed")).toBeNull();
  });

  it("is refused of HEAD as of GET, and an empty query is none", async () => {
    expect((await send("HEAD", "/api/v1/decisions?page=2")).status).toBe(400);
    expect((await send("GET", "/api/v1/decisions?")).status).toBe(200);
  });

  it("makes no route of a path that is none", async () => {
    await refused("GET", "/api/v1/nothing-here?page=2", {}, 404, "route.not_found");
  });
});

describe("a number in a query", () => {
  const words = ["0x10", "1e1", "+1", "-1", "1.0", " 1", "1 ", "", "١", "Infinity", "1_0"];

  it.each(words)("is no %j: decimal digits alone", async (word) => {
    const id = await openedDecision();
    const value = encodeURIComponent(word);
    const asAdmin = { key: adminKey };
    for (const [path, ask] of [
      [`/api/v1/decisions?per_page=${value}`, {}],
      [`/api/v1/decisions/${id}/results/stream?since=${value}`, {}],
      [`/api/v1/decisions/${id}/votes?page=${value}`, {}],
      [`/api/v1/decisions/${id}/events?after_seq=${value}`, {}],
      [`/api/v1/audit-log?limit=${value}`, asAdmin],
    ] as const) {
      await refused("GET", path, ask, 400, "query.invalid");
    }
  });

  it("is no other spelling in a path either", async () => {
    const id = await openedDecision();
    const path = (shard: string) => `/api/v1/decisions/${id}/audit/shards/${shard}/ballots`;
    const ask = { key: adminKey };
    expect((await send("GET", path("0"), ask)).status).toBe(200);
    for (const shard of ["0x0", "0e0", "-0", "%200"])
      await refused("GET", path(shard), ask, 404, "shard.not_found");
  });

  it("is refused where it stands twice or passes what is exact", async () => {
    for (const query of ["per_page=1&per_page=2", "per_page=9007199254740993"])
      await refused("GET", `/api/v1/decisions?${query}`, {}, 400, "query.invalid");
  });

  it("is no Last-Event-ID of ours in another spelling: the whole state comes", async () => {
    const id = await openedDecision();
    for (const sent of ["0x10", "1e3", "-1", "12abc", ""]) {
      const response = await send("GET", `/api/v1/decisions/${id}/results/stream`, {
        headers: { "last-event-id": sent },
      });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      while (!text.includes("event: ")) text += (await reader?.read())?.value ?? "";
      await reader?.cancel();
      expect(text, sent).toContain("event: state");
    }
  });
});

describe("a method that a path does not take", () => {
  it("is answered with those that it takes", async () => {
    const id = await openedDecision();
    for (const [method, path, allow] of [
      ["PUT", `/api/v1/decisions/${id}`, "GET, PATCH, DELETE, HEAD"],
      ["GET", "/api/v1/voting/cast-vote", "POST"],
      ["OPTIONS", "/api/v1/api-keys", "POST, GET, HEAD"],
      ["DELETE", `/api/v1/decisions/${id}/results/north`, "GET, HEAD"],
      ["POST", "/healthz", "GET, HEAD"],
    ] as const) {
      const response = await send(method, path, { key: adminKey });
      expect([path, response.status, response.headers.get("allow")]).toEqual([path, 405, allow]);
      expect(await response.json()).toMatchObject({ code: "method.not_allowed" });
    }
  });
});
