import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { guardedRoutes, publicRoutes } from "../../../support/worker/access.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { expectDocumented, type Described } from "../../../support/worker/documented.ts";
import { draftDecision, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";
import { fillPath } from "../../../support/worker/routes.ts";

const { body: document } = await api<Described>("GET", "/api/v1/openapi.json");

/** Every route that takes a body, with a type that it takes. */
const routes = [...publicRoutes, ...Object.keys(guardedRoutes)].flatMap((name) => {
  const [method = "", path = ""] = name.split(" ");
  const body = document.paths[path]?.[method.toLowerCase()]?.requestBody;
  return Object.keys(body?.content ?? {}).map((type) => ({ name, method, path, type }));
});

/** What a route demands in its query. */
const queries: Readonly<Record<string, string>> = {
  "PUT /api/v1/decisions/{decisionId}/roll/uploads": "?import=1&piece=0",
};

async function keyFor(name: string, id: string): Promise<string | null> {
  const roles = guardedRoutes[name];
  if (roles === undefined) return null;
  if (roles.includes("voter")) return tokenFor(id, "ana");
  return roles.includes("login") ? "a.b.c" : adminKey;
}

describe("a body that is not read", () => {
  it("can be sent to many routes", () => {
    expect(routes.length).toBeGreaterThan(15);
  });

  it.each(routes)("compressed is refused by $name as $type", async ({ name, type, ...route }) => {
    const id = await openedDecision();
    const path = `${fillPath(route.path, id)}${queries[name] ?? ""}`;
    const key = await keyFor(name, id);
    for (const headers of [
      { "content-type": type, "content-encoding": "gzip" },
      { "content-type": type, "content-encoding": "identity, br" },
      { "content-type": `${type}; charset=windows-1252` },
      { "content-type": `${type};a=b; CharSet="ISO-8859-1"` },
    ]) {
      const ask = { key, headers, text: "{}" };
      const response = await send(route.method, path, ask);
      expect(response.headers.get("accept-encoding")).toBe("identity");
      expect([response.status, await response.json()]).toMatchObject([
        415,
        { code: "body.unsupported_encoding" },
      ]);
    }
  });

  it("is no UTF-8 that says so, in any spelling, nor one with identity for its coding", async () => {
    for (const headers of [
      { "content-type": "application/json; charset=utf-8" },
      { "content-type": 'application/json;charset="UTF-8"' },
      { "content-type": "Application/JSON; odata=verbose" },
      { "content-type": "application/json", "content-encoding": "identity" },
    ]) {
      const body = { preset: "simple-majority", tally: { yes: 2, no: 1 } };
      expect((await send("POST", "/api/v1/rules/evaluate", { headers, body })).status).toBe(200);
    }
  });

  it("is of no type, or of another without a body, where a body may be left out", async () => {
    const url = `https://enviro.example/api/v1/decisions/${await draftDecision()}/open`;
    const authorization = `Bearer ${adminKey}`;
    for (const init of [
      { headers: { authorization }, body: new TextEncoder().encode("{}") },
      { headers: { authorization, "content-type": "text/plain" } },
    ]) {
      const request = new Request(url, { method: "POST", ...init });
      const response = await exports.default.fetch(request);
      await expectDocumented(request, response);
      await expectProblem(response, 415, "body.unsupported_type");
    }
  });

  it("is of another type where a route takes rows or JSON alone", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const headers = { "content-type": "text/plain" };
    const ask = { key: adminKey, headers, text: "voter_id\nana\n" };
    const path = `/api/v1/decisions/${id}/roll`;
    await refused("PUT", path, ask, 415, "body.unsupported_type");
    await refused("POST", "/api/v1/rules/evaluate", ask, 415, "body.unsupported_type");
    const spaced = { ...ask, headers: { "content-type": "application/json ; a=b" } };
    await refused("POST", "/api/v1/rules/evaluate", spaced, 415, "body.unsupported_type");
  });
});
