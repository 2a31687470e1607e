import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { createApp } from "../../../../src/http/app.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { adminKey } from "../../../support/worker/api.ts";
import { openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueKey } from "../../../support/worker/keys.ts";

/** Asks an isolate that has refused nobody, and gives the lines that it has logged of refusals. */
async function linesOf(requests: [method: string, path: string, credential: string | null][]) {
  const app = createApp(httpDependencies(env, chooseCache(env)));
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    for (const [method, path, credential] of requests) {
      const headers = credential === null ? {} : { authorization: `Bearer ${credential}` };
      const response = await app.fetch(
        new Request(`https://x.example${path}`, { method, headers }),
      );
      await response.body?.cancel();
    }
    return log.mock.calls.map(([line]) => String(line));
  } finally {
    log.mockRestore();
  }
}

const lineOf = (refusal: string, count: number) =>
  JSON.stringify({ level: "notice", event: "credential.refused", refusal, count });

describe("a credential that is refused", () => {
  it("is counted in the log by why, and stands there in no form", async () => {
    const id = await openedDecision();
    const station = (await issueKey("station")).key;
    const made = `${station.slice(0, -1)}${station.endsWith("0") ? "1" : "0"}`;
    const token = await tokenFor(id, "ana");
    const lines = await linesOf([
      ["GET", "/api/v1/api-keys", made],
      ["GET", "/api/v1/api-keys", "nonsense"],
      ["GET", "/api/v1/api-keys", station],
      ["GET", `/api/v1/decisions/${id}/eligibility`, `${token}x`],
    ]);
    expect(lines).toEqual([
      lineOf("key.invalid", 1),
      lineOf("role.forbidden", 1),
      lineOf("token.invalid", 1),
    ]);
  });

  it("is counted too where everybody may read, and a bad key is as good as none", async () => {
    const id = await openedDecision();
    const lines = await linesOf(
      Array.from({ length: 10 }, () => ["GET", "/api/v1/decisions", `wrong-${id}`]),
    );
    expect(lines).toEqual([lineOf("key.invalid", 1), lineOf("key.invalid", 10)]);
  });

  it("is none where none was sent, or where it was good", async () => {
    const id = await openedDecision();
    expect(
      await linesOf([
        ["GET", "/api/v1/api-keys", null],
        ["GET", "/api/v1/api-keys", adminKey],
        ["GET", `/api/v1/decisions/${id}`, adminKey],
      ]),
    ).toEqual([]);
  });
});
