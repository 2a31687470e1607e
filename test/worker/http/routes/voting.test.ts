import { describe, expect, it } from "vitest";
import { isReceiptSigned, type PublicSigningKey } from "../../../../src/auth/receipt-keys.ts";
import { adminKey, api, type ProblemBody, type ReceiptBody } from "../../../support/worker/api.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";

describe("a vote", () => {
  it("is answered with a signed receipt that names its hash, and neither its place nor its time", async () => {
    const id = await openedDecision();
    const answer = await cast<ReceiptBody>(id, await tokenFor(id, "ana"), "yes");
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body)).toEqual([
      "decision_id",
      "ballot_hash",
      "r",
      "u",
      "c",
      "key_id",
      "signature",
    ]);
    expect(answer.body.decision_id).toBe(id);
    expect(answer.body.ballot_hash).toMatch(/^[0-9a-f]{64}$/);
    const published = await api<{ keys: PublicSigningKey[] }>(
      "GET",
      "/.well-known/enviro-governance/keys",
    );
    const { decision_id: decisionId, ballot_hash: ballotHash } = answer.body;
    const { keys } = published.body;
    expect(isReceiptSigned({ decisionId, ballotHash }, answer.body, keys)).toBe(true);
    const another = { decisionId, ballotHash: "0".repeat(64) };
    expect(isReceiptSigned(another, answer.body, keys)).toBe(false);
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

  it("that differs from the first under a final policy is refused, without the first receipt", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    await cast(id, token, "yes");
    const second = await cast<ProblemBody>(id, token, "no");
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ code: "vote.already_cast" });
    expect(second.body).not.toHaveProperty("receipt");
  });

  it("replaces the earlier one under a revisable policy, and a late retry of the earlier does not overturn it", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const token = await tokenFor(id, "ana");
    const first = await cast<ReceiptBody>(id, token, "yes", "key-1");
    const proof = first.body.r;
    expect((await cast(id, token, "no", "key-2", { proof })).status).toBe(201);
    const late = await cast<ReceiptBody>(id, token, "yes", "key-1");
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
