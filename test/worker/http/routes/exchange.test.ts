import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { VerifiedLogin } from "../../../../src/auth/external-login/external-logins.ts";
import { createApp } from "../../../../src/http/app.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { labelNonce } from "../../../support/label-nonce.ts";
import { allowLogged, expectLogged } from "../../../support/error-lines.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { shardStub } from "../../../support/worker/objects.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";
import { openedWithRoll } from "../../../support/worker/rolls.ts";
import { assembleToken, signToken } from "../../../support/worker/tokens.ts";

/** What vitest.config.ts names; nobody answers where its keys should be. */
const issuer = "https://login.example";
const idToken = assembleToken({ alg: "ES256", kid: "first" }, { sub: "ana" }, "AAAA");
const withSecret = { secret: "s".repeat(43) };
const ask = { key: idToken, body: withSecret };
const exchangePath = (id: string) => `/api/v1/decisions/${id}/tokens/exchange`;

describe("the exchange of a login", () => {
  it("is refused where the decision names no issuer", async () => {
    const id = await openedDecision();
    await refused("POST", exchangePath(id), ask, 409, "login.not_offered");
    await refused("POST", exchangePath("nowhere"), ask, 404, "decision.not_found");
  });

  it("takes neither API keys nor ballot tokens for logins", async () => {
    const id = await openedDecision({ login: { issuer } });
    for (const key of [adminKey, await signToken(id)]) {
      await refused("POST", exchangePath(id), { key, body: withSecret }, 403, "role.forbidden");
    }
  });

  it("says when to come again while the issuer is silent, and gives no token", async () => {
    const id = await openedDecision({ login: { issuer } });
    const response = await send("POST", exchangePath(id), {
      ...ask,
      afresh: true,
    });
    expect(response.headers.get("retry-after")).toBe("5");
    await expectProblem(response, 503, "login.unavailable");
    await expectLogged("login.issuer_unavailable");
  });
});

const secrets = ["s", "t", "u", "v"].map((letter) => letter.repeat(43));

/** Decisions whose issuer is taken at its word: a login is the claims that it names. */
async function exchange(id: string, secret: string | undefined, login: Partial<VerifiedLogin>) {
  const dependencies = httpDependencies(env, chooseCache(env));
  const whole = { voterId: "ana", subject: "sub of ana", region: "north", ...login };
  const usableUntil = login.usableUntil ?? Date.now() + 60_000;
  const logins = {
    ...dependencies.logins,
    verify: () => Promise.resolve({ ...whole, usableUntil }),
  };
  const response = await createApp({ ...dependencies, logins }).request(exchangePath(id), {
    method: "POST",
    headers: { authorization: "Bearer a.b.c", "content-type": "application/json" },
    body: JSON.stringify({ secret }),
  });
  return {
    status: response.status,
    body: await response.json<{ code: string; token: string }>(),
  };
}

describe.each([{ shards: 1 }, { shards: 3 }])("a login, in $shards shards", ({ shards }) => {
  function pidIn(token: string): string | null {
    const verdict = httpDependencies(env, chooseCache(env)).tokens.verify(token, Date.now());
    return "grant" in verdict ? verdict.grant.pid : null;
  }
  const by = (voter_claim: string) => ({ shards, login: { issuer, voter_claim } });

  it("is exchanged once, and its voter may log in again", async () => {
    const id = await openedDecision(by("sub"));
    const usableUntil = Date.now() + 60_000;
    const first = await exchange(id, secrets[0], { usableUntil });
    expect(first.status).toBe(200);
    expect(await exchange(id, secrets[0], { usableUntil })).toMatchObject({
      status: 401,
      body: { code: "login.already_used" },
    });
    const second = await exchange(id, secrets[1], { usableUntil });
    expect(pidIn(first.body.token)).toHaveLength(22);
    expect(pidIn(second.body.token)).toBe(pidIn(first.body.token));
    // Another's login may have any nonce.
    const other = await exchange(id, secrets[0], {
      usableUntil,
      voterId: "bea",
      subject: "of bea",
    });
    expect(other.status).toBe(200);
  });

  it("of a subject whose claim has changed is no second voter, nor is another subject the first", async () => {
    const id = await openedDecision(by("email"));
    const ana = { voterId: "ana@example.org", subject: "1" };
    expect((await exchange(id, secrets[0], ana)).status).toBe(200);
    expect((await exchange(id, secrets[1], ana)).status).toBe(200);
    const refusal = { status: 403, body: { code: "login.other_voter" } };
    const renamed = { voterId: "bea@example.org", subject: "1" };
    expect(await exchange(id, secrets[2], renamed)).toMatchObject(refusal);
    const heir = { voterId: "ana@example.org", subject: "2" };
    expect(await exchange(id, secrets[3], heir)).toMatchObject(refusal);
    const bea = { voterId: "bea@example.org", subject: "3" };
    expect((await exchange(id, secrets[3], bea)).status).toBe(200);
  });

  it("is not used up by a region that the decision lacks", async () => {
    const id = await openedDecision({ ...by("sub"), regions: [{ code: "north" }] });
    const usableUntil = Date.now() + 60_000;
    const elsewhere = await exchange(id, secrets[0], { region: "west", usableUntil });
    expect(elsewhere.body.code).toBe("vote.unknown_region");
    expect((await exchange(id, secrets[0], { usableUntil })).status).toBe(200);
  });

  it("needs a secret that nobody guesses", async () => {
    const id = await openedDecision(by("sub"));
    expect((await exchange(id, undefined, {})).status).toBe(400);
    for (const secret of ["", "s".repeat(42), "s".repeat(129), "ü".repeat(43)])
      expect(await exchange(id, secret, {})).toMatchObject({
        status: 400,
        body: { code: "body.invalid" },
      });
  });

  it("gives a first vote and a change, whatever tokens were issued or revoked", async () => {
    const id = await openedDecision({ ...by("sub"), revote_policy: "revisable" });
    await tokenFor(id, "ana");
    await tokenFor(id, "ana");
    const token = (await exchange(id, secrets[0], {})).body.token;
    const nonces = ["one", "two"].map(labelNonce);
    for (const nonce of nonces)
      expect((await cast(id, token, "yes", undefined, { nonce })).status).toBe(201);
  });
});

describe("a login of a voter placed by region", () => {
  const regions = ["north", "south", "east"].map((code) => ({ code }));
  const placement = [{ regions: ["south"] }, { regions: ["east"] }];
  const names = regions.flatMap(({ code }) =>
    Array.from({ length: 10 }, (_, index) => `${code}-${index},${code}\n`),
  );
  const opened = () =>
    openedWithRoll(`voter_id,region\n${names.join("")}`, {
      regions,
      placement,
      login: { issuer, voter_claim: "sub" },
    });
  const regionIn = (token: string) => {
    const verdict = httpDependencies(env, chooseCache(env)).tokens.verify(token, Date.now());
    return "grant" in verdict ? verdict.grant.region : null;
  };

  it("gives a token that points to the region of the roll, whatever the login says", async () => {
    const id = await opened();
    const token = (await exchange(id, secrets[0], { voterId: "south-1" })).body.token;
    expect(regionIn(token)).toBe("south");
    expect((await cast(id, token, "yes")).status).toBe(201);
    const eve = (await exchange(id, secrets[1], { voterId: "eve" })).body.token;
    expect(regionIn(eve)).toBe("");
  });

  it("is exchanged while a shard is silent that may hold the voter", async () => {
    const id = await opened();
    await runInDurableObject(shardStub(id, 2), (shard) => {
      const value = () => Promise.reject(new Error("gone"));
      Object.defineProperty(shard, "findOnRoll", { value, configurable: true });
    });
    allowLogged("edge.shard_failed", { decision: id });
    const south = await exchange(id, secrets[0], { voterId: "south-1" });
    expect(regionIn(south.body.token)).toBe("south");
    const east = await exchange(id, secrets[1], { voterId: "east-1" });
    expect([east.status, regionIn(east.body.token)]).toEqual([200, ""]);
  });
});

describe("the issuer of a decision", () => {
  const unknown = { issuer: "https://login.example/" };

  it("is one that the deployment trusts, to the letter, when it is drafted and when it is changed", async () => {
    const body = { title: "Protect the wetland", login: unknown };
    const drafted = { key: adminKey, body };
    await refused("POST", "/api/v1/decisions", drafted, 422, "login.unknown_issuer");
    const path = `/api/v1/decisions/${await draftDecision()}`;
    await refused("PATCH", path, { key: adminKey, body }, 422, "login.unknown_issuer");
    expect((await api("GET", path, { key: adminKey })).body).toMatchObject({ login: null });
  });

  it("is shown, frozen with the manifest, and its choice is recorded", async () => {
    const id = await draftDecision();
    const path = `/api/v1/decisions/${id}`;
    const chosen = { issuer, voter_claim: "member", region_claim: "basin" };
    const amended = await api("PATCH", path, { key: adminKey, body: { login: chosen } });
    expect(amended.body).toMatchObject({ login: chosen });
    await api("POST", `${path}/open`, { key: adminKey });
    const unset = { key: adminKey, body: { login: null } };
    await refused("PATCH", path, unset, 409, "decision.not_draft");
    const { body } = await api<{ entries: { action: string; facts: object }[] }>(
      "GET",
      `${path}/audit-log`,
      {
        key: adminKey,
      },
    );
    expect(body.entries[1]).toMatchObject({
      action: "decision.amended",
      facts: { members: "login" },
    });
  });
});
