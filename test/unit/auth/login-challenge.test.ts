import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  readChallengeSettings,
  type ChallengeVariables,
} from "../../../src/auth/challenge/challenge-settings.ts";
import { loginChallenge } from "../../../src/auth/challenge/login-challenge.ts";
import { limits } from "../../../src/shared/limits.ts";
import { describeCause } from "../../../src/shared/loggable-error.ts";

const secret = "1x0000000000000000000000000000000AA";
const token = "XXXX.DUMMY.TOKEN.XXXX";
const idToken = "header.claims.signature";
const on = { EXCHANGE_CHALLENGE: "turnstile", TURNSTILE_SECRET: secret };
const passed = { success: true, "error-codes": [], hostname: "vote.example.org", action: "login" };
const refusedWith = (...codes: string[]) => ({ success: false, "error-codes": codes });

interface Sent {
  url: string;
  init: RequestInit;
}

let sent: Sent[] = [];
let reports: string[] = [];
let now = 0;
beforeEach(() => {
  sent = [];
  reports = [];
  now = 1_000_000;
});
afterEach(() => vi.restoreAllMocks());

/** A challenge whose service answers so. */
function challengeThat(
  answer: (init: RequestInit) => Response | Promise<Response>,
  variables: ChallengeVariables = {},
) {
  return loginChallenge(readChallengeSettings({ ...on, ...variables }), {
    fetch: async (url, init) => {
      sent.push({ url, init });
      return answer(init);
    },
    now: () => now,
    report: (event, error) => void reports.push(`${event}: ${describeCause(error)}`),
  });
}

function verdictOf(body: object, variables?: ChallengeVariables, status = 200) {
  const challenge = challengeThat(() => Response.json(body, { status }), variables);
  return challenge.verify(token, idToken);
}

async function sentBodies(): Promise<Record<string, string>[]> {
  const requests = sent.map(({ url, init }) => new Request(url, init));
  return Promise.all(requests.map((each) => each.json() as Promise<Record<string, string>>));
}

describe("a login's challenge", () => {
  it("is verified by Cloudflare, which is told secret and token, and not who asks", async () => {
    expect(await verdictOf(passed)).toBe("passed");
    const [asked] = sent;
    expect(asked?.url).toBe("https://challenges.cloudflare.com/turnstile/v0/siteverify");
    expect(asked?.init).toMatchObject({ method: "POST", redirect: "manual" });
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;
    const key: unknown = expect.stringMatching(uuid);
    expect(await sentBodies()).toEqual([{ secret, response: token, idempotency_key: key }]);
  });

  it("may be asked about again for the same login, and for no other", async () => {
    const challenge = challengeThat(() => Response.json(passed));
    await challenge.verify(token, idToken);
    await challenge.verify(token, idToken);
    await challenge.verify(token, `${idToken}x`);
    await challenge.verify(`${token}x`, idToken);
    const keys = (await sentBodies()).map((body) => body["idempotency_key"]);
    expect(keys[1]).toBe(keys[0]);
    expect(new Set(keys).size).toBe(3);
  });

  it("that is missing is failed without a question", async () => {
    const challenge = challengeThat(() => Response.json(passed));
    expect(await challenge.verify(undefined, idToken)).toBe("failed");
    expect(sent).toEqual([]);
  });

  it.each(["missing-input-response", "invalid-input-response", "timeout-or-duplicate"])(
    "that Cloudflare refuses as %s is failed, whatever the answer's status",
    async (code) => {
      expect(await verdictOf(refusedWith(code))).toBe("failed");
      expect(await verdictOf(refusedWith(code), {}, 400)).toBe("failed");
      expect(reports).toEqual([]);
    },
  );

  it.each(["missing-input-secret", "invalid-input-secret", "bad-request", "internal-error"])(
    "that Cloudflare did not look at, for %s, is unavailable and reported",
    async (code) => {
      expect(await verdictOf(refusedWith("invalid-input-response", code))).toBe("unavailable");
      expect(reports).toEqual([
        `challenge.unavailable: LoggableError: Turnstile verified nothing: ${code}`,
      ]);
    },
  );

  it.each([
    ["a code that nobody knows", refusedWith("canary-code")],
    ["no code", refusedWith()],
    ["no list of codes", { success: false }],
    ["an empty answer for a list", { success: false, "error-codes": null }],
  ])(
    "that Cloudflare refuses with %s is unavailable, and the code is not told",
    async (_, body) => {
      expect(await verdictOf(body)).toBe("unavailable");
      expect(reports).toEqual([
        "challenge.unavailable: LoggableError: Turnstile verified nothing: unknown",
      ]);
    },
  );

  it("counts on the host names that are listed alone, and on any where none is", async () => {
    const listed = { TURNSTILE_HOSTNAMES: "example.org, Vote.Example.org" };
    expect(await verdictOf(passed, listed)).toBe("passed");
    expect(await verdictOf({ ...passed, hostname: "VOTE.example.org" }, listed)).toBe("passed");
    const others = ["evil.example", "x.vote.example.org", "", null, undefined];
    for (const hostname of others) {
      expect(await verdictOf({ ...passed, hostname }, listed)).toBe("failed");
      expect(await verdictOf({ ...passed, hostname })).toBe("passed");
    }
  });

  it("counts for the action that is named alone, and for any where none is", async () => {
    const named = { TURNSTILE_ACTION: "login" };
    expect(await verdictOf(passed, named)).toBe("passed");
    for (const action of ["Login", "comment", "", null, undefined]) {
      expect(await verdictOf({ ...passed, action }, named)).toBe("failed");
      expect(await verdictOf({ ...passed, action })).toBe("passed");
    }
  });
});

describe("a service of challenges in trouble", () => {
  const success = JSON.stringify(passed);
  const padded = (bytes: number) => success + " ".repeat(bytes - success.length);
  const most = limits.turnstileAnswerBytesMax;

  it.each([
    ["is down", () => Promise.reject(new TypeError("fetch failed"))],
    ["answers 500", () => new Response("broken", { status: 500 })],
    ["answers 503 and success", () => new Response(success, { status: 503 })],
    ["sends elsewhere", () => new Response(null, { status: 302, headers: { location: "/x" } })],
    ["answers a page", () => new Response("<html>")],
    ["answers nothing", () => new Response(null)],
    ["cuts its answer", () => new Response(success.slice(0, -1))],
    ["answers a list", () => new Response("[]")],
    ["says yes in words", () => Response.json({ ...passed, success: "true" })],
    ["answers beyond all measure", () => new Response(padded(most + 1))],
  ])("that %s lets nobody in, and is reported", async (_, answer) => {
    const challenge = challengeThat(answer);
    expect(await challenge.verify(token, idToken)).toBe("unavailable");
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatch(/^challenge\.unavailable: /);
    for (const text of [secret, token, idToken]) expect(reports.join()).not.toContain(text);
  });

  it("is read up to the last byte of the bound", async () => {
    const challenge = challengeThat(() => new Response(padded(most)));
    expect(await challenge.verify(token, idToken)).toBe("passed");
  });

  it.each([
    ["before its answer", () => new Promise<Response>(() => {})],
    ["within its answer", () => new Response("{")],
  ])("is waited for no longer than the limit, %s", async (_, answer) => {
    const limit = new AbortController();
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(limit.signal);
    const challenge = challengeThat((init) => abortable(init, answer));
    const verdict = challenge.verify(token, idToken);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    limit.abort();
    expect(await verdict).toBe("unavailable");
    expect(timeout).toHaveBeenCalledWith(limits.turnstileAnswerMsMax);
  });

  it("is reported once a minute, and asked by every login", async () => {
    const challenge = challengeThat(() => new Response("", { status: 500 }));
    const ask = () => challenge.verify(token, idToken);
    await ask();
    now += limits.turnstileReportMs - 1;
    await ask();
    expect(reports).toHaveLength(1);
    now += 1;
    await ask();
    expect(reports).toHaveLength(2);
    expect(sent).toHaveLength(3);
  });
});

/** As fetch does it: an abort ends the wait for the answer, and the answer. */
async function abortable(
  { signal }: RequestInit,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("aborted", "TimeoutError")));
  });
  const response = await Promise.race([answer(), aborted]);
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      await aborted.catch((error: unknown) => controller.error(error));
    },
  });
  return new Response(body, { status: response.status });
}

describe("the settings of a challenge", () => {
  it.each([
    ["nothing is set", {}],
    ["it is none", { EXCHANGE_CHALLENGE: "none", TURNSTILE_SECRET: secret }],
  ])("turn it off where %s: every login passes, and nobody is asked", async (_, variables) => {
    const settings = readChallengeSettings(variables);
    expect(settings).toEqual({ kind: "none" });
    const challenge = loginChallenge(settings, {
      fetch: () => Promise.reject(new Error("nobody is asked")),
      now: () => now,
      report: () => expect.fail("reported"),
    });
    expect(await challenge.verify(undefined, idToken)).toBe("passed");
    expect(challenge.problems).toEqual([]);
  });

  it("are read with their host names in lower case", () => {
    const names = { TURNSTILE_HOSTNAMES: "a.example, B.example", TURNSTILE_ACTION: "log-in_2" };
    expect(readChallengeSettings({ ...on, ...names })).toEqual({
      kind: "turnstile",
      secret,
      hostnames: ["a.example", "b.example"],
      action: "log-in_2",
    });
  });

  it.each([
    ["an unknown kind", { EXCHANGE_CHALLENGE: "hcaptcha" }, /^EXCHANGE_CHALLENGE is neither/],
    ["an empty kind", { EXCHANGE_CHALLENGE: "" }, /^EXCHANGE_CHALLENGE is neither/],
    ["no secret", { TURNSTILE_SECRET: undefined }, /^TURNSTILE_SECRET is missing$/],
    ["an empty secret", { TURNSTILE_SECRET: "" }, /^TURNSTILE_SECRET is missing$/],
    ["a secret with a line's end", { TURNSTILE_SECRET: `${secret}\n` }, /^TURNSTILE_SECRET must/],
    ["an endless secret", { TURNSTILE_SECRET: "x".repeat(257) }, /^TURNSTILE_SECRET must/],
    ["an address", { TURNSTILE_HOSTNAMES: "https://a.example" }, /^TURNSTILE_HOSTNAMES must/],
    ["a comma too many", { TURNSTILE_HOSTNAMES: "a.example," }, /^TURNSTILE_HOSTNAMES must/],
    ["a long action", { TURNSTILE_ACTION: "a".repeat(33) }, /^TURNSTILE_ACTION must/],
    ["an action with a blank", { TURNSTILE_ACTION: "log in" }, /^TURNSTILE_ACTION must/],
  ])(
    "with %s let no login pass, and say why in words without the secret",
    async (_, wrong, says) => {
      const challenge = challengeThat(() => Response.json(passed), wrong);
      expect(await challenge.verify(token, idToken)).toBe("unavailable");
      expect(sent).toEqual([]);
      expect(challenge.problems).toEqual([expect.stringMatching(says)]);
      expect(challenge.problems.join()).not.toContain(secret);
    },
  );
});
