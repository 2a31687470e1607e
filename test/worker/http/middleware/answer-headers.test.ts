import { describe, expect, it } from "vitest";
import { adminKey, send } from "../../../support/worker/api.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";

/** Every answer that the tests of the Worker send for is held to the same: `documented.ts`. */
const common = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
};

function commonOf({ headers }: { headers: Headers }) {
  return Object.fromEntries(Object.keys(common).map((name) => [name, headers.get(name)]));
}

describe("the headers of an answer", () => {
  it.each([
    "/healthz",
    "/readyz",
    "/api/v1/openapi.json",
    "/api/v1/nothing-here",
    "/api/favicon.ico",
  ])("are there at %s, which is in no contract", async (path) => {
    const response = await send("GET", path);
    await response.body?.cancel();
    expect([commonOf(response), response.headers.get("cache-control")]).toEqual([
      common,
      "no-store",
    ]);
  });

  it("are there on a vote, whose receipt no cache keeps", async () => {
    const id = await openedDecision();
    const answer = await cast(id, await tokenFor(id, "ana"), "yes");
    expect([answer.status, commonOf(answer), answer.headers.get("cache-control")]).toEqual([
      201,
      common,
      "no-store",
    ]);
  });

  it("are there on a stream that an object answers, whose own headers stay", async () => {
    const id = await openedDecision();
    const response = await send("GET", `/api/v1/decisions/${id}/results/stream`);
    await response.body?.cancel();
    expect(commonOf(response)).toEqual(common);
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  });

  it("let what is public and frozen be kept, with a credential as without one", async () => {
    const id = await openedDecision();
    for (const key of [null, adminKey]) {
      const response = await send("GET", `/api/v1/decisions/${id}/manifest`, { key });
      expect(response.headers.get("cache-control")).toMatch(/^public, max-age=/);
      const etag = response.headers.get("etag") ?? "";
      const again = await send("GET", `/api/v1/decisions/${id}/manifest`, {
        headers: { "if-none-match": etag },
      });
      expect([again.status, commonOf(again)]).toEqual([304, common]);
    }
  });

  it("leave an upgrade to a WebSocket as the platform makes it", async () => {
    const id = await openedDecision();
    const path = `/api/v1/decisions/${id}/results/socket`;
    const response = await send("GET", path, { headers: { upgrade: "websocket" } });
    expect(response.status).toBe(101);
    response.webSocket?.accept();
    response.webSocket?.close(1000);
  });
});
