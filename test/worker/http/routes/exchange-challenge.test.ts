import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../../../src/http/app.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { isolateThatCounts } from "../../../support/worker/counted-objects.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { expectDocumented } from "../../../support/worker/documented.ts";
import { ownId } from "../../../support/worker/own-id.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { assembleToken } from "../../../support/worker/tokens.ts";

const issuer = "https://login.example";
const idToken = assembleToken({ alg: "ES256", kid: "first" }, { sub: "ana" }, "AAAA");
const turnstile = "canary.challenge.token";
const turnstileSecret = "1x0000000000000000000000000000000AA";
const on = { EXCHANGE_CHALLENGE: "turnstile", TURNSTILE_SECRET: turnstileSecret };
const success = { success: true, hostname: "vote.example.org" };
const asked: string[] = [];

/** What the service answers; what else is fetched is not answered. */
function answerWith(answer: () => Response): void {
  vi.spyOn(globalThis, "fetch").mockImplementation((input) => {
    const url = input instanceof Request ? input.url : String(input);
    asked.push(url);
    const isOurs = url === "https://challenges.cloudflare.com/turnstile/v0/siteverify";
    return isOurs ? Promise.resolve(answer()) : Promise.reject(new TypeError("fetch failed"));
  });
}

beforeEach(() => void asked.splice(0));
afterEach(() => vi.restoreAllMocks());

/** Exchanges a login in a new isolate, and what was asked for it. */
async function exchange(id: string, variables: object, more: object = { turnstile }) {
  const { fetch, reached } = isolateThatCounts({ variables });
  const path = `/api/v1/decisions/${id}/tokens/exchange`;
  const init = {
    method: "POST",
    headers: { authorization: `Bearer ${idToken}`, "content-type": "application/json" },
    body: JSON.stringify({ secret: "s".repeat(43), ...more }),
  };
  const response = await fetch(path, init);
  await expectDocumented(new Request(`https://x.example${path}`, init), response);
  return { response, reached };
}

describe("a deployment that asks for a challenge before a login", () => {
  it("refuses a login without one, and one that was failed, before anything is called", async () => {
    const id = await openedDecision({ login: { issuer } });
    answerWith(() => Response.json({ success: false, "error-codes": ["timeout-or-duplicate"] }));
    for (const more of [{}, { turnstile }]) {
      const { response, reached } = await exchange(id, on, more);
      await expectProblem(response, 403, "challenge.failed");
      expect(reached).toEqual([]);
    }
    // Once for the token, and never for the issuer's keys.
    expect(asked).toHaveLength(1);
  });

  it("refuses one of another page", async () => {
    const id = await openedDecision({ login: { issuer } });
    answerWith(() => Response.json(success));
    const elsewhere = { ...on, TURNSTILE_HOSTNAMES: "elsewhere.example.org" };
    const { response, reached } = await exchange(id, elsewhere);
    await expectProblem(response, 403, "challenge.failed");
    expect(reached).toEqual([]);
  });

  it("says when to come again while the service is away, and calls nothing", async () => {
    const id = await openedDecision({ login: { issuer } });
    answerWith(() => new Response("", { status: 502 }));
    const { response, reached } = await exchange(id, on);
    expect(response.headers.get("retry-after")).toBe("5");
    await expectProblem(response, 503, "challenge.unavailable");
    expect(reached).toEqual([]);
    await expectLogged("challenge.unavailable");
  });

  it("looks at the login of whoever passed, and only then", async () => {
    const id = await openedDecision({ login: { issuer } });
    answerWith(() => Response.json(success));
    const { response, reached } = await exchange(id, on);
    await expectProblem(response, 503, "login.unavailable");
    expect(reached).toContain("DECISION_ROOM");
    expect(asked).toHaveLength(2);
    await expectLogged("login.issuer_unavailable");
  });

  it("asks nobody about the login of a decision that it has not given out", async () => {
    answerWith(() => Response.json(success));
    const { response, reached } = await exchange("never-created-0123456789ab", on);
    await expectProblem(response, 404, "decision.not_found");
    expect([...asked, ...reached]).toEqual([]);
  });

  it("takes tokens of 2,048 characters and no longer ones", async () => {
    answerWith(() => Response.json({ success: false, "error-codes": ["invalid-input-response"] }));
    const longest = { turnstile: "x".repeat(limits.turnstileTokenCharactersMax) };
    const { response } = await exchange(ownId("none"), on, longest);
    await expectProblem(response, 403, "challenge.failed");
    const beyond = ["", "a b", "ü", `${longest.turnstile}x`];
    for (const text of beyond) {
      const refused = await exchange(ownId("none"), on, { turnstile: text });
      await expectProblem(refused.response, 400, "body.invalid");
    }
    expect(asked).toHaveLength(1);
  });

  it("logs why it refused, and neither token, secret nor login", async () => {
    const lines: string[] = [];
    vi.spyOn(console, "error").mockImplementation((line) => void lines.push(String(line)));
    answerWith(() => Response.json({ success: false, "error-codes": ["invalid-input-response"] }));
    await exchange(ownId("none"), on);
    answerWith(() => Response.json({ success: false, "error-codes": [turnstile] }));
    await exchange(ownId("none"), on);
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual([
      "credential.refused",
      "challenge.unavailable",
    ]);
    expect(lines[0]).toContain('"refusal":"challenge.failed"');
    for (const text of [turnstile, turnstileSecret, ...idToken.split(".")])
      expect(lines.join()).not.toContain(text);
  });
});

describe("a deployment whose challenge is of no use", () => {
  it("says so once at the start and in its health, and lets no login in", async () => {
    const id = await openedDecision({ login: { issuer } });
    const broken = { ...on, TURNSTILE_SECRET: undefined };
    answerWith(() => Response.json(success));
    const { response, reached } = await exchange(id, broken);
    await expectProblem(response, 503, "challenge.unavailable");
    expect([...asked, ...reached]).toEqual([]);
    const cause = "LoggableError: TURNSTILE_SECRET is missing";
    await expectLogged("challenge.misconfigured", { cause });
    const settings: Env = Object.assign({ ...env }, broken);
    const app = createApp(httpDependencies(settings, chooseCache(settings)));
    const health = await (await app.request("/readyz")).json();
    expect(health).toMatchObject({ logins: { problems: ["TURNSTILE_SECRET is missing"] } });
  });
});

describe("a deployment that asks for none", () => {
  it.each([{}, { turnstile }])("looks at a login with %o, and asks no service", async (more) => {
    const id = await openedDecision({ login: { issuer } });
    answerWith(() => expect.fail("asked"));
    const { response } = await exchange(id, {}, more);
    await expectProblem(response, 503, "login.unavailable");
    expect(asked).toEqual(["http://127.0.0.1:9/"]);
    await expectLogged("login.issuer_unavailable");
  });
});
