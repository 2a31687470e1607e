import { env, exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BallotShard } from "../../../durable-objects/ballot-shard/ballot-shard.ts";
import { DecisionRoom } from "../../../durable-objects/decision-room/decision-room.ts";
import { Registry } from "../../../durable-objects/registry/registry.ts";
import { createApp } from "../../../src/http/app.ts";
import { chooseCache } from "../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../src/platform/http-dependencies.ts";
import { registryTable, roomTable, shardTable } from "../../../src/platform/objects/call-tables.ts";
import type { HttpDependencies } from "../../../src/ports/http-dependencies.ts";
import { adminKey, api } from "../../support/worker/api.ts";
import { draftDecision, openedDecision, tokenFor } from "../../support/worker/decisions.ts";
import { expectDocumented } from "../../support/worker/documented.ts";
import { assembleToken } from "../../support/worker/tokens.ts";
import { fillPath, nameOf, servedRoutes, type Route } from "../../support/worker/routes.ts";
import { ownPage, sessionPath, signIn } from "../../support/worker/sessions.ts";

/** What no line may hold, beside the credentials. */
const canaries = {
  voterId: "canary-voter",
  otherVoterId: "canary voter, of a roll",
  name: "Canary Name",
  statement: "the canary states its reason",
  nonce: "canaryNonce".padEnd(43, "x"),
  requestKey: "canary-request-key",
  loginSecret: "canaryLoginSecret".padEnd(43, "x"),
  challenge: "canary.challenge",
  title: "a canary's unpublished question",
};

let decisionId = "";
/** Takes a roll. */
let rollDraftId = "";
let token = "";
let apiKey = "";
/** Of somebody who has signed in with it. */
let cookie = "";
let lines: string[] = [];

/** A login elsewhere of a voter, as its issuer's token says it. */
const issuer = "https://login.example";
const loginClaims = { iss: issuer, sub: canaries.voterId, name: canaries.name };
const login = assembleToken({ alg: "ES256", kid: "first" }, loginClaims, "canarySignature");

const consoleMethods = ["debug", "error", "info", "log", "trace", "warn"] as const;

beforeEach(async () => {
  // Two, so that their shards are objects of their own.
  decisionId = await openedDecision({ shards: 2, login: { issuer } });
  rollDraftId = await draftDecision({ electorate: "roll" });
  token = await tokenFor(decisionId, canaries.voterId);
  const body = { role: "admin", label: "a key of canaries" };
  const issued = await api<{ key: string }>("POST", "/api/v1/api-keys", { key: adminKey, body });
  apiKey = issued.body.key;
  cookie = (await signIn(apiKey)).cookie;
  lines = [];
  for (const method of consoleMethods) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      lines.push(parts.map(String).join(" "));
    });
  }
});
afterEach(() => vi.restoreAllMocks());

function expectNoCanary(): void {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const [, , secret = ""] = apiKey.split("_");
  const [, , sessionSecret = ""] = cookie.slice("__Host-".length).split("_");
  expect([secret, sessionSecret]).toEqual(Array(2).fill(expect.stringMatching(/^[0-9a-f]{64}$/)));
  const sought = [
    ...Object.values(canaries),
    login,
    token,
    claims,
    signature,
    apiKey,
    adminKey,
    secret,
    cookie,
    sessionSecret,
  ];
  for (const text of sought.filter((each) => each !== header && each !== "")) {
    expect(lines.filter((line) => line.includes(text))).toEqual([]);
  }
}

/** Bodies with every canary: such as a route takes, and such as it refuses. */
function bodiesOf(route: Route): string[] {
  const { voterId, name, statement, nonce, title } = canaries;
  const vote = { vote: "yes", region: "north" };
  const valid: Record<string, unknown> = {
    "POST /api/v1/decisions": { slug: `d-${crypto.randomUUID()}`, title },
    "PATCH /api/v1/decisions/{decisionId}": { title },
    "POST /api/v1/voting/cast-vote": { decision_id: decisionId, vote: "yes" },
    "POST /api/v1/voting/withdraw": { decision_id: decisionId },
    "POST /api/v1/decisions/{decisionId}/votes/batch": {
      votes: [{ voter_id: voterId, ...vote }],
    },
    "POST /api/v1/decisions/{decisionId}/tokens": {
      voters: [{ voter_id: voterId, region: "north" }],
    },
    "POST /api/v1/decisions/{decisionId}/tokens/revoke": { voter_ids: [voterId] },
    "POST /api/v1/decisions/{decisionId}/tokens/exchange": {
      secret: canaries.loginSecret,
      turnstile: canaries.challenge,
    },
    "POST /api/v1/decisions/{decisionId}/look-ups": { token },
    "POST /api/v1/api-keys": { role: "auditor", label: name },
    "POST /api/v1/session": { key: apiKey },
  };
  const taken = valid[nameOf(route)] ?? {};
  const more = { nonce, name, statement, proof: nonce, voter_id: voterId };
  const withMore = { ...taken, ...more, votes: [{ ...vote, ...more }] };
  const roll = `voter_id,region\n"${voterId}",north\n${canaries.otherVoterId},north\n"${voterId}",nowhere\n`;
  return [
    JSON.stringify(taken),
    JSON.stringify(withMore),
    JSON.stringify(withMore).slice(0, -1),
    roll,
  ];
}

/** Asks every route with every credential that carries a canary. */
async function askAll(app: { fetch(request: Request): Response | Promise<Response> }) {
  for (const route of servedRoutes()) {
    const id = route.path.endsWith("/roll") ? rollDraftId : decisionId;
    const path = fillPath(route.path, id);
    const hasBody = ["POST", "PATCH", "PUT"].includes(route.method);
    const bodies = hasBody ? bodiesOf(route) : [null];
    const asked = [
      ...bodies.map((body) => ({ body, query: "" })),
      // No route takes it, so this is refused before anything else is looked at.
      { body: bodies[0] ?? null, query: `?voter_id=${canaries.voterId}` },
    ];
    const keyed = [token, apiKey, login].map((each) => ({ authorization: `Bearer ${each}` }));
    // Signing out would leave the rest of the routes without a session.
    const isSigningOut = route.method === "DELETE" && path === sessionPath;
    for (const credential of [...keyed, ...(isSigningOut ? [] : [ownPage({ cookie })])]) {
      for (const { body, query } of asked) {
        const isRoll = body?.startsWith("voter_id") === true;
        const headers = {
          ...credential,
          "idempotency-key": canaries.requestKey,
          "content-type": isRoll ? "text/csv" : "application/json",
          "x-canary": canaries.nonce,
        };
        const init = body === null ? { headers } : { headers, body };
        const request = new Request(`https://enviro.example${path}${query}`, {
          method: route.method,
          redirect: "manual",
          ...init,
        });
        const response = await app.fetch(request);
        await expectDocumented(request, response);
        await response.body?.cancel();
      }
    }
  }
}

/** Fails as engines, databases and clients do: with what they were given in message and cause. */
function quoting(...args: unknown[]): Error {
  const given = JSON.stringify([args, canaries, token, apiKey]);
  const cause = new Error(`invalid: ${given}`);
  return Object.assign(new Error(`Failed query: ${given}`, { cause }), { code: given });
}

function failingPort<Port extends object>(port: Port, isAtOnce: boolean): Port {
  return new Proxy(port, {
    get(target, member) {
      const value: unknown = Reflect.get(target, member);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (isAtOnce) throw quoting(...args);
        return Promise.reject(quoting(...args));
      };
    },
  });
}

/** The methods of a class, by the names that its table holds. */
function methodsOf(prototype: unknown): Record<string, (...args: unknown[]) => unknown> {
  return prototype as Record<string, (...args: unknown[]) => unknown>;
}

const ports = [
  "results",
  "decisions",
  "ballots",
  "rolls",
  "apiKeys",
  "tokens",
  "challenge",
  "logins",
  "database",
  "deadLetters",
  "voteLog",
] as const satisfies readonly (keyof HttpDependencies)[];

describe("no line of the log has a voter, a credential, a name or a statement", () => {
  it.each(ports)("on any route where the port %s fails at what it was given", async (name) => {
    const deps = httpDependencies(env, chooseCache(env));
    await askAll(
      createApp({ ...deps, [name]: failingPort<object>(deps[name], name === "tokens") }),
    );
    expect(lines.filter((line) => line.includes("http.failed"))).not.toEqual([]);
    expectNoCanary();
  });

  it.each([
    ["room", DecisionRoom, roomTable],
    ["shard", BallotShard, shardTable],
    ["registry", Registry, registryTable],
  ] as const)("on any route where the %s fails at what it was given", async (_, kind, table) => {
    for (const method of Object.keys(table.versions)) {
      if (!Object.hasOwn(kind.prototype, method)) continue;
      vi.spyOn(methodsOf(kind.prototype), method).mockImplementation((...args) => {
        throw quoting(...args);
      });
    }
    await askAll(exports.default);
    expect(lines).not.toEqual([]);
    expectNoCanary();
  });

  it("on any route where nothing fails", async () => {
    await askAll(exports.default);
    expectNoCanary();
  });
});
