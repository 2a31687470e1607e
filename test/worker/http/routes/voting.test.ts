import { describe, expect, it } from "vitest";
import { adminKey, api, type ProblemBody, type ReceiptBody } from "../../../support/worker/api.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";

describe("a vote", () => {
  it("is answered with a receipt that names its place and its hash", async () => {
    const id = await openedDecision();
    const answer = await cast<ReceiptBody>(id, await tokenFor(id, "ana"), "yes");
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ decision_id: id, shard: 0, seq: 1 });
    expect(answer.body.ballot_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("sent again gives the same receipt byte for byte and counts once", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    const first = await cast<ReceiptBody>(id, token, "yes");
    const second = await cast<ReceiptBody>(id, token, "yes");
    expect(second.body).toEqual(first.body);
    expect(second.status).toBe(201);
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect(first.headers.get("idempotency-replayed")).toBeNull();
  });

  it("that differs from the first under a final policy is refused with the first receipt", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    const first = await cast<ReceiptBody>(id, token, "yes");
    const second = await cast<ProblemBody>(id, token, "no");
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ code: "vote.already_cast", receipt: first.body });
  });

  it("replaces the earlier one under a revisable policy, and a late retry of the earlier does not overturn it", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const token = await tokenFor(id, "ana");
    const first = await cast<ReceiptBody>(id, token, "yes", "key-1");
    const second = await cast<ReceiptBody>(id, token, "no", "key-2");
    const late = await cast<ReceiptBody>(id, token, "yes", "key-1");
    expect(second.body.seq).toBe(2);
    expect(late.body).toEqual(first.body);
    const closed = await api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
    expect(closed.body).toMatchObject({ status: "closed" });
    const results = await api("GET", `/api/v1/decisions/${id}/results`);
    expect(results.body).toMatchObject({
      final: true,
      total: { ballots: 1, no: { ballots: 1, weight: "1" }, yes: { ballots: 0 } },
    });
  });
});
