import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createApp } from "../../../../src/http/app.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { clientId, clientSecret, LoginProvider } from "../../../support/issuer/login-provider.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { expectDocumented } from "../../../support/worker/documented.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { cookieIn, ownPage, type SessionBody } from "../../../support/worker/sessions.ts";

const origin = "https://enviro.example";
const loginPath = "/api/v1/session/login?provider=council";
const rules = [
  { claim: "groups", value: "governance-admins", role: "admin" },
  { claim: "groups", value: "clerks", role: "organiser", owner_claim: "office" },
  { claim: "email", value: "audit@council.example", role: "auditor" },
  { claim: "department", value: "rivers", role: "organiser", owner: "river-office" },
];
const clerk = { groups: ["staff", "clerks"], office: "town-clerk" };
let provider: LoginProvider;
let app: ReturnType<typeof createApp>;

function entry(more: object = {}) {
  const { issuer } = provider;
  return {
    id: "council",
    name: "The council's login",
    issuer,
    client_id: clientId,
    client_secret: clientSecret,
    rules,
    ...more,
  };
}

/** A new isolate of a deployment with these settings. */
function isolateOf(logins: unknown): ReturnType<typeof createApp> {
  const STAFF_LOGINS = typeof logins === "string" ? logins : JSON.stringify(logins);
  const given = { ...env, STAFF_LOGINS };
  return createApp(httpDependencies(given, chooseCache(given)));
}

beforeEach(() => {
  provider = new LoginProvider();
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const answer = await provider.fetch(input, init);
    if (answer === null) throw new TypeError("fetch failed");
    return answer;
  });
  app = isolateOf([entry()]);
});

afterEach(() => {
  vi.restoreAllMocks();
  releaseClock();
});

async function get(address: string, headers: Record<string, string> = {}, isolate = app) {
  const request = new Request(new URL(address, origin), { headers, redirect: "manual" });
  const response = await isolate.fetch(request);
  await expectDocumented(request, response);
  return response;
}

/** A browser that begins a login: where it is sent, and the cookie that it keeps meanwhile. */
async function begin(path = loginPath, isolate = app) {
  const response = await get(path, {}, isolate);
  expect(response.status).toBe(302);
  const { cookie, attributes } = cookieIn(response, "__Host-login");
  return { address: response.headers.get("location") ?? "", cookie, attributes };
}

/** The same browser as it comes back; gives where it goes on, and its session. */
async function comeBack(back: URL | string, cookie: string, isolate = app) {
  const response = await get(String(back), { cookie }, isolate);
  expect(response.status).toBe(302);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const set = response.headers.getSetCookie();
  expect(set.some((each) => each.startsWith("__Host-login=;"))).toBe(true);
  const session = set.some((each) => each.startsWith("__Host-session="))
    ? cookieIn(response).cookie
    : null;
  return { location: response.headers.get("location") ?? "", session };
}

async function logIn(claims: Record<string, unknown>, path = loginPath) {
  const { address, cookie } = await begin(path);
  return comeBack(provider.logIn(address, claims), cookie);
}

async function sessionOf(cookie: string | null, isolate = app): Promise<SessionBody | null> {
  const response = await get("/api/v1/session", { cookie: cookie ?? "" }, isolate);
  return (await response.json<{ session: SessionBody | null }>()).session;
}

function problemIn(location: string): string | null {
  const { pathname, searchParams } = new URL(location, origin);
  expect(pathname).toBe("/organise/sign-in");
  return searchParams.get("problem");
}

describe("a login of staff", () => {
  it("is offered by the names that the deployment gives its providers", async () => {
    const response = await get("/api/v1/session");
    expect(await response.json()).toEqual({
      session: null,
      providers: [{ id: "council", name: "The council's login" }],
    });
  });

  it("begins at the provider with code, PKCE, state and nonce, kept in a cookie for ten minutes", async () => {
    const { address, cookie, attributes } = await begin();
    const { origin: at, pathname, searchParams } = new URL(address);
    expect(at + pathname).toBe(`${provider.issuer}/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: "code",
      client_id: clientId,
      redirect_uri: `${origin}/api/v1/session/callback/council`,
      scope: "openid",
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    expect(attributes.toSorted()).toEqual([
      "HttpOnly",
      "Max-Age=600",
      "Path=/",
      "SameSite=Lax",
      "Secure",
    ]);
    expect(address).not.toContain(cookie.slice("__Host-login=".length));
    const again = await begin();
    expect(new URL(again.address).searchParams.get("state")).not.toBe(searchParams.get("state"));
  });

  it.each([
    ["a group", clerk, { role: "organiser", owner: "town-clerk" }],
    ["one text", { department: "rivers" }, { role: "organiser", owner: "river-office" }],
    [
      "the first rule",
      { ...clerk, groups: ["clerks", "governance-admins"] },
      { role: "admin", owner: null },
    ],
    [
      "an address that was checked",
      { email: "audit@council.example", email_verified: true },
      { role: "auditor", owner: null },
    ],
  ])("gives role and owner by %s", async (_, claims, expected) => {
    const { location, session } = await logIn(claims);
    expect(location).toBe("/organise");
    expect(await sessionOf(session)).toMatchObject({
      ...expected,
      label: "The council's login",
      decision_id: null,
      signed_in_with: "login",
    });
  });

  it.each([
    ["no claim", {}],
    ["another's group", { groups: ["interns"] }],
    ["a part of a group's name", { groups: ["clerks-of-works"] }],
    ["an address that nobody has checked", { email: "audit@council.example" }],
    ["an owner that is none", { ...clerk, office: "Town Clerk" }],
    ["no owner", { groups: ["clerks"] }],
    ["an owner that is inherited", { groups: ["clerks"], office: { toString: "x" } }],
  ])("gives nothing by %s", async (_, claims) => {
    const { location, session } = await logIn(claims);
    expect(problemIn(location)).toBe("not_staff");
    expect(session).toBeNull();
  });

  it("acts by a name that is no person's, the same each time, and by its session", async () => {
    const actors = [];
    for (const _ of [1, 2]) {
      const { session } = await logIn({
        ...clerk,
        sub: "ana.smith@council.example",
        name: "Ana Smith",
      });
      const headers = ownPage({ cookie: session ?? "", "content-type": "application/json" });
      const body = JSON.stringify({ title: "By staff", electorate: "open" });
      const drafted = await app.request(`${origin}/api/v1/decisions`, {
        method: "POST",
        headers,
        body,
      });
      expect(drafted.status).toBe(201);
      const { id } = await drafted.json<{ id: string }>();
      const log = await get(`/api/v1/decisions/${id}/audit-log`, { cookie: session ?? "" });
      const text = await log.text();
      expect(text).not.toMatch(/ana|smith/i);
      const { entries } = JSON.parse(text) as {
        entries: { actor: { key_id: string; session: string } }[];
      };
      actors.push(entries[0]?.actor);
    }
    const [first, second] = actors;
    expect(first?.key_id).toMatch(/^council:[0-9a-f]{16}$/);
    expect(second?.key_id).toBe(first?.key_id);
    expect(second?.session).not.toBe(first?.session);
  });

  it("ends the session that the browser had", async () => {
    const before = await logIn(clerk);
    const { address, cookie } = await begin();
    const back = provider.logIn(address, clerk);
    const after = await comeBack(back, `${cookie}; ${before.session}`);
    expect(await sessionOf(before.session)).toBeNull();
    expect(await sessionOf(after.session)).not.toBeNull();
  });

  it("asks the provider for its configuration and keys once", async () => {
    await logIn(clerk);
    await logIn(clerk);
    expect(provider.asked.toSorted()).toEqual([
      "GET /.well-known/openid-configuration",
      "GET /keys",
      "POST /token",
      "POST /token",
    ]);
  });
});

describe("a login that is attacked", () => {
  it("is refused with the state of another attempt, before the code is shown to anybody", async () => {
    const victim = await begin();
    const attacker = await begin();
    const planted = provider.logIn(attacker.address, clerk);
    const { location, session } = await comeBack(planted, victim.cookie);
    expect(problemIn(location)).toBe("mixed_up");
    expect(session).toBeNull();
    expect(provider.asked).not.toContain("POST /token");
  });

  it("is refused to a browser that began none, or whose attempt is made up", async () => {
    const { address, cookie } = await begin();
    const back = provider.logIn(address, clerk);
    const value = cookie.slice("__Host-login=".length);
    const [text = "", mac = ""] = value.split(".");
    const changed = Buffer.from(
      Buffer.from(text, "base64url").toString().replace("/organise", "/organisX"),
    ).toString("base64url");
    for (const sent of [
      "",
      "__Host-login=x",
      `__Host-login=${changed}.${mac}`,
      `${cookie}; ${cookie}`,
    ]) {
      const { location, session } = await comeBack(back, sent);
      expect(problemIn(location), sent).toBe("mixed_up");
      expect(session).toBeNull();
    }
    expect(provider.asked).not.toContain("POST /token");
  });

  it("is refused with a code that was exchanged before", async () => {
    const { address, cookie } = await begin();
    const back = provider.logIn(address, clerk);
    expect((await comeBack(back, cookie)).session).not.toBeNull();
    const { location, session } = await comeBack(back, cookie);
    expect(problemIn(location)).toBe("invalid");
    expect(session).toBeNull();
  });

  it("is refused with a code of another attempt, which has another PKCE verifier", async () => {
    const victim = await begin();
    const attacker = await begin();
    const stolen = provider.logIn(victim.address, clerk).searchParams.get("code") ?? "";
    const back = provider.logIn(attacker.address, {});
    back.searchParams.set("code", stolen);
    expect(problemIn((await comeBack(back, attacker.cookie)).location)).toBe("invalid");
  });

  it.each([
    ["another nonce", { claims: { nonce: "another" } }],
    ["no nonce", { claims: { nonce: undefined } }],
    ["another audience", { audience: "another-client" }],
    ["two audiences and no azp", { audience: [clientId, "another-client"] }],
    ["another issuer", { issuer: "https://evil.example" }],
    ["a key that is not published", { hasOtherKey: true }],
    ["no subject", { claims: { sub: "" } }],
  ])("is refused with an ID token of %s", async (_, faults) => {
    const { address, cookie } = await begin();
    provider.faults = faults;
    const { location, session } = await comeBack(provider.logIn(address, clerk), cookie);
    expect(problemIn(location)).toBe("invalid");
    expect(session).toBeNull();
  });

  it("is refused where another provider's answers arrive, before the code is shown to anybody", async () => {
    const isolate = isolateOf([entry(), entry({ id: "county", name: "The county's login" })]);
    const { address, cookie } = await begin("/api/v1/session/login?provider=county", isolate);
    const back = provider.logIn(address, clerk);
    expect(back.pathname).toBe("/api/v1/session/callback/county");
    for (const other of ["council", "nobody"]) {
      const elsewhere = new URL(back);
      elsewhere.pathname = `/api/v1/session/callback/${other}`;
      const { location, session } = await comeBack(elsewhere, cookie, isolate);
      expect(problemIn(location), other).toBe("mixed_up");
      expect(session).toBeNull();
    }
    expect(provider.asked).not.toContain("POST /token");
    expect((await comeBack(back, cookie, isolate)).session).not.toBeNull();
  });

  it("is refused by the issuer in the answer, which must be the provider's (RFC 9207)", async () => {
    for (const iss of ["https://evil.example", ""]) {
      const { address, cookie } = await begin();
      const back = provider.logIn(address, clerk);
      back.searchParams.set("iss", iss);
      expect(problemIn((await comeBack(back, cookie)).location)).toBe("mixed_up");
    }
  });

  it("is over after ten minutes", async () => {
    const began = Date.now();
    stopClockAt(began);
    const { address, cookie } = await begin();
    const back = provider.logIn(address, clerk);
    stopClockAt(began + limits.staffLoginMs);
    expect(problemIn((await comeBack(back, cookie)).location)).toBe("mixed_up");
    stopClockAt(began + limits.staffLoginMs - 1);
    expect((await comeBack(back, cookie)).session).not.toBeNull();
  });

  it.each([
    "https://evil.example/organise",
    "//evil.example/organise",
    "/\\evil.example/organise",
    "/\t/evil.example/organise",
    "/organise/..//evil.example",
    "/organised",
    "organise",
    "/api/v1/session",
    "javascript:alert(1)",
    `/organise?${"x".repeat(600)}`,
    // As an address it is six times as long: a cookie with it comes back from no browser.
    `/organise/${"ж".repeat(500)}`,
  ])("goes on in the app, wherever it is asked to: %s", async (returnTo) => {
    const path = `${loginPath}&return_to=${encodeURIComponent(returnTo)}`;
    expect((await logIn(clerk, path)).location).toBe("/organise");
  });

  it("goes on at the page of the app that it began from", async () => {
    const returnTo = "/organise/decisions/d-1/roll?import=2#problems";
    const path = `${loginPath}&return_to=${encodeURIComponent(returnTo)}`;
    expect((await logIn(clerk, path)).location).toBe(returnTo);
  });
});

describe("a login that does not come about", () => {
  it("is told in words where somebody has thought better of it", async () => {
    const { address, cookie } = await begin();
    const back = provider.logIn(address);
    back.searchParams.delete("code");
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_description", "<b>no</b>");
    const { location } = await comeBack(back, cookie);
    expect(problemIn(location)).toBe("declined");
    expect(location).not.toContain("no%3C");
  });

  it("is told where there is no such provider", async () => {
    const response = await get("/api/v1/session/login?provider=nobody");
    expect(problemIn(response.headers.get("location") ?? "")).toBe("unknown_provider");
  });

  it("is told where the provider does not answer, or answers of another issuer", async () => {
    for (const faults of [
      { isAway: true },
      { metadata: { issuer: "https://evil.example" } },
      { metadata: { token_endpoint: "http://login.council.example/token" } },
    ]) {
      provider.faults = faults;
      const response = await get(loginPath, {}, isolateOf([entry()]));
      expect(problemIn(response.headers.get("location") ?? "")).toBe("unavailable");
    }
    await expectLogged("login.issuer_unavailable");
  });

  it("is told where the code can't be exchanged for reasons of ours or the provider's", async () => {
    const answers = [
      () => Response.json({ error: "invalid_client" }, { status: 401 }),
      () => new Response("x".repeat(limits.jwksBytesMax + 1)),
      () => new Response("<html>", { status: 502, headers: { "content-type": "text/html" } }),
    ];
    for (const tokenAnswer of answers) {
      provider.faults = {};
      const { address, cookie } = await begin();
      provider.faults = { tokenAnswer };
      const { location, session } = await comeBack(provider.logIn(address, clerk), cookie);
      expect(problemIn(location)).toBe("unavailable");
      expect(session).toBeNull();
    }
    await expectLogged("login.provider_failed");
  });
});

describe("a session by a login", () => {
  it("ends where the provider's entry is gone or gives other roles, and not with its secret", async () => {
    const { session } = await logIn(clerk);
    expect(
      await sessionOf(session, isolateOf([entry({ client_secret: "rotated" })])),
    ).not.toBeNull();
    for (const logins of [
      [],
      [entry({ rules: rules.slice(1) })],
      [entry({ client_id: "other" })],
    ]) {
      const answer = await get(
        "/api/v1/own-decisions",
        { cookie: session ?? "" },
        isolateOf(logins),
      );
      await expectProblem(answer, 401, "session.ended");
    }
  });
});

describe("STAFF_LOGINS", () => {
  it.each([
    ["no JSON", "[", /^STAFF_LOGINS is not JSON$/],
    ["no list", "{}", /is not the list/],
    [
      "an issuer that anybody on the way could be",
      () => [entry({ issuer: "http://login.council.example" })],
      /entry 0, issuer$/,
    ],
    ["two entries of one id", () => [entry(), entry()], /is not the list/],
    [
      "an organiser without an owner",
      () => [entry({ rules: [{ claim: "a", value: "b", role: "organiser" }] })],
      /entry 0, rules$/,
    ],
    [
      "an owner of an admin",
      () => [entry({ rules: [{ claim: "a", value: "b", role: "admin", owner: "c" }] })],
      /entry 0, rules$/,
    ],
    [
      "a station",
      () => [entry({ rules: [{ claim: "a", value: "b", role: "station" }] })],
      /entry 0, rules$/,
    ],
    [
      "a signature by a shared secret",
      () => [entry({ algorithms: ["HS256"] })],
      /entry 0, algorithms$/,
    ],
    ["a member that is not known", () => [entry({ secret: "x" })], /entry 0/],
  ])(
    "with %s offers no login, is said by /readyz, and quotes nothing",
    async (_, logins, words) => {
      const isolate = isolateOf(typeof logins === "function" ? logins() : logins);
      await expectLogged("logins.misconfigured");
      const response = await get("/api/v1/session", {}, isolate);
      expect(await response.json()).toMatchObject({ providers: [] });
      const ready = await isolate.request("/readyz");
      const { logins: shown } = await ready.json<{ logins: { problems: string[] } }>();
      expect(shown.problems).toHaveLength(1);
      expect(shown.problems[0]).toMatch(words);
    },
  );
});
