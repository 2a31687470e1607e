import { afterEach, describe, expect, it, vi } from "vitest";
import type { CastRequest } from "../../../../src/ballot/voter.ts";
import type { Manifest } from "../../../../src/decision/decision.ts";
import { durableBallots } from "../../../../src/platform/adapters/ballots.ts";
import type { ProblemBody, ReceiptBody } from "../../../support/worker/api.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { roomOf } from "../../../support/worker/objects.ts";
import { inShard, openedShard } from "../../../support/worker/shards.ts";

afterEach(() => void vi.restoreAllMocks());

/** The same text as a newer release would write it. */
const newer = (text: string) => text.replace(/^1 /, "2 ");

describe("a vote while two releases run side by side", () => {
  it("is not counted by an older shard than its Worker, and may be repeated", async () => {
    const errors = vi.spyOn(console, "error").mockImplementation(() => {});
    const vote: CastRequest = {
      pid: "a".repeat(22),
      choice: "yes",
      region: "",
      weight: 1,
      nonce: "0".repeat(64),
      proof: null,
      authority: "token",
      serial: 1,
      note: null,
    };
    const manifest = {
      decisionId: "delta",
      shardMap: [{ locationHint: null }],
    } as unknown as Manifest;
    await inShard(await openedShard(), async (shard) => {
      const ballots = durableBallots(
        // Without the platform between them, which prints what crosses it as an error.
        () => ({ castText: async (text: string) => shard.castText(newer(text)) }) as never,
      );
      expect(await ballots.cast(manifest, [vote])).toEqual(["unavailable"]);
      expect(shard.snapshot().seq).toBe(0);
    });
    expect(errors.mock.lastCall?.[0]).toContain(
      "a request to a shard has version 2, this release knows 1: deploy the newer release",
    );
  });

  it("whose answer is newer than its Worker may be repeated, gets its receipt then, and counts once", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    await inShard(roomOf(id), (shard) => {
      const castText = shard.castText.bind(shard);
      vi.spyOn(shard, "castText").mockImplementation(async (text) => newer(await castText(text)));
    });
    const errors = vi.spyOn(console, "error").mockImplementation(() => {});
    const answer = await cast<ProblemBody>(id, token, "yes", "only once");
    expect(answer.status).toBe(503);
    expect(answer.body.code).toBe("shard.unavailable");
    expect(answer.headers.get("retry-after")).not.toBeNull();
    expect(errors.mock.lastCall?.[0]).toContain(
      "a shard's answer has version 2, this release knows 1: deploy the newer release",
    );

    vi.restoreAllMocks();
    const again = await cast<ReceiptBody>(id, token, "yes", "only once");
    expect(again.status).toBe(201);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect((await roomOf(id).snapshot()).seq).toBe(1);
  });
});
