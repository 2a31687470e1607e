import { describe, expect, it } from "vitest";
import { receiptKeys } from "../../../../src/auth/receipt-keys.ts";
import type { CastOutcome } from "../../../../src/ballot/cast-many.ts";
import type { CastRequest } from "../../../../src/ballot/voter.ts";
import { answerMessage } from "../../../../src/http/ballot-socket/answer-message.ts";
import type { ShardFailure } from "../../../../src/ports/ballots.ts";
import {
  decodeSocketVoter,
  encodeSocketVoter,
  type SocketVoter,
} from "../../../../src/ports/socket-voter.ts";
import { votersRoutes } from "../../../../src/telemetry/metrics/series.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectDescribed } from "../../../support/described-message.ts";
import { labelNonce } from "../../../support/label-nonce.ts";

const receipts = receiptKeys(`one:${"A".repeat(43)}`);
const now = Date.parse("2026-11-30T10:00:00Z");
const voter: SocketVoter = {
  grant: {
    decisionId: "delta",
    pid: "p".repeat(22),
    generation: 1,
    serial: 2,
    region: "north",
    weight: 3,
    name: null,
    loggedInAt: null,
  },
  expiresAt: now + 60_000,
  manifest: { disclosure: "pseudonymous", visibility: "sealed" },
};
const nonce = labelNonce("a");
const vote = JSON.stringify({ id: 4, vote: "yes", nonce });
const counted: CastOutcome = {
  kind: "accepted",
  receipt: { decisionId: "delta", ballotHash: "1".repeat(64), r: "2", u: "3", c: "4" },
};

/** Answers a message, and tells what the shard and the limiter were asked. */
async function answer(
  message: string | ArrayBuffer,
  {
    outcome = counted,
    isAdmitted = true,
    at = now,
    of = voter,
  }: {
    outcome?: CastOutcome | ShardFailure;
    isAdmitted?: boolean;
    at?: number;
    of?: SocketVoter;
  } = {},
) {
  const requests: CastRequest[] = [];
  const counts: string[] = [];
  const metered: object[] = [];
  const deps = {
    admission: {
      isOn: true,
      isFrequentVoter: () => !isAdmitted,
      admits: (kind: string, subject: string) => {
        counts.push(`${kind} ${subject}`);
        return Promise.resolve(isAdmitted);
      },
    },
    receipts,
    meter: {
      count: (name: string, labels: object) => {
        metered.push({ name, ...labels });
      },
    },
    cast: (request: CastRequest) => {
      requests.push(request);
      return Promise.resolve(outcome);
    },
    now: () => at,
  };
  const { text, close } = await answerMessage(deps, of, message);
  const body: unknown = text === null ? null : JSON.parse(text);
  expectDescribed(body, ["receipt", "problem"]);
  return { body, code: close?.code ?? null, requests, counts, metered };
}

describe("a message of a voter's socket", () => {
  it("asks the shard for what the token said, and gives the signed receipt", async () => {
    const { body, code, requests } = await answer(vote);
    const { pid, region, weight, serial } = voter.grant;
    const asked = { pid, region, weight, serial, choice: "yes", nonce, proof: null, note: null };
    expect(requests).toEqual([{ ...asked, authority: "token" }]);
    const { signature } = receipts.signReceipt("delta", "1".repeat(64));
    const receipt = { decision_id: "delta", ballot_hash: "1".repeat(64), key_id: "one", signature };
    expect(body).toMatchObject({ type: "receipt", id: 4, replayed: false, receipt });
    expect(code).toBeNull();
  });

  it("is measured by what came of it, where the decision shows its turnout", async () => {
    const of = { ...voter, manifest: { ...voter.manifest, visibility: "turnout" as const } };
    expect((await answer(vote, { of })).metered).toEqual([
      { name: "enviro.votes", outcome: "accepted" },
    ]);
    expect((await answer(vote)).metered).toEqual([]);
    expect(votersRoutes).toContain("/api/v1/decisions/:decisionId/ballot-socket");
  });

  it("says of a repeat that it is one", async () => {
    const { body } = await answer(vote, { outcome: { ...counted, kind: "repeated" } });
    expect(body).toMatchObject({ type: "receipt", replayed: true });
  });

  it("of a voter who sends too many is refused with its number, and ends the socket", async () => {
    const { body, code, requests, counts } = await answer(vote, { isAdmitted: false });
    const retry_after = limits.rateWindowSeconds;
    expect(body).toMatchObject({ id: 4, problem: { code: "rate.exceeded" }, retry_after });
    expect(code).toBe(1013);
    expect(requests).toEqual([]);
    expect(counts).toEqual([`voter delta ${voter.grant.pid}`]);
  });

  it("at the end of its token is refused, and ends the socket", async () => {
    const { body, code, requests } = await answer(vote, { at: voter.expiresAt });
    expect(body).toMatchObject({ id: 4, problem: { code: "token.expired" }, retry_after: null });
    expect(code).toBe(1008);
    expect(requests).toEqual([]);
    expect((await answer(vote, { at: voter.expiresAt - 1 })).requests).toHaveLength(1);
  });

  it("is read up to its bound, and no further", async () => {
    const most = `${vote}${" ".repeat(limits.voteBytesMax - vote.length)}`;
    expect(await answer(most)).toMatchObject({ body: { type: "receipt" }, code: null });
    expect(await answer(`${most} `)).toMatchObject({ body: null, code: 1009, requests: [] });
    expect(await answer(new ArrayBuffer(2))).toMatchObject({ body: null, code: 1003 });
  });

  it("that can't be read is counted as one that can be, and ends the socket too", async () => {
    const refused = await answer("[", { isAdmitted: false });
    expect(refused).toMatchObject({ body: { problem: { code: "rate.exceeded" } }, code: 1013 });
    const { body, code, counts } = await answer("[", { at: voter.expiresAt });
    expect(body).toMatchObject({ id: null, problem: { code: "token.expired" } });
    expect(code).toBe(1008);
    expect(counts).toEqual([]);
  });

  it("that was no UTF-8 is not read", async () => {
    const { body } = await answer('{"id":1,"vote":"\uFFFD"}');
    expect(body).toMatchObject({ id: null, problem: { code: "body.not_json" } });
  });

  it.each([
    ["overloaded", "shard.overloaded", null],
    ["unavailable", "shard.unavailable", null],
    [{ kind: "refused", code: "vote.already_cast" }, "vote.already_cast", null],
    [{ kind: "refused", code: "decision.closed" }, "decision.closed", null],
    [{ kind: "refused", code: "token.superseded" }, "token.superseded", 1008],
  ] as const)("that the shard answers %j is refused with %s", async (outcome, problem, close) => {
    const { body, code } = await answer(vote, { outcome });
    expect(body).toMatchObject({ type: "problem", id: 4, problem: { code: problem } });
    expect(code).toBe(close);
  });

  it("counts as of a voter who has just logged in for as long as that is fresh", async () => {
    const loggedInAt = now - limits.freshLoginSeconds * 1_000;
    const of = { ...voter, grant: { ...voter.grant, loggedInAt } };
    expect((await answer(vote, { of })).requests).toMatchObject([{ authority: "login" }]);
    const later = await answer(vote, { of, at: now + 1 });
    expect(later.requests).toMatchObject([{ authority: "token" }]);
  });
});

describe("the voter of a socket", () => {
  it("is written in ASCII whatever the name is, and read as it was", () => {
    const named = { ...voter, grant: { ...voter.grant, name: "Zoë 李\n" } };
    const text = encodeSocketVoter(named);
    expect(text).toMatch(/^[\x21-\x7e]+ [\x21-\x7e]+$/);
    expect(decodeSocketVoter(text)).toEqual(named);
  });

  it("of a newer release is refused, and so is none", () => {
    const text = encodeSocketVoter(voter);
    expect(() => decodeSocketVoter(text.replace(/^1 /, "2 "))).toThrow(/newer release/);
    expect(() => decodeSocketVoter("")).toThrow(/no version/);
  });
});
