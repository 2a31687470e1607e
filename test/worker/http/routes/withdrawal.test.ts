import { describe, expect, it } from "vitest";
import { byText } from "../../../support/by-text.ts";
import { adminKey, api, send, type ReceiptBody } from "../../../support/worker/api.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { certified, publishedRows } from "../../../support/worker/published.ts";
import { walkPages } from "../../../support/worker/walk-pages.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { reportToRoom } from "../../../support/worker/objects.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import type { BallotBody } from "../../../support/worker/record.ts";
import { readAfresh } from "../../../support/worker/results.ts";

const path = "/api/v1/voting/withdraw";

function withdraw(decisionId: string, token: string, idempotencyKey?: string, proof?: string) {
  const headers = idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
  const body = { decision_id: decisionId, ...(proof === undefined ? {} : { proof }) };
  return send("POST", path, { key: token, body, headers });
}

async function totalOf(id: string) {
  await reportToRoom(id);
  const { total } = (await readAfresh(id)).body;
  return [total.yes.ballots, total.no.ballots, total.ballots];
}

describe("taking a vote back", () => {
  it("counts it no longer, with a receipt of its own, until the voter votes again", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const token = await tokenFor(id, "ada");
    const voted = await cast<ReceiptBody>(id, token, "yes", "k1");
    const answer = await withdraw(id, token, "k2", voted.body.r);
    expect(answer.status).toBe(201);
    const { r: proof } = await answer.json<ReceiptBody>();
    expect(await totalOf(id)).toEqual([0, 0, 0]);
    expect((await cast(id, token, "no", "k3", { proof })).status).toBe(201);
    expect(await totalOf(id)).toEqual([0, 1, 1]);
  });

  it("is not undone by a late repeat of the vote, nor does its own late repeat undo a later vote", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const token = await tokenFor(id, "ada");
    const voted = await cast<ReceiptBody>(id, token, "yes", "k1");
    const withdrawn = await (await withdraw(id, token, "k2", voted.body.r)).json<ReceiptBody>();
    const late = await cast<ReceiptBody>(id, token, "yes", "k1");
    expect(late.headers.get("idempotency-replayed")).toBe("true");
    expect(late.body).toEqual(voted.body);
    await expectProblem(
      await send("POST", "/api/v1/voting/cast-vote", {
        key: token,
        body: { decision_id: id, vote: "yes" },
      }),
      403,
      "vote.proof_required",
    );
    expect(await totalOf(id)).toEqual([0, 0, 0]);
    await cast(id, token, "no", "k3", { proof: withdrawn.r });
    const again = await withdraw(id, token, "k2");
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await again.json()).toEqual(withdrawn);
    await expectProblem(await withdraw(id, token), 403, "vote.proof_required");
    expect(await totalOf(id)).toEqual([0, 1, 1]);
  });

  it("is refused where votes are final, and without proof alike with and without a vote", async () => {
    const final = await openedDecision();
    const token = await tokenFor(final, "ada");
    await cast(final, token, "yes");
    await expectProblem(await withdraw(final, token), 409, "vote.final");
    const revisable = await openedDecision({ revote_policy: "revisable" });
    const other = await tokenFor(revisable, "ada");
    const without = await withdraw(revisable, other);
    await cast(revisable, other, "yes");
    const one = await expectProblem(await withdraw(revisable, other), 403, "vote.proof_required");
    expect(await without.json()).toEqual(one);
  });

  it("is refused where nothing is there to take back, whatever key or proof comes with it", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const token = await tokenFor(id, "ada");
    const zeros = "0".repeat(64);
    for (const key of ["k1", "k1", "k2", undefined]) {
      for (const proof of [undefined, zeros])
        await expectProblem(await withdraw(id, token, key, proof), 403, "vote.proof_required");
    }
    const voted = await cast<ReceiptBody>(id, token, "yes", "k1");
    await expectProblem(await withdraw(id, token, "k1", voted.body.r), 409, "vote.nonce_reused");
    const withdrawn = await (await withdraw(id, token, "k2", voted.body.r)).json<ReceiptBody>();
    for (const key of ["k3", undefined, "k4"]) {
      const again = await withdraw(id, token, key, withdrawn.r);
      await expectProblem(again, 409, "vote.nothing_to_withdraw");
      const stale = await withdraw(id, token, key, voted.body.r);
      await expectProblem(stale, 403, "vote.proof_required");
    }
    expect(await totalOf(id)).toEqual([0, 0, 0]);
  });

  it("is refused after the close and with another decision's token", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const token = await tokenFor(id, "ada");
    await cast(id, token, "yes", "k1");
    const other = await openedDecision({ revote_policy: "revisable" });
    await expectProblem(await withdraw(other, token), 403, "token.wrong_decision");
    await takeStep(id, "close");
    await expectProblem(await withdraw(id, token, "k2"), 409, "decision.closed");
  });

  it("stays in the record, and the database, in order, and is published among those that do not count", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const token = await tokenFor(id, "ada");
    const voted = await cast<ReceiptBody>(id, token, "yes", "k1");
    await withdraw(id, token, "k2", voted.body.r);
    await takeStep(id, "close");
    const said = ["yes", "withdrawn"];
    const shard = `/api/v1/decisions/${id}/audit/shards/0/ballots`;
    const log = (await api<{ ballots: BallotBody[] }>("GET", shard, { key: adminKey })).body;
    expect(log.ballots.map(({ choice }) => choice)).toEqual(said);
    await certified(id);
    const listed = await walkPages<BallotBody>(`/api/v1/decisions/${id}/votes/received`, 100);
    expect(listed.map(({ choice }) => choice)).toEqual(said);
    expect(await publishedRows(id, "votes")).toEqual([]);
    const others = await publishedRows(id, "votes/others");
    const hashes = log.ballots.map(({ ballot_hash }) => ballot_hash);
    expect(others.map(({ ballot_hash }) => ballot_hash)).toEqual(hashes.toSorted(byText));
  });
});
