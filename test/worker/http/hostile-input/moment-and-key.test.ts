import { afterEach, describe, expect, it } from "vitest";
import { adminKey, api, type Ask, type ReceiptBody } from "../../../support/worker/api.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { signToken } from "../../../support/worker/tokens.ts";
import { reportToRoom } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import { expectUnchanged } from "../../../support/worker/unchanged.ts";

afterEach(releaseClock);

const anHour = 3_600_000;
const oneVote = [{ voter_id: "bo", vote: "yes", region: "north" }];
const step = (id: string, name: string) =>
  api("POST", `/api/v1/decisions/${id}/${name}`, { key: adminKey });

function refuseVote(decisionId: string, token: string, status: number, code: string, more?: Ask) {
  const ask = { key: token, body: { decision_id: decisionId, vote: "no" }, ...more };
  return refused("POST", "/api/v1/voting/cast-vote", ask, status, code);
}

/** Refused by the shard to a voter, and by the shard or before it to a station. */
async function refuseBoth(id: string, token: string, code: string, http = 409): Promise<void> {
  await expectUnchanged(id, async () => {
    await refuseVote(id, token, http, code);
    const { status, body } = await castBatch<{ code?: string; results?: object[] }>(id, oneVote);
    if (status === 200) expect(body.results).toMatchObject([{ status: "refused", code }]);
    else expect([status, body.code]).toEqual([http, code]);
  });
}

describe("a vote outside the window", () => {
  it("for a draft is refused, which is not there for its voters either", async () => {
    const id = await draftDecision();
    await refuseBoth(id, await signToken(id), "decision.not_found", 404);
  });

  it("for a scheduled decision is refused until the very millisecond of its opening", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await draftDecision({ opens_at: iso(start + anHour) });
    expect((await step(id, "open")).body).toMatchObject({ status: "scheduled" });
    const token = await tokenFor(id, "bo");
    await refuseBoth(id, token, "decision.not_open");
    stopClockAt(start + anHour - 1);
    await refuseVote(id, token, 409, "decision.not_open");
    stopClockAt(start + anHour);
    expect((await cast(id, token, "no")).status).toBe(201);
  });

  it("is taken in the last millisecond and refused from the closing time on, also before any shard is sealed", async () => {
    const start = Date.now();
    stopClockAt(start);
    const id = await openedDecision({ closes_at: iso(start + anHour) });
    const [last, late] = [await tokenFor(id, "ana"), await tokenFor(id, "bo")];
    stopClockAt(start + anHour - 1);
    expect((await cast(id, last, "yes")).status).toBe(201);
    stopClockAt(start + anHour);
    await refuseVote(id, late, 409, "decision.closed");
  });

  it.each(["close", "cancel"])("after %s is refused", async (name) => {
    const id = await openedDecision();
    const token = await tokenFor(id, "bo");
    expect((await step(id, name)).status).toBe(200);
    await refuseBoth(id, token, "decision.closed");
  });

  it("of a decision that was cancelled as a draft is refused alike", async () => {
    const id = await draftDecision();
    const token = await signToken(id);
    await step(id, "cancel");
    await refuseBoth(id, token, "decision.not_found", 404);
  });

  it("that repeats one from inside the window gets its receipt, and a changed one is refused", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    const first = await cast<ReceiptBody>(id, token, "yes");
    await step(id, "close");
    const repeat = await cast<ReceiptBody>(id, token, "yes");
    expect([repeat.status, repeat.body]).toEqual([201, first.body]);
    await expectUnchanged(id, () => refuseVote(id, token, 409, "decision.closed"));
  });
});

describe("an Idempotency-Key", () => {
  it.each([
    ["empty", ""],
    ["of 256 characters", "k".repeat(256)],
    ["with an accent", "clé"],
    ["with a tab", "a\tb"],
  ])("that is %s is refused", async (_, key) => {
    const id = await openedDecision();
    const token = await tokenFor(id, "bo");
    const more = { headers: { "idempotency-key": key } };
    await expectUnchanged(id, async () => {
      await refuseVote(id, token, 400, "idempotency.invalid_key", more);
      const ask = { key: adminKey, body: { votes: oneVote }, ...more };
      const path = `/api/v1/decisions/${id}/votes/batch`;
      await refused("POST", path, ask, 400, "idempotency.invalid_key");
    });
  });

  it.each(["k", "k".repeat(255), "__proto__", "{}", '"quoted"'])("%j is taken", async (key) => {
    const id = await openedDecision();
    expect((await cast(id, await tokenFor(id, "ana"), "yes", key)).status).toBe(201);
  });

  it.each(["final", "revisable"])(
    "used for another vote under a %s policy is refused",
    async (revote_policy) => {
      const id = await openedDecision({ revote_policy });
      const token = await tokenFor(id, "ana");
      await cast(id, token, "yes", "key-1");
      await reportToRoom(id);
      const more = { headers: { "idempotency-key": "key-1" } };
      await expectUnchanged(id, () => refuseVote(id, token, 409, "vote.nonce_reused", more));
    },
  );

  it("is each voter's own: two voters may send the same", async () => {
    const id = await openedDecision();
    const first = await cast<ReceiptBody>(id, await tokenFor(id, "ana"), "yes", "key-1");
    const second = await cast<ReceiptBody>(id, await tokenFor(id, "bo"), "no", "key-1");
    expect([first.status, second.status]).toEqual([201, 201]);
  });

  it("without which an earlier choice comes back is refused without proof, and counts with it", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const token = await tokenFor(id, "ana");
    const first = await cast<ReceiptBody>(id, token, "no", "key-1");
    const proof = first.body.r;
    const { r } = (await cast<ReceiptBody>(id, token, "yes", "key-2", { proof })).body;
    await reportToRoom(id);
    await expectUnchanged(id, () => refuseVote(id, token, 403, "vote.proof_required"));
    expect((await cast(id, token, "no", "key-3", { proof: r })).status).toBe(201);
  });
});
