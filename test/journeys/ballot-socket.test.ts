import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { openBallotSocket, type SocketNews } from "../../src/client/ballot-socket.ts";
import { ApiError, NoAnswer } from "../../src/client/client-errors.ts";
import { createClient } from "../../src/client/client.ts";
import { labelNonce } from "../support/label-nonce.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-socket-"));
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

function clientWith(credential: string) {
  return createClient({ origin: platform.origin, credential });
}

/** An open decision, and its voters' tokens. */
async function open(
  slug: string,
  shards: number,
  voters: readonly string[],
  { disclosure = "pseudonymous" }: { disclosure?: "pseudonymous" | "roll_call" } = {},
) {
  const admin = clientWith(platform.adminKey);
  const terms = { disclosure, ends_early: "by_organiser", shards } as const;
  const body = { slug, title: "Reopen the weir", ...terms };
  const { id } = await admin.call("POST /api/v1/decisions", { body });
  const path = { decisionId: id };
  await admin.call("POST /api/v1/decisions/{decisionId}/open", { path, body: {} });
  const asked = { voters: voters.map((voter_id) => ({ voter_id })) };
  const issued = await admin.call("POST /api/v1/decisions/{decisionId}/tokens", {
    path,
    body: asked,
  });
  const tokens = new Map(issued.tokens.map(({ voter_id, token }) => [voter_id, token]));
  return { admin, id, tokenOf: (voter: string) => tokens.get(voter) ?? "" };
}

describe("votes over sockets of the built Worker", () => {
  it.each([1, 3])(
    "get the receipts that POST gives, and are all counted: %d shards",
    async (shards) => {
      const voters = Array.from({ length: 12 }, (_, index) => `voter-${index}`);
      const { admin, id: decisionId, tokenOf } = await open(`weir-${shards}`, shards, voters);
      const { origin } = platform;
      await Promise.all(
        voters.map(async (voter) => {
          const credential = tokenOf(voter);
          const socket = await openBallotSocket({ origin, decisionId, credential });
          const vote = { vote: "yes", nonce: labelNonce(voter) } as const;
          const { receipt, isReplayed } = await socket.cast(vote);
          expect(isReplayed).toBe(false);
          expect(await socket.cast(vote)).toEqual({ receipt, isReplayed: true });
          const body = { decision_id: decisionId, ...vote };
          const posted = clientWith(credential).call("POST /api/v1/voting/cast-vote", { body });
          expect(await posted).toEqual(receipt);
          const other = socket.cast({ vote: "no", nonce: labelNonce(`${voter} again`) });
          await expect(other).rejects.toMatchObject({ code: "vote.already_cast" });
          await expect(other).rejects.toBeInstanceOf(ApiError);
          socket.close();
        }),
      );
      const path = { decisionId };
      await admin.call("POST /api/v1/decisions/{decisionId}/close", { path });
      const result = await admin.call("GET /api/v1/decisions/{decisionId}/results", { path });
      expect(result).toMatchObject({ final: true, total: { ballots: voters.length } });
    },
  );

  it("are told of with live results, where these are asked for", async () => {
    const live = await open("weir-live", 1, ["ana"], { disclosure: "roll_call" });
    const told: SocketNews[] = [];
    const asked = { origin: platform.origin, decisionId: live.id, credential: live.tokenOf("ana") };
    const onNews = (news: SocketNews) => void told.push(news);
    const socket = await openBallotSocket({ ...asked, onNews, withResults: true });
    await expect.poll(() => told).toMatchObject([{ type: "state", total: { ballots: 0 } }]);
    await socket.cast({ vote: "yes", nonce: labelNonce("ana") });
    await expect.poll(() => told.at(-1)).toMatchObject({ type: "delta", total: { ballots: 1 } });
    socket.close();
  });

  it("say that there is no answer where a socket is refused or has ended", async () => {
    const { admin, id: decisionId, tokenOf } = await open("weir-ends", 1, ["ana"]);
    const { origin } = platform;
    const refused = openBallotSocket({ origin, decisionId, credential: "no.to.ken" });
    await expect(refused).rejects.toBeInstanceOf(NoAnswer);
    const unread = await openBallotSocket({ origin, decisionId, credential: tokenOf("ana") });
    const statement = "no character: \uFFFD";
    const refusal = unread.cast({ vote: "yes", nonce: labelNonce("ana"), statement });
    // The server can't say which vote it could not read.
    await expect(refusal).rejects.toBeInstanceOf(NoAnswer);
    unread.close();
    const socket = await openBallotSocket({ origin, decisionId, credential: tokenOf("ana") });
    await admin.call("POST /api/v1/decisions/{decisionId}/close", { path: { decisionId } });
    const late = async () => {
      // Until the close has come over, the shard itself says that voting is over.
      for (;;) {
        const cast = socket.cast({ vote: "yes", nonce: labelNonce("ana") });
        const error: unknown = await cast.catch((reason: unknown) => reason);
        if (error instanceof NoAnswer) return error;
        expect(error).toMatchObject({ code: "decision.closed" });
      }
    };
    // The object is awake, so that its line stays up: that is not waited for.
    expect((await late()).message).toContain("the socket is ending");
  });
});
