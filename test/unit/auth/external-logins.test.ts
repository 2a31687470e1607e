import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SignJWT } from "jose";
import {
  externalLogins,
  type ExternalLogins,
} from "../../../src/auth/external-login/external-logins.ts";
import { nonceOfSecret } from "../../../src/auth/external-login/login-digests.ts";
import { readIssuers } from "../../../src/auth/external-login/issuers.ts";
import { limits } from "../../../src/shared/limits.ts";
import {
  audience,
  loginSecret,
  makeKey,
  signLogin,
  startIssuer,
  type IssuerKey,
  type LocalIssuer,
  type LoginPlan,
} from "../../support/issuer/local-issuer.ts";

let issuer: LocalIssuer;
let key: IssuerKey;
let logins: ExternalLogins;
let reports: string[];
/** Hears of each answer of the issuer, once its headers are there. */
let onAnswer: () => void;
/** How far the platform's clock is ahead of the machine's, in ms. */
let aheadMs: number;

beforeEach(async () => {
  issuer = await startIssuer();
  key = await makeKey("first");
  issuer.publish(key);
  reports = [];
  aheadMs = 0;
  onAnswer = () => {};
  const entry = { issuer: issuer.name, jwks_url: issuer.jwksUrl, audience };
  logins = externalLogins(readIssuers(JSON.stringify([entry])), {
    async fetch(url, init) {
      const response = await fetch(url, init);
      onAnswer();
      return response;
    },
    now: () => Date.now() + aheadMs,
    report: (event, error) => void reports.push(`${event} ${String(error)}`),
  });
});

afterEach(() => issuer.stop());

const terms = (more: object = {}) => ({
  issuer: issuer.name,
  voterClaim: "sub",
  regionClaim: null,
  ...more,
});
const nonce = nonceOfSecret(loginSecret);
const verify = (token: string, more: object = {}) => logins.verify(token, terms(more), nonce);
const sign = (plan: LoginPlan = {}) =>
  signLogin(issuer, key, "ana", { at: Date.now() + aheadMs, ...plan });
const invalid = { refused: "login.invalid" };
const unavailable = { refused: "login.unavailable" };

describe("an ID token", () => {
  it("of the issuer, for us and in its time says who the voter is", async () => {
    const at = Math.floor(Date.now() / 1_000) * 1_000;
    expect(await verify(await sign({ at }))).toEqual({
      voterId: "ana",
      region: "",
      subject: "ana",
      // As old as it may be, and the tolerance; `signLogin` has it issued five seconds ago.
      usableUntil: at + (600 - 5 + 60) * 1_000,
    });
    expect(await verify(await sign({ at, expiresIn: 30 }))).toMatchObject({
      usableUntil: at + (30 + 60) * 1_000,
    });
  });

  it.each(["RS256", "ES256"])("signed with %s is good by default", async (alg) => {
    key = await makeKey("other", alg);
    issuer.publish(key);
    expect(await verify(await sign())).toMatchObject({ voterId: "ana" });
  });

  it("signed with an algorithm that is not allowed is refused, and the issuer is not even asked", async () => {
    key = await makeKey("first", "ES384");
    issuer.publish(key);
    expect(await verify(await sign())).toEqual(invalid);
    expect(issuer.asked()).toBe(0);
  });

  it("without a signature is refused", async () => {
    const [, payload] = (await sign()).split(".");
    for (const alg of ["none", "None", "NONE", ""]) {
      const header = Buffer.from(JSON.stringify({ alg, kid: "first" })).toString("base64url");
      for (const end of ["", "AAAA"]) {
        expect(await verify(`${header}.${payload}.${end}`)).toEqual(invalid);
      }
    }
    expect(issuer.asked()).toBe(0);
  });

  it("signed with the public key as if it were a shared secret is refused", async () => {
    const secrets = [JSON.stringify(key.jwk), String(key.jwk.x), `${key.jwk.x}${key.jwk.y}`];
    for (const secret of secrets) {
      const forged = await new SignJWT({ sub: "ana", nonce })
        .setProtectedHeader({ alg: "HS256", kid: "first" })
        .setIssuer(issuer.name)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime("10m")
        .sign(new TextEncoder().encode(secret.padEnd(32)));
      expect(await verify(forged)).toEqual(invalid);
    }
  });

  it("that was changed after signing is refused", async () => {
    const [head, , signature] = (await sign()).split(".");
    const claims = {
      sub: "eve",
      nonce,
      iss: issuer.name,
      aud: audience,
      iat: 1,
      exp: 99_999_999_999,
    };
    const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
    expect(await verify(`${head}.${payload}.${signature}`)).toEqual(invalid);
  });

  it.each([
    ["of another issuer", { issuer: "https://elsewhere.example" }],
    ["for somebody else", { audience: "another-app" }],
    ["for us and others that does not say it was issued to us", { audience: [audience, "b"] }],
    ["that was issued to another client", { claims: { azp: "another-app" } }],
    ["that is an access token", { header: { typ: "at+jwt" } }],
    ["whose voter is a number", { claims: { sub: 7 as unknown as string } }],
    ["whose voter is nobody", { claims: { sub: "" } }],
    ["whose voter_id is blank", { claims: { sub: " \u00A0" } }],
    ["whose voter_id hides a character", { claims: { sub: "an\u200Ba" } }],
    ["whose voter_id is too long", { claims: { sub: "x".repeat(256) } }],
    ["whose nonce is another's", { secret: "t".repeat(43) }],
    ["whose nonce is the secret itself", { claims: { nonce: loginSecret } }],
    ["without a nonce", { claims: { nonce: undefined } }],
    ["whose time of login is none", { claims: { auth_time: "now" } }],
    ["that is not good yet", { claims: { nbf: Math.floor(Date.now() / 1_000) + 3_600 } }],
  ] satisfies [string, LoginPlan][])("%s is refused", async (_, plan) => {
    expect(await verify(await sign(plan))).toEqual(invalid);
  });

  it("for us and others is good when it was issued to us", async () => {
    const plan = { audience: [audience, "b"], claims: { azp: audience } };
    expect(await verify(await sign(plan))).toMatchObject({ voterId: "ana" });
  });

  it("is good until the tolerance after its end, and then has expired", async () => {
    const token = await sign({ expiresIn: 0 });
    expect(await verify(token)).toMatchObject({ voterId: "ana" });
    aheadMs = (limits.loginClockToleranceSeconds + 2) * 1_000;
    expect(await verify(token)).toEqual({ refused: "login.expired" });
  });

  it.each([
    ["it was issued", (at: number) => ({ at: at + 5_000 })],
    ["its voter logged in", (at: number) => ({ claims: { auth_time: Math.floor(at / 1_000) } })],
  ])(
    "is good for ten minutes and the tolerance after %s, and then has expired",
    async (_, plan) => {
      const now = Math.floor(Date.now() / 1_000) * 1_000;
      const oldest = now - (limits.loginAgeSecondsMax + limits.loginClockToleranceSeconds) * 1_000;
      aheadMs = now - Date.now();
      const forLong = { at: now, expiresIn: 7_200 };
      expect(await verify(await sign({ ...forLong, ...plan(oldest + 5_000) }))).toMatchObject({
        voterId: "ana",
      });
      expect(await verify(await sign({ ...forLong, ...plan(oldest - 5_000) }))).toEqual({
        refused: "login.expired",
      });
    },
  );

  it("of an issuer whose clock is far ahead is refused", async () => {
    expect(await verify(await sign({ at: Date.now() + 120_000 }))).toEqual(invalid);
  });

  it("without an end is refused", async () => {
    const endless = await new SignJWT({ sub: "ana", nonce })
      .setProtectedHeader({ alg: "ES256", kid: "first" })
      .setIssuer(issuer.name)
      .setAudience(audience)
      .setIssuedAt()
      .sign(key.privateKey);
    expect(await verify(endless)).toEqual(invalid);
  });

  it("names the voter and the region by the claims that the decision chose", async () => {
    const token = await sign({ claims: { member: "m-17", basin: "upper" } });
    const chosen = { voterClaim: "member", regionClaim: "basin" };
    const read = { voterId: "m-17", region: "upper", subject: "ana" };
    expect(await verify(token, chosen)).toMatchObject(read);
    expect(await verify(token, { regionClaim: "nowhere" })).toEqual(invalid);
  });

  it("has a subject, whatever claim names its voter", async () => {
    const byMember = { voterClaim: "member" };
    const subjects = [undefined, "", 7, "x".repeat(256)];
    for (const sub of subjects) {
      const claims = { sub: sub as unknown as string, member: "m-17" };
      expect(await verify(await sign({ claims }), byMember)).toEqual(invalid);
    }
    const longest = { sub: "x".repeat(255), member: "m-17" };
    expect(await verify(await sign({ claims: longest }), byMember)).toMatchObject({
      voterId: "m-17",
    });
  });

  it("names a voter by address only where the issuer has verified the address", async () => {
    const byAddress = { voterClaim: "email" };
    const email = "ana@example.org";
    const verified = await sign({ claims: { email, email_verified: true } });
    expect(await verify(verified, byAddress)).toMatchObject({ voterId: email });
    expect(await verify(await sign({ claims: { email } }), byAddress)).toEqual(invalid);
  });

  it.each(["", "x", "a.b", "a.b.c", "a.b.c.d", `${"x".repeat(9_000)}.b.c`])(
    "that is none (%#) is refused, and the issuer is not asked",
    async (text) => {
      expect(await verify(text)).toEqual(invalid);
      expect(issuer.asked()).toBe(0);
    },
  );
});

describe("the issuer's keys", () => {
  it("are asked for once, however many log in", async () => {
    for (let times = 0; times < 20; times += 1) await verify(await sign());
    expect(issuer.asked()).toBe(1);
  });

  it("rotate: a token of a new key is good at once, and one of a key taken back is not", async () => {
    const old = await sign();
    await verify(old);
    aheadMs += limits.jwksAskAgainMs;
    const first = key;
    key = await makeKey("second");
    issuer.publish(first, key);
    expect(await verify(await sign())).toMatchObject({ voterId: "ana" });
    expect(await verify(old)).toMatchObject({ voterId: "ana" });
    issuer.publish(key);
    aheadMs += limits.jwksFreshMs;
    expect(await verify(await signLogin(issuer, first, "ana", { expiresIn: 7_200 }))).toEqual(
      invalid,
    );
  });

  it("are asked for again at intervals only, however many made-up key names come", async () => {
    await verify(await sign());
    for (let times = 0; times < 50; times += 1) {
      const stranger = { ...key, kid: `made-up-${times}` };
      expect(await verify(await signLogin(issuer, stranger, "eve"))).toEqual(invalid);
    }
    expect(issuer.asked()).toBe(1);
    aheadMs = limits.jwksAskAgainMs;
    await verify(await signLogin(issuer, { ...key, kid: "made-up" }, "eve"));
    expect(issuer.asked()).toBe(2);
  });

  it("that are encryption keys, or shared secrets, verify nothing", async () => {
    issuer.publish({ ...key, jwk: { ...key.jwk, use: "enc" } });
    expect(await verify(await sign())).toEqual(invalid);
    aheadMs = limits.jwksFreshMs;
    issuer.publish({ ...key, jwk: { kty: "oct", k: "AAAA", kid: "first" } });
    expect(await verify(await sign({ expiresIn: 7_200 }))).toEqual(invalid);
  });
});

/** What a login says whose time limit passes at this moment; it may not wait any longer. */
async function verifyUntilLimit(moment: Promise<void>) {
  const limit = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(limit.signal);
  const answer = verify(await sign());
  await moment;
  expect(timeout).toHaveBeenLastCalledWith(limits.jwksAnswerMsMax);
  timeout.mockRestore();
  limit.abort();
  return Promise.race([answer, setImmediate("still waiting")]);
}

describe("an issuer in trouble", () => {
  const troubles: [string, (issuer: LocalIssuer) => unknown][] = [
    ["that is down", (its) => its.stop()],
    ["that answers 500", (its) => its.answer((_, response) => response.writeHead(500).end())],
    ["that answers a page", (its) => its.answer((_, response) => response.end("<html>"))],
    ["without keys", (its) => its.answer((_, response) => response.end('{"keys":7}'))],
    [
      "with keys beyond all measure",
      (its) =>
        its.answer((_, response) =>
          response.end(`{"keys":[],"more":"${"x".repeat(limits.jwksBytesMax)}"}`),
        ),
    ],
    [
      "with too many keys",
      (its) =>
        its.answer((_, response) =>
          response.end(
            JSON.stringify({ keys: Array.from({ length: 101 }, () => ({ kty: "EC" })) }),
          ),
        ),
    ],
    [
      "that cuts its answer",
      (its) =>
        its.answer((_, response) => {
          response.writeHead(200, { "content-length": "5000" });
          response.write("{", () => response.destroy());
        }),
    ],
  ];

  it.each(troubles)("%s makes a login wait, never pass", async (_, trouble) => {
    await trouble(issuer);
    expect(await verify(await sign())).toEqual(unavailable);
    expect(reports).toHaveLength(1);
  });

  it("that sends elsewhere for its keys is not followed", async () => {
    const other = await startIssuer();
    other.publish(key);
    issuer.answer((_, response) => response.writeHead(302, { location: other.jwksUrl }).end());
    expect(await verify(await sign())).toEqual(unavailable);
    expect(other.asked()).toBe(0);
    await other.stop();
  });

  it("that is slow is waited for no longer than the limit, before and within its answer", async () => {
    const asked = Promise.withResolvers<void>();
    issuer.answer(() => asked.resolve());
    expect(await verifyUntilLimit(asked.promise)).toEqual(unavailable);
    aheadMs = limits.jwksAskAgainMs;
    const begun = Promise.withResolvers<void>();
    onAnswer = begun.resolve;
    issuer.answer((_, response) => void response.write('{"keys":['));
    expect(await verifyUntilLimit(begun.promise)).toEqual(unavailable);
  });

  it("is served by the keys at hand for a while, and then no more", async () => {
    const token = await sign({ expiresIn: 7_200 });
    await verify(token);
    issuer.answer((_, response) => response.writeHead(503).end());
    aheadMs = limits.jwksFreshMs + 1_000;
    expect(await verify(token)).toMatchObject({ voterId: "ana" });
    aheadMs = limits.jwksStaleMsMax + 1_000;
    expect(await verify(token)).toEqual(unavailable);
  });

  it("is asked again after a while, and all is well", async () => {
    issuer.answer((_, response) => response.writeHead(503).end());
    expect(await verify(await sign())).toEqual(unavailable);
    issuer.publish(key);
    expect(await verify(await sign())).toEqual(unavailable);
    aheadMs = limits.jwksAskAgainMs;
    expect(await verify(await sign())).toMatchObject({ voterId: "ana" });
  });

  it("is reported without a word of the token", async () => {
    await issuer.stop();
    const token = await sign();
    await verify(token);
    for (const part of token.split(".")) expect(reports.join()).not.toContain(part);
  });
});

describe("the variable of issuers", () => {
  const good = { issuer: "https://a.example", jwks_url: "https://a.example/k", audience: "x" };
  it.each([
    ["over plain HTTP elsewhere", { ...good, jwks_url: "http://a.example/k" }],
    ["with a shared secret's algorithm", { ...good, algorithms: ["HS256"] }],
    ["without an algorithm", { ...good, algorithms: [] }],
    ["without an audience", { ...good, audience: "" }],
    ["with a member that nobody knows", { ...good, keys: [] }],
  ])("that has an issuer %s trusts nobody, and says which entry it is", (_, entry) => {
    const { issuers, problem } = readIssuers(JSON.stringify([good, entry]));
    expect(issuers.size).toBe(0);
    expect(problem).toMatch(/^EXTERNAL_ISSUERS is not the list .*, entry 1/);
    expect(problem).not.toContain("a.example");
  });

  it("that is right trusts whom it names", () => {
    expect(readIssuers(JSON.stringify([good]))).toEqual({
      issuers: new Map([[good.issuer, { ...good, algorithms: ["RS256", "ES256"] }]]),
      problem: null,
    });
  });

  it.each([
    ["[{", "EXTERNAL_ISSUERS is not JSON"],
    ["", "EXTERNAL_ISSUERS is not JSON"],
    ['{"issuer":"x"}', "EXTERNAL_ISSUERS is not the list that docs/roles.md describes"],
  ])("that is %s trusts nobody, and logins say why", async (text, problem) => {
    const none = externalLogins(readIssuers(text), {
      fetch: () => Promise.reject(new Error("nobody is asked")),
      now: () => Date.now(),
      report: () => {},
    });
    expect(none.problems).toEqual([problem]);
    expect(none.knows(issuer.name)).toBe(false);
    expect(await none.verify(await sign(), terms(), nonce)).toEqual(unavailable);
  });
});
