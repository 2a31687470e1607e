import { describe, expect, test } from "vitest";
import { problems } from "../../../../src/http/problems/problems.ts";
import { sendVote, sendingsMax } from "../../../../src/web/ballot/send-vote.ts";
import { vectorReceipt } from "../../../support/vector-receipt.ts";

const attempt = {
  decisionId: "delta",
  choice: "yes",
  token: "t.o.k",
  nonce: "5f".repeat(32),
  proof: null,
  statement: null,
} as const;
const recorded = () => Response.json(vectorReceipt, { status: 201 });
const refusal = (status: number, code: string, headers: Record<string, string> = {}) =>
  Response.json(
    { status, code },
    { status, headers: { ...headers, "content-type": "application/problem+json" } },
  );
const lost = () => {
  throw new TypeError("network error");
};

/** Sends against a script of answers, the last of which repeats. */
async function sendTo(
  script: (() => Response)[],
  options: { mayBeRecorded?: boolean } = {},
  choice: Parameters<typeof sendVote>[0]["choice"] = attempt.choice,
  sent: Parameters<typeof sendVote>[0] = attempt,
) {
  const requests: { path: string; init: RequestInit }[] = [];
  const pauses: number[] = [];
  const answer = await sendVote(
    { ...sent, choice },
    {
      fetch: async (path, init) => {
        const next = script[Math.min(requests.length, script.length - 1)];
        requests.push({ path, init });
        if (next === undefined) throw new Error("the script is empty");
        return next();
      },
      sleep: async (ms) => {
        pauses.push(ms);
      },
      random: () => 0.5,
    },
    options,
  );
  return { answer, requests, pauses };
}

const headerOf = (request: { init: RequestInit } | undefined, name: string) =>
  new Headers(request?.init.headers).get(name);

describe("sending a vote", () => {
  test("asks once when it is recorded at once, with the token in its header alone", async () => {
    const { answer, requests } = await sendTo([recorded]);
    expect(answer).toEqual({ kind: "recorded", receipt: vectorReceipt });
    expect(requests).toHaveLength(1);
    expect(requests[0]?.path).toBe("/api/v1/voting/cast-vote");
    expect(requests[0]?.init.body).toBe(
      `{"decision_id":"delta","vote":"yes","nonce":"${attempt.nonce}"}`,
    );
    expect(headerOf(requests[0], "authorization")).toBe("Bearer t.o.k");
  });

  test("sends the reasons that a roll call publishes, and none with a vote that is taken back", async () => {
    const withReasons = { ...attempt, statement: "It floods." };
    const vote = await sendTo([recorded], {}, "yes", withReasons);
    const { nonce } = attempt;
    expect(vote.requests[0]?.init.body).toBe(
      JSON.stringify({ decision_id: "delta", vote: "yes", statement: "It floods.", nonce }),
    );
    const back = await sendTo([recorded], {}, "withdrawn", withReasons);
    expect(back.requests[0]?.init.body).toBe(JSON.stringify({ decision_id: "delta", nonce }));
  });

  test("takes a vote back by its own route, with no choice in the body", async () => {
    const { answer, requests } = await sendTo([lost, recorded], {}, "withdrawn");
    expect(answer).toEqual({ kind: "recorded", receipt: vectorReceipt });
    expect(requests.map(({ path }) => path)).toEqual(Array(2).fill("/api/v1/voting/withdraw"));
    expect(requests[1]?.init.body).toBe(`{"decision_id":"delta","nonce":"${attempt.nonce}"}`);
  });

  test("sends a lost one again with the same nonce", async () => {
    const { answer, requests } = await sendTo([lost, () => refusal(502, "bad"), recorded]);
    expect(answer.kind).toBe("recorded");
    const bodies = requests.map(({ init }) => JSON.parse(init.body as string) as { nonce: string });
    expect(bodies.map(({ nonce }) => nonce)).toEqual(Array(3).fill(attempt.nonce));
  });

  test("stops after a bounded number of tries and says that it does not know", async () => {
    const { answer, requests, pauses } = await sendTo([lost]);
    expect(answer).toEqual({ kind: "unknown" });
    expect(requests).toHaveLength(sendingsMax);
    expect(pauses).toHaveLength(sendingsMax - 1);
  });

  test("takes half an answer for no answer", async () => {
    const { answer } = await sendTo([() => new Response("{", { status: 201 }), recorded]);
    expect(answer.kind).toBe("recorded");
  });

  test("an overload refused before anything was written is told as such, after the waits that the server asks for", async () => {
    const busy = () => refusal(503, "shard.overloaded", { "retry-after": "3" });
    const { answer, pauses } = await sendTo([busy]);
    expect(answer.kind).toBe("busy");
    expect(pauses).toEqual([3_000, 3_000, 3_000]);
  });

  test("a server that asks for an hour is asked again sooner", async () => {
    const { pauses } = await sendTo([
      () => refusal(503, "shard.overloaded", { "retry-after": "3600" }),
    ]);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(10_000);
  });

  test("a shard that did not answer leaves it unknown, also when later tries meet an overload", async () => {
    const { answer } = await sendTo([
      () => refusal(503, "shard.unavailable"),
      () => refusal(503, "shard.overloaded"),
    ]);
    expect(answer).toEqual({ kind: "unknown" });
  });

  test("a refusal of the vote itself ends it, with the server's problem", async () => {
    const { answer, requests } = await sendTo([() => refusal(409, "vote.already_cast")]);
    expect(answer).toMatchObject({
      kind: "refused",
      problem: { code: "vote.already_cast" },
      isDoubtful: false,
    });
    expect(requests).toHaveLength(1);
  });

  test("a token refused after a lost try leaves doubt, since the front door does not know the record", async () => {
    const { answer } = await sendTo([lost, () => refusal(401, "token.expired")]);
    expect(answer).toMatchObject({ kind: "refused", isDoubtful: true });
    const again = await sendTo([() => refusal(401, "token.expired")], { mayBeRecorded: true });
    expect(again.answer).toMatchObject({ isDoubtful: true });
  });

  test("a refusal of the vote itself after a lost try leaves none, whatever its status", async () => {
    const { answer } = await sendTo([lost, () => refusal(403, "vote.proof_required")]);
    expect(answer).toMatchObject({ kind: "refused", isDoubtful: false });
  });

  test("a closed record refused after a lost try leaves none, since it would have answered a repeat", async () => {
    const { answer } = await sendTo([lost, () => refusal(409, "decision.closed")]);
    expect(answer).toMatchObject({ kind: "refused", isDoubtful: false });
  });

  test.each([401, 403, 404, 408, 413, 425, 429, 499, 500, 501, 505, 520, 522, 524, 530])(
    "a status of %i without a problem document of the API leaves it unknown, and is sent again",
    async (status) => {
      const page = () => new Response("<html>", { status });
      const { answer, requests } = await sendTo([page]);
      expect(answer).toEqual({ kind: "unknown" });
      expect(requests).toHaveLength(sendingsMax);
      const proxy = () => refusal(status, "1015");
      expect((await sendTo([proxy])).answer).toEqual({ kind: "unknown" });
      expect((await sendTo([page, recorded])).answer.kind).toBe("recorded");
    },
  );

  test.each([408, 425, 500, 501, 505, 520])(
    "a status of %i leaves it unknown, also with a problem document of the API",
    async (status) => {
      const { answer } = await sendTo([() => refusal(status, "request.timed_out")]);
      expect(answer).toEqual({ kind: "unknown" });
    },
  );

  test("each code of the API has the dot by which its refusals are known", () => {
    expect(Object.keys(problems).filter((code) => !code.includes("."))).toEqual([]);
  });

  test("a limit of requests refused before the vote was read is told as busy", async () => {
    const { answer } = await sendTo([() => refusal(429, "request.too_many")]);
    expect(answer).toEqual({ kind: "busy" });
  });

  test.each([400, 401, 403, 404, 409, 410, 413, 422])(
    "a status of %i with a problem document of the API refuses it",
    async (status) => {
      const { answer, requests } = await sendTo([() => refusal(status, "request.invalid")]);
      expect(answer).toMatchObject({ kind: "refused", problem: { status }, isDoubtful: false });
      expect(requests).toHaveLength(1);
    },
  );
});
