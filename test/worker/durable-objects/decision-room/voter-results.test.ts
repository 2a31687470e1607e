import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { RoomResults } from "../../../../durable-objects/decision-room/results.ts";
import { RoomWatchers } from "../../../../durable-objects/decision-room/watchers.ts";
import { visibilities } from "../../../../src/decision/decision.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { labelNonce } from "../../../support/label-nonce.ts";
import { openBallotSocket } from "../../../support/worker/ballot-socket.ts";
import { adminKey, send } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { expectInContract, type LiveBody } from "../../../support/worker/live-results.ts";
import { castAndReport, roomOf } from "../../../support/worker/objects.ts";
import { openSocket } from "../../../support/worker/socket.ts";

afterEach(() => void vi.restoreAllMocks());

const anaVotes = { id: 1, vote: "yes", nonce: labelNonce("ana") };

/** A voter's socket that asks for results. */
async function openFollowing(id: string, voter = "ana") {
  const socket = await openBallotSocket(id, await tokenFor(id, voter), "?results=true");
  const nextResult = async () => {
    const message = JSON.parse(await socket.nextText()) as LiveBody & { type: string };
    expectInContract(message.type, message);
    return message;
  };
  return { ...socket, nextResult };
}

/** Of a decision that shows no counts the shard is not asked. */
async function castAndTell(id: string, ...votes: Parameters<typeof votesOf>): Promise<void> {
  await castBatch(id, votesOf(...votes));
  await runDurableObjectAlarm(roomOf(id));
}

const ageless = (message: LiveBody) => ({ ...message, age_ms: null });

describe("a voter's socket that asks for results", () => {
  it.each(visibilities)("is told what every watcher is, and no more: %s", async (visibility) => {
    const id = await openedDecision({ visibility });
    await castAndTell(id, 12, "yes", "north");
    const watcher = await openSocket(id);
    const voter = await openFollowing(id);
    const state = await voter.nextResult();
    expect(state.type).toBe("state");
    expect(ageless(state)).toEqual(ageless(await watcher.next()));
    await castAndTell(id, 12, "no", "south");
    if (visibility !== "sealed") {
      const delta = await voter.nextResult();
      expect(delta).toMatchObject({ type: "delta", from: state.version });
      expect(ageless(delta)).toEqual(ageless(await watcher.next()));
    }
    // Nothing else has come in between.
    voter.send(anaVotes);
    expect(await voter.nextReceipt()).toMatchObject({ id: 1, replayed: false });
    watcher.close();
    voter.close();
  });

  it("votes and is told results also after its room has slept", async () => {
    const id = await openedDecision();
    const voter = await openFollowing(id);
    await voter.nextResult();
    await evictDurableObject(roomOf(id));
    voter.send(anaVotes);
    expect(await voter.nextReceipt()).toMatchObject({ id: 1, replayed: false });
    expect(await voter.nextResult()).toMatchObject({ total: { ballots: 1 } });
    await evictDurableObject(roomOf(id));
    await castAndReport(id, 1, "no", "south");
    expect(await voter.nextResult()).toMatchObject({ total: { ballots: 2 } });
    voter.send(anaVotes);
    expect(await voter.nextReceipt()).toMatchObject({ id: 1, replayed: true });
    voter.close();
  });

  it.each<[string, () => Promise<string>]>([
    ["of more shards than one", () => openedDecision({ shards: 3 })],
    [
      "whose only shard is not in its room",
      () => openedDecision({ expected_watchers: limits.roomWithShardWatchersMax + 1 }),
    ],
    [
      "whose watchers have all places",
      async () => {
        vi.spyOn(RoomWatchers.prototype, "isFullForVoters", "get").mockReturnValue(true);
        return openedDecision();
      },
    ],
  ])("votes and is told none in a decision %s", async (_name, open) => {
    const id = await open();
    const voter = await openFollowing(id);
    voter.send(anaVotes);
    expect(await voter.nextReceipt()).toMatchObject({ id: 1 });
    await castAndReport(id, 1, "no", "south");
    voter.send({ ...anaVotes, id: 2 });
    expect(await voter.nextReceipt()).toMatchObject({ id: 2, replayed: true });
    voter.close();
  });
});

it("a voter's socket takes votes also where results can't be read", async () => {
  const id = await openedDecision();
  vi.spyOn(RoomResults.prototype, "freshShown").mockRejectedValueOnce(new Error("planned"));
  const voter = await openFollowing(id);
  await expectLogged("room.results_unread");
  voter.send(anaVotes);
  expect(await voter.nextReceipt()).toMatchObject({ id: 1 });
  voter.close();
});

it("a voter's socket is refused where voting ends while results are read", async () => {
  const id = await openedDecision();
  const token = await tokenFor(id, "ana");
  vi.spyOn(RoomResults.prototype, "durableShown").mockImplementationOnce(async function (
    this: RoomResults,
  ) {
    await send("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
    return this.freshShown();
  });
  const answer = await send("GET", `/api/v1/decisions/${id}/ballot-socket?results=true`, {
    key: token,
    headers: { upgrade: "websocket" },
  });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: "decision.closed" });
});

it("a voter's socket that asks for none is told none", async () => {
  const id = await openedDecision();
  const voter = await openBallotSocket(id, await tokenFor(id, "ana"));
  await castAndReport(id, 1, "no", "south");
  voter.send(anaVotes);
  expect(await voter.nextReceipt()).toMatchObject({ id: 1 });
  voter.close();
});
