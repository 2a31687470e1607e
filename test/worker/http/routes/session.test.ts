import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { nameMacs } from "../../../../src/auth/name-macs.ts";
import { createApp } from "../../../../src/http/app.ts";
import { chooseCache } from "../../../../src/platform/adapters/cache.ts";
import { httpDependencies } from "../../../../src/platform/http-dependencies.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { isolateThatCounts } from "../../../support/worker/counted-objects.ts";
import { draftDecision, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey } from "../../../support/worker/keys.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";
import {
  cookieIn,
  ownPage,
  sessionOf,
  sessionPath,
  signIn,
} from "../../../support/worker/sessions.ts";

const keysPath = "/api/v1/api-keys";
const registry = () => env.REGISTRY.getByName("registry");
const draftBody = { title: "Drafted in a browser", electorate: "open" };

afterEach(releaseClock);

describe("signing in with a key", () => {
  it("begins a session with the key's rights, in a cookie that no script and no other site has", async () => {
    const { id, key } = await issueOrganiserKey("session-owner");
    const { session, cookie, attributes } = await signIn(key);
    expect(session).toMatchObject({
      role: "organiser",
      owner: "session-owner",
      label: "a key of session-owner",
      decision_id: null,
      signed_in_with: "key",
    });
    expect(cookie).not.toContain(key);
    expect(attributes.toSorted()).toEqual(
      ["HttpOnly", `Max-Age=${12 * 3_600}`, "Path=/", "SameSite=Strict", "Secure"].toSorted(),
    );
    expect(await sessionOf(cookie)).toEqual(session);
    expect(session.id).not.toBe(id);
  });

  it("keeps the secret nowhere: not in the answer, and of it a digest in the record", async () => {
    const { session, cookie } = await signIn((await issueKey("auditor")).key);
    const secret = cookie.split("_").at(-2) ?? "";
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const kept = await runInDurableObject(registry(), (_, { storage }) =>
      storage.sql.exec("SELECT * FROM sessions WHERE id = ?", session.id).toArray(),
    );
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(secret);
  });

  it("is for organisers, auditors and admins: stations and voters have their devices", async () => {
    const body = (key: string) => ({ body: { key }, headers: ownPage() });
    const station = (await issueKey("station")).key;
    await refused("POST", sessionPath, body(station), 403, "role.forbidden");
    const voter = await tokenFor(await openedDecision(), "ana");
    await refused("POST", sessionPath, body(voter), 403, "role.forbidden");
    await refused("POST", sessionPath, body("guessed"), 401, "key.invalid");
  });

  it("gives a new secret each time and ends the session before, so that nobody fixes it", async () => {
    const { key } = await issueOrganiserKey("session-fixed");
    const planted = await signIn(key);
    const own = await signIn(key, planted.cookie);
    expect(own.cookie).not.toBe(planted.cookie);
    expect(await sessionOf(planted.cookie)).toBeNull();
    expect(await sessionOf(own.cookie)).toEqual(own.session);
  });

  it("takes no cookie for its own that somebody made up and planted", async () => {
    const planted = `__Host-session=es_${"0".repeat(16)}_${"1".repeat(64)}_${"2".repeat(16)}`;
    const { cookie } = await signIn((await issueKey("auditor")).key, planted);
    expect(cookie).not.toBe(planted);
  });

  it("is no other site's to do", async () => {
    const { key } = await issueKey("auditor");
    for (const headers of [
      { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      { "sec-fetch-site": "same-site", origin: "https://other.enviro.example" },
      { origin: "https://evil.example" },
      { origin: "null" },
    ])
      await refused("POST", sessionPath, { body: { key }, headers }, 403, "session.cross_site");
    const form = { text: `key=${key}`, headers: { "content-type": "text/plain" } };
    await refused("POST", sessionPath, form, 415, "body.unsupported_type");
  });

  it("lets the oldest session of a key go where there are too many", async () => {
    const { key } = await issueKey("auditor");
    const signedIn = [];
    for (let count = 0; count <= limits.sessionsOfKeyMax; count += 1) {
      stopClockAt(Date.now() + 1);
      signedIn.push(await signIn(key));
    }
    const there = await Promise.all(signedIn.map(({ cookie }) => sessionOf(cookie)));
    expect(there.map((session) => session !== null)).toEqual([
      false,
      ...Array.from({ length: limits.sessionsOfKeyMax }, () => true),
    ]);
  });

  it("is refused with a key that another isolate has just revoked", async () => {
    const { id, key } = await issueKey("auditor");
    const isolate = createApp(httpDependencies(env, chooseCache(env)));
    const signInThere = () =>
      isolate.request(sessionPath, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ key }),
      });
    expect((await signInThere()).status).toBe(201);
    await send("DELETE", `${keysPath}/${id}`, { key: adminKey });
    await expectProblem(await signInThere(), 401, "key.invalid");
  });
});

describe("a session", () => {
  it("does what its key may, and says in the audit log that it was this session", async () => {
    const { id: keyId, key } = await issueOrganiserKey("session-acts");
    const { session, cookie } = await signIn(key);
    const headers = ownPage({ cookie });
    const drafted = await api<{ id: string }>("POST", "/api/v1/decisions", {
      body: draftBody,
      headers,
    });
    expect(drafted.status).toBe(201);
    const path = `/api/v1/decisions/${drafted.body.id}`;
    await api("PATCH", path, { key, body: { title: "By the key itself" } });
    const log = await api<{ entries: { actor: object }[] }>("GET", `${path}/audit-log`, {
      headers: { cookie },
    });
    const actor = { role: "organiser", key_id: keyId, owner: "session-acts" };
    expect(log.body.entries.map((entry) => entry.actor)).toEqual([
      { ...actor, session: session.id },
      { ...actor, session: null },
    ]);
  });

  it("reads its own drafts where strangers find nothing, and no cache keeps what it read", async () => {
    const { key } = await issueOrganiserKey("session-drafts");
    const { cookie } = await signIn(key);
    const path = `/api/v1/decisions/${await draftDecision({}, key)}`;
    for (const each of [path, `${path}/results`, `${path}/rule`]) {
      const response = await send("GET", each, { headers: { cookie } });
      expect(response.status, each).toBe(200);
      expect(response.headers.get("cache-control"), each).toBe("no-store");
      await response.body?.cancel();
      expect((await send("GET", each)).status, each).toBe(404);
    }
  });

  it("reads what everybody reads just as everybody does, where a cache may keep it", async () => {
    const { cookie } = await signIn(adminKey);
    const path = `/api/v1/decisions/${await openedDecision()}`;
    for (const each of [path, `${path}/results`, `${path}/manifest`, `${path}/rule`]) {
      const plain = await send("GET", each, { afresh: true });
      const signedIn = await send("GET", each, { headers: { cookie }, afresh: true });
      const cacheOf = ({ headers }: Response) => [
        headers.get("cache-control"),
        headers.get("etag"),
      ];
      expect(cacheOf(signedIn), each).toEqual(cacheOf(plain));
      const bodyOf = async (response: Response) =>
        (await response.text()).replace(/"age_ms":\d+|"as_of":"[^"]+"/g, "");
      expect(await bodyOf(signedIn), each).toBe(await bodyOf(plain));
    }
  });

  it("counts from a page of this origin alone where something is changed", async () => {
    const { cookie } = await signIn((await issueOrganiserKey("session-csrf")).key);
    for (const headers of [
      {},
      { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
      { "sec-fetch-site": "cross-site", origin: "https://enviro.example" },
      { origin: "https://evil.example" },
      { origin: "http://enviro.example" },
      { origin: "https://enviro.example.evil.example" },
      { origin: "null" },
    ]) {
      const ask = { body: draftBody, headers: { ...headers, cookie } };
      await refused("POST", "/api/v1/decisions", ask, 403, "session.cross_site");
      const end = { headers: { ...headers, cookie } };
      await refused("DELETE", sessionPath, end, 403, "session.cross_site");
    }
    expect(await sessionOf(cookie)).not.toBeNull();
    for (const headers of [
      { origin: "https://enviro.example" },
      { "sec-fetch-site": "same-origin" },
    ]) {
      const ask = { body: draftBody, headers: { ...headers, cookie } };
      expect((await api("POST", "/api/v1/decisions", ask)).status).toBe(201);
    }
  });

  it("is not there for a WebSocket that another site's page opens", async () => {
    const { key } = await issueOrganiserKey("session-socket");
    const { cookie } = await signIn(key);
    const path = `/api/v1/decisions/${await draftDecision({}, key)}/results/socket`;
    const upgrade = { upgrade: "websocket", cookie };
    await refused(
      "GET",
      path,
      { headers: { ...upgrade, origin: "https://evil.example" } },
      404,
      "decision.not_found",
    );
    const own = await send("GET", path, {
      headers: { ...upgrade, origin: "https://enviro.example" },
    });
    expect(own.status).not.toBe(404);
    own.webSocket?.accept();
    own.webSocket?.close();
  });

  it("casts no vote over a station's WebSocket that another site's page opens", async () => {
    const { cookie } = await signIn(adminKey);
    const path = `/api/v1/decisions/${await openedDecision()}/station-socket`;
    const upgrade = { upgrade: "websocket", cookie };
    const foreign = { headers: { ...upgrade, origin: "https://evil.example" } };
    await refused("GET", path, foreign, 403, "session.cross_site");
    const own = await send("GET", path, {
      headers: { ...upgrade, origin: "https://enviro.example" },
    });
    expect(own.status).toBe(101);
    own.webSocket?.accept();
    own.webSocket?.close();
  });

  it("has no say where an Authorization header is sent, good or not", async () => {
    const { cookie } = await signIn(adminKey);
    const { key } = await issueKey("auditor");
    const wrong = { key: "guessed", headers: ownPage({ cookie }) };
    await refused("GET", keysPath, wrong, 401, "key.invalid");
    await refused("GET", keysPath, { key, headers: ownPage({ cookie }) }, 403, "role.forbidden");
    const basic = ownPage({ cookie, authorization: "Basic YTpi" });
    await refused("GET", keysPath, { headers: basic }, 401, "credential.missing");
    // The header can't be sent by another site's page, so its own key needs no origin.
    const own = { key: adminKey, headers: { cookie, origin: "https://evil.example" } };
    expect((await api("GET", keysPath, own)).status).toBe(200);
  });

  it("ends by signing out: whoever has kept the cookie has nothing", async () => {
    const { cookie } = await signIn((await issueKey("auditor")).key);
    const response = await send("DELETE", sessionPath, { headers: ownPage({ cookie }) });
    expect(response.status).toBe(204);
    const gone = cookieIn(response);
    expect(gone.cookie).toBe("__Host-session=");
    expect(gone.attributes).toContain("Max-Age=0");
    expect(await sessionOf(cookie)).toBeNull();
    const headers = { cookie };
    await refused("GET", "/api/v1/audit/decisions", { headers }, 401, "session.ended");
    const again = await send("DELETE", sessionPath, { headers: ownPage({ cookie }) });
    expect(again.status).toBe(204);
  });

  it("ends at once with its key, in every isolate, and others of the role go on", async () => {
    const { id, key } = await issueKey("auditor");
    const { cookie } = await signIn(key);
    const other = await signIn((await issueKey("auditor")).key);
    const isolate = createApp(httpDependencies(env, chooseCache(env)));
    const read = (sent: string) =>
      isolate.request("/api/v1/audit/decisions", { headers: { cookie: sent } });
    expect((await read(cookie)).status).toBe(200);
    await send("DELETE", `${keysPath}/${id}`, { key: adminKey });
    await expectProblem(await read(cookie), 401, "session.ended");
    expect((await read(other.cookie)).status).toBe(200);
  });

  it("ends with the deployment's own key, once that is another", async () => {
    const { cookie } = await signIn(adminKey);
    const rotated = { ...env, ADMIN_API_KEY: "another-admin-key-of-32-characters-or-more" };
    const isolate = createApp(httpDependencies(rotated, chooseCache(rotated)));
    const answer = await isolate.request(keysPath, { headers: { cookie } });
    await expectProblem(answer, 401, "session.ended");
    expect((await api("GET", keysPath, { headers: { cookie } })).status).toBe(200);
  });

  it("ends twelve hours after it began, to the millisecond", async () => {
    const began = Date.now();
    stopClockAt(began);
    const { session, cookie } = await signIn((await issueKey("auditor")).key);
    expect(Date.parse(session.expires_at)).toBe(began + limits.sessionMs);
    stopClockAt(began + limits.sessionMs - 1);
    expect(await sessionOf(cookie)).not.toBeNull();
    stopClockAt(began + limits.sessionMs);
    expect(await sessionOf(cookie)).toBeNull();
    const ask = { headers: { cookie } };
    await refused("GET", "/api/v1/audit/decisions", ask, 401, "session.ended");
  });

  it("costs the registry its row once it is over", async () => {
    const began = Date.now();
    stopClockAt(began);
    const { session } = await signIn((await issueKey("auditor")).key);
    const rows = () =>
      runInDurableObject(registry(), (_, { storage }) =>
        storage.sql.exec("SELECT id FROM sessions WHERE id = ?", session.id).toArray(),
      );
    const { key } = await issueKey("auditor");
    stopClockAt(began + limits.sessionMs - 1);
    await signIn(key);
    expect(await rows()).toHaveLength(1);
    stopClockAt(began + limits.sessionMs);
    await signIn(key);
    expect(await rows()).toHaveLength(0);
  });

  it("is nobody's with a cookie that is forged, cut or sent twice", async () => {
    const { session, cookie } = await signIn(adminKey);
    const macs = nameMacs(env.ID_KEYS, { purpose: "session/1", macDigits: 16 });
    const name = `${session.id}_${"0".repeat(64)}`;
    const isolate = isolateThatCounts();
    const ask = async (sent: string) => {
      const answer = await isolate.fetch(keysPath, { headers: { cookie: sent } });
      return [answer.status, (await answer.json<{ code: string }>()).code];
    };
    const value = cookie.slice("__Host-session=".length);
    const key = `eg_${value.slice(3)}`;
    for (const forged of [`es_${name}_${"0".repeat(16)}`, value.slice(0, -1), key, "x", ""])
      expect(await ask(`__Host-session=${forged}`), forged).toEqual([401, "session.ended"]);
    // By its mac it is no session of ours, so nobody was asked.
    expect(isolate.reached).toEqual([]);
    expect(await ask(`__Host-session=es_${name}_${macs.sign(name)}`)).toEqual([
      401,
      "session.ended",
    ]);
    expect(isolate.reached).toEqual(["REGISTRY"]);
    expect(await ask(`${cookie}; ${cookie}`)).toEqual([401, "credential.missing"]);
    expect(await ask(`session=${value}`)).toEqual([401, "credential.missing"]);
  });
});

describe("the session of whoever asks", () => {
  it("is null for strangers, who are refused nothing and told of no cookie", async () => {
    const response = await send("GET", sessionPath);
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ session: null, providers: [] });
  });
});
