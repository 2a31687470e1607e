import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { LoginChallenge } from "../../../src/auth/challenge/login-challenge.ts";
import type { ExternalLogins } from "../../../src/auth/external-login/external-logins.ts";
import type { AdmissionVariables } from "../../../src/platform/admission/admission.ts";
import type { Admission } from "../../../src/ports/admission.ts";
import { limits } from "../../../src/shared/limits.ts";
import { expectLogged } from "../../support/error-lines.ts";
import { labelNonce } from "../../support/label-nonce.ts";
import { adminKey } from "../../support/worker/api.ts";
import { openedDecision, tokenFor } from "../../support/worker/decisions.ts";
import { issueKey } from "../../support/worker/keys.ts";
import { limitedIsolate, type Sent } from "../../support/worker/limited-isolate.ts";
import { signIn } from "../../support/worker/sessions.ts";

const [here, elsewhere] = ["203.0.113.7", "198.51.100.9"];
const evaluation = { preset: "simple-majority", tally: { yes: 2, no: 1 } };

function voteOf(decisionId: string, key: string): Sent {
  const nonce = labelNonce(key);
  const body = { decision_id: decisionId, vote: "yes", nonce };
  return { method: "POST", path: "/api/v1/voting/cast-vote", key, body, address: here };
}

const byAddress: [name: string, max: number, sent: (id: string) => Sent][] = [
  ["reads", limits.rateReadsMax, (id) => ({ path: `/api/v1/decisions/${id}/results` })],
  ["lists", limits.rateListsMax, () => ({ path: "/api/v1/decisions" })],
  ["exports", limits.rateExportsMax, (id) => ({ path: `/api/v1/decisions/${id}/export` })],
  [
    "watchers",
    limits.rateWatchesMax,
    // Without an upgrade nobody is seated, but it was counted.
    (id) => ({ path: `/api/v1/decisions/${id}/results/socket` }),
  ],
  [
    "evaluations",
    limits.rateEvaluationsMax,
    () => ({ method: "POST", path: "/api/v1/rules/evaluate", body: evaluation }),
  ],
];

describe("what anybody may ask", () => {
  it.each(byAddress)(
    "%s are limited by address, and refused without a call",
    async (_, max, of) => {
      const id = await openedDecision();
      const { send, exhaust, calls } = limitedIsolate();
      const sent = of(id);
      expect(await exhaust({ ...sent, address: here })).toBe(max);
      const before = calls.count;
      const refused = await send({ ...sent, address: here });
      expect(refused).toMatchObject({ status: 429, code: "rate.exceeded" });
      expect(refused.headers.get("retry-after")).toBe(String(limits.rateWindowSeconds));
      expect(refused.headers.get("cache-control")).toBe("no-store");
      expect(calls.count).toBe(before);
      expect((await send({ ...sent, address: elsewhere })).status).not.toBe(429);
    },
  );

  it("of IPv6 a whole line is one client", async () => {
    const { send, exhaust } = limitedIsolate();
    const sent = { method: "POST", path: "/api/v1/rules/evaluate", body: evaluation };
    await exhaust({ ...sent, address: "2001:db8:1:200::1" });
    expect((await send({ ...sent, address: "2001:db8:1:2ff:ffff::9" })).status).toBe(429);
    expect((await send({ ...sent, address: "2001:db8:1:300::1" })).status).toBe(200);
  });

  it("a HEAD counts as the GET that it stands for, and what no route takes as a read", async () => {
    const id = await openedDecision();
    const { send, exhaust } = limitedIsolate();
    const path = `/api/v1/decisions/${id}/export`;
    const most = limits.rateExportsMax;
    expect(await exhaust({ method: "HEAD", path, address: here })).toBe(most);
    expect((await send({ path, address: here })).status).toBe(429);
    const madeUp = { path: "/api/v1/decisions/x/y/z", address: here };
    expect(await exhaust(madeUp)).toBe(limits.rateReadsMax);
  });

  it("is told of its health, however often it asks", async () => {
    const { exhaust } = limitedIsolate();
    const times = limits.rateReadsMax + 1;
    expect(await exhaust({ path: "/healthz", address: here }, times)).toBe(times);
  });
});

describe("whoever signs in", () => {
  const signingIn = (key: string, address = here): Sent => ({
    method: "POST",
    path: "/api/v1/session",
    body: { key },
    address,
  });

  it("counts by the key: a key that begins too many sessions is refused without a call", async () => {
    const { send, exhaust, calls } = limitedIsolate();
    const { key } = await issueKey("auditor");
    expect(await exhaust(signingIn(key))).toBe(limits.rateExchangesMax);
    const before = calls.count;
    expect(await send(signingIn(key, elsewhere))).toMatchObject({ status: 429 });
    expect(calls.count).toBe(before);
    expect((await send(signingIn((await issueKey("auditor")).key))).status).toBe(201);
  });

  it("with a key that is no good counts by address, and calls nothing", async () => {
    const { send, exhaust, calls } = limitedIsolate();
    expect(await exhaust(signingIn("guessed"))).toBe(limits.rateFailedCredentialsMax);
    expect(calls.count).toBe(0);
    expect((await send(signingIn((await issueKey("auditor")).key))).status).toBe(201);
  });

  it("with a forged cookie counts by address, and calls nothing", async () => {
    const { exhaust, calls } = limitedIsolate();
    const path = "/api/v1/audit/decisions";
    const forged = { path, cookie: "__Host-session=es_guessed", address: here };
    expect(await exhaust(forged)).toBe(limits.rateFailedCredentialsMax);
    expect(calls.count).toBe(0);
  });

  it("counts by the session before the registry is asked, then as the key does", async () => {
    const { session, cookie } = await signIn(adminKey);
    const counted: string[] = [];
    const admission: Admission = {
      isOn: true,
      admits: (kind, subject) => {
        counted.push(`${kind} ${subject}`);
        return Promise.resolve(counted.length < 3);
      },
      isFrequentVoter: () => false,
    };
    const { send, calls } = limitedIsolate({ replaced: { admission } });
    const path = "/api/v1/audit/decisions";
    expect((await send({ path, cookie })).status).toBe(200);
    expect(counted).toEqual([`key session ${session.id}`, "key deployment"]);
    const before = calls.count;
    expect((await send({ path, cookie })).status).toBe(429);
    expect(calls.count).toBe(before);
  });

  it("comes back from a provider as often as a login may be exchanged, by address", async () => {
    const { exhaust } = limitedIsolate();
    const back = { path: "/api/v1/session/callback/council?code=x&state=y", address: here };
    expect(await exhaust(back)).toBe(limits.rateExchangesMax);
  });
});

describe("a vote", () => {
  it("counts by the subject of its token: a hall behind one address votes on", async () => {
    const id = await openedDecision();
    const { send, exhaust, calls } = limitedIsolate();
    const [busy, other] = [await tokenFor(id, "busy"), await tokenFor(id, "other")];
    const free = limits.rateVoterRequestsFree;
    expect(await exhaust(voteOf(id, busy))).toBe(limits.rateVoterRequestsMax + free);
    const before = calls.count;
    const refused = await send(voteOf(id, busy));
    expect(refused).toMatchObject({ status: 429, code: "rate.exceeded" });
    expect(calls.count).toBe(before);
    // Another token of the same voter, from another address.
    const again = { ...voteOf(id, await tokenFor(id, "busy")), address: elsewhere };
    expect((await send(again)).status).toBe(429);
    expect((await send(voteOf(id, other))).status).toBe(201);
  });

  it("is let through whatever its address has read, watched or failed", async () => {
    const id = await openedDecision();
    const { send, exhaust } = limitedIsolate();
    await exhaust({ path: `/api/v1/decisions/${id}/results`, address: here });
    await exhaust({ ...voteOf(id, "no token"), address: here });
    expect((await send(voteOf(id, await tokenFor(id, "ana")))).status).toBe(201);
  });

  it("counts with the voter's other requests", async () => {
    const id = await openedDecision();
    const { send, exhaust } = limitedIsolate();
    const key = await tokenFor(id, "ana");
    await exhaust({ path: `/api/v1/decisions/${id}/eligibility`, key });
    const mine = { method: "POST", path: `/api/v1/decisions/${id}/votes/mine`, key };
    expect((await send({ ...mine, body: { r: labelNonce("r") } })).status).toBe(429);
    expect((await send(voteOf(id, key))).status).toBe(429);
  });
});

describe("a login", () => {
  const issuer = "https://login.example";
  /** The issuer's word: a login is who logs in, and anybody else's is no good. */
  const logins: ExternalLogins = {
    problems: [],
    knows: () => true,
    verify: (token) => {
      const [kind, subject = ""] = token.split(".");
      if (kind !== "good") return Promise.resolve({ refused: "login.invalid" });
      const usableUntil = Date.now() + 60_000;
      return Promise.resolve({ voterId: subject, region: "north", subject, usableUntil });
    },
  };
  let secrets = 0;

  function exchangeOf(decisionId: string, key: string): Sent {
    secrets += 1;
    const path = `/api/v1/decisions/${decisionId}/tokens/exchange`;
    const body = { secret: String(secrets).padStart(43, "s") };
    return { method: "POST", path, key, body, address: here };
  }

  it("passes whatever else is tried behind its address, and what is no good calls nothing", async () => {
    const id = await openedDecision({ login: { issuer } });
    const { send, exhaust, calls } = limitedIsolate({ replaced: { logins } });
    expect((await send(exchangeOf(id, "good.ana"))).status).toBe(200);
    const before = calls.count;
    const junk = exchangeOf(id, "junk.ana");
    expect(await exhaust(junk)).toBe(limits.rateFailedCredentialsMax);
    for (let more = 0; more < 200; more += 1) {
      expect(await send(junk)).toMatchObject({ code: "rate.exceeded" });
    }
    expect(calls.count).toBe(before);
    expect((await send(exchangeOf(id, "good.bea"))).status).toBe(200);
  });

  it("passes behind a hall's address however many have logged in there", async () => {
    const id = await openedDecision({ login: { issuer } });
    const { send } = limitedIsolate({ replaced: { logins } });
    for (let voter = 0; voter < 150; voter += 1) {
      expect((await send(exchangeOf(id, `good.${voter}`))).status).toBe(200);
    }
  });

  it("counts by its subject, and is refused without a call", async () => {
    const id = await openedDecision({ login: { issuer } });
    const { send, calls } = limitedIsolate({ replaced: { logins } });
    for (let sent = 0; sent < limits.rateExchangesMax; sent += 1) {
      expect((await send(exchangeOf(id, "good.ana"))).status).toBe(200);
    }
    const before = calls.count;
    expect(await send({ ...exchangeOf(id, "good.ana"), address: elsewhere })).toMatchObject({
      code: "rate.exceeded",
    });
    expect(calls.count).toBe(before);
    expect((await send(exchangeOf(id, "good.bea"))).status).toBe(200);
  });

  it("whose challenge failed counts by address, and the others pass beside it", async () => {
    const id = await openedDecision({ login: { issuer } });
    const challenge: LoginChallenge = {
      problems: [],
      verify: (token) => Promise.resolve(token === "solved" ? "passed" : "failed"),
    };
    const { send, exhaust } = limitedIsolate({ replaced: { logins, challenge } });
    expect(await exhaust(exchangeOf(id, "good.ana"))).toBe(limits.rateFailedCredentialsMax);
    const sent = exchangeOf(id, "good.ana");
    expect((await send({ ...sent, body: { ...sent.body, turnstile: "solved" } })).status).toBe(200);
  });
});

describe("an API key", () => {
  it("is limited by itself, and refused before a room is asked", async () => {
    const [station, other] = [await issueKey("station"), await issueKey("station")];
    const { send, exhaust, calls } = limitedIsolate();
    const ask = (key: string): Sent => ({ path: "/api/v1/audit-log", key });
    expect(await exhaust(ask(station.key))).toBe(limits.rateKeyRequestsMax);
    const before = calls.count;
    expect((await send(ask(station.key))).status).toBe(429);
    expect(calls.count).toBe(before);
    expect((await send(ask(other.key))).status).toBe(403);
  });

  it("that is no good counts by address, and a good one passes beside it", async () => {
    const { send, exhaust } = limitedIsolate();
    const key = `eg_made_up_${"0".repeat(64)}`;
    const path = "/api/v1/api-keys";
    const failed = limits.rateFailedCredentialsMax;
    expect(await exhaust({ path, key, address: here })).toBe(failed);
    expect(await send({ path, key, address: here })).toMatchObject({ code: "rate.exceeded" });
    expect((await send({ path, key: adminKey, address: here })).status).toBe(200);
    expect((await send({ path, key, address: elsewhere })).status).toBe(401);
  });

  it("that is not shown at all is no attempt, and does not count", async () => {
    const { send, exhaust } = limitedIsolate();
    const path = "/api/v1/api-keys";
    const times = limits.rateFailedCredentialsMax + 1;
    expect(await exhaust({ path, address: here }, times)).toBe(times);
    const key = `eg_made_up_${"0".repeat(64)}`;
    expect((await send({ path, key, address: here })).status).toBe(401);
  });
});

describe("without the limiter", () => {
  it("reads go on, and what writes is bounded by the isolate", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    const { exhaust } = limitedIsolate({ withoutLimiter: true });
    const times = limits.rateReadsMax + 1;
    const read = { path: `/api/v1/decisions/${id}/results`, address: here };
    expect(await exhaust(read, times)).toBe(times);
    const most = limits.rateVoterRequestsMax + limits.rateVoterRequestsFree;
    expect(await exhaust(voteOf(id, token))).toBe(most);
    await expectLogged("admission.limiter_away");
  });
});

it("the platform's own counters refuse, too", async () => {
  const { RATE_EXPORT: limiter }: AdmissionVariables = env as Env & AdmissionVariables;
  const key = crypto.randomUUID();
  const verdicts: boolean[] = [];
  // They begin anew on the clock: in a window that ends right now all of them pass.
  while (!verdicts.includes(false)) {
    verdicts.push((await limiter?.limit({ key }))?.success ?? false);
  }
  expect(verdicts[0]).toBe(true);
});
