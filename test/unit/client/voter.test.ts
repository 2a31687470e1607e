import { describe, expect, it } from "vitest";
import { ForeignReceipt } from "../../../src/client/client-errors.ts";
import type { FetchAnswer, FetchRequest } from "../../../src/client/transport.ts";
import { createVoter } from "../../../src/client/voter.ts";
import { vectorKey, vectorReceipt, vectorVote } from "../../support/vector-receipt.ts";

const { decisionId, nonce } = vectorVote;
const retry = { triesMax: 3, patienceMs: 1_000, firstMs: 1, maxMs: 1 };

/** A platform that answers votes in turn and publishes keys in turn, the last ones for ever. */
function platform({
  votes = [() => answer(201, vectorReceipt)],
  keys = [[vectorKey]],
}: { votes?: (() => FetchAnswer)[]; keys?: unknown[][] } = {}) {
  const seen: { path: string; body: unknown }[] = [];
  const fetch = async (url: URL, request: FetchRequest): Promise<FetchAnswer> => {
    const isVote = request.method === "POST";
    seen.push({
      path: url.pathname,
      body: JSON.parse((request.body as string | undefined) ?? "null"),
    });
    expect(request.headers).not.toHaveProperty("idempotency-key");
    if (!isVote) return answer(200, { keys: next(keys) });
    return next(votes)();
  };
  const voter = createVoter({ origin: "https://vote.example", credential: "t.o.k", fetch, retry });
  return { voter, cast: () => seen.filter(({ path }) => path.startsWith("/api/")) };
}

function next<T>(turns: T[]): T {
  const turn = turns.length > 1 ? turns.shift() : turns[0];
  if (turn === undefined) throw new Error("there is no turn");
  return turn;
}

function answer(status: number, body: unknown): FetchAnswer {
  return { status, headers: { get: () => null }, text: async () => JSON.stringify(body) };
}

const lost = (): FetchAnswer => {
  throw new TypeError("fetch failed");
};

describe("a voter", () => {
  it("keeps nonce, choice and receipt of a vote that is recorded as it was cast", async () => {
    const { voter, cast } = platform();
    const options = { nonce, cell: vectorVote.cell };
    expect(await voter.cast(decisionId, "yes", options)).toEqual({
      ...vectorVote,
      receipt: vectorReceipt,
    });
    expect(cast()).toEqual([
      { path: "/api/v1/voting/cast-vote", body: { decision_id: decisionId, vote: "yes", nonce } },
    ]);
  });

  it("repeats a vote unchanged until it is answered", async () => {
    const { voter, cast } = platform({
      votes: [lost, () => answer(503, {}), () => answer(201, vectorReceipt)],
    });
    await voter.cast(decisionId, "yes", { nonce, proof: "ab".repeat(32) });
    const body = { decision_id: decisionId, vote: "yes", nonce, proof: "ab".repeat(32) };
    expect(cast().map((one) => one.body)).toEqual([body, body, body]);
  });

  it("draws a nonce of its own for each vote and withdrawal", async () => {
    const { voter, cast } = platform();
    // The receipt is of another nonce.
    await expect(voter.cast(decisionId, "yes")).rejects.toBeInstanceOf(ForeignReceipt);
    await expect(voter.withdraw(decisionId)).rejects.toBeInstanceOf(ForeignReceipt);
    const nonces = cast().map((one) => (one.body as { nonce: string }).nonce);
    expect(new Set(nonces).size).toBe(2);
    for (const drawn of nonces) expect(drawn).toMatch(/^[0-9a-f]{64}$/);
  });

  it("says so when something else was recorded", async () => {
    const { voter } = platform();
    const casting = voter.cast(decisionId, "no", { nonce });
    await expect(casting).rejects.toThrow("The receipt does not fit the vote");
  });

  it("asks whether its ballot is counted with the r of the receipt, and reads no keys", async () => {
    const { voter, cast } = platform({ votes: [() => answer(200, { counted: true })], keys: [] });
    expect(await voter.isCounted(vectorReceipt)).toBe(true);
    const path = `/api/v1/decisions/${decisionId}/votes/mine`;
    expect(cast()).toEqual([{ path, body: { r: vectorReceipt.r } }]);
  });

  it("sends nothing where it could not check what comes back", async () => {
    const { voter, cast } = platform({ keys: [] });
    await expect(voter.cast(decisionId, "yes", { nonce })).rejects.toThrow("no turn");
    expect(cast()).toEqual([]);
  });

  it("asks again for the keys when a newer one has signed", async () => {
    const { voter } = platform({ keys: [[], [vectorKey]] });
    const kept = await voter.cast(decisionId, "yes", { nonce });
    expect(kept.receipt).toEqual(vectorReceipt);
  });
});
