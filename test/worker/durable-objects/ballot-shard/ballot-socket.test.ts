import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { shardOf } from "../../../../src/decision/shard-map.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { labelNonce } from "../../../support/label-nonce.ts";
import { adminKey, api, send, type ReceiptBody } from "../../../support/worker/api.ts";
import {
  ballotSocketPath,
  browserHeaders,
  followSocket,
  openBallotSocket,
} from "../../../support/worker/ballot-socket.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { failNextWrite, letWritesSucceed } from "../../../support/worker/failing-writes.ts";
import { castAndReport, roomOf, shardStub } from "../../../support/worker/objects.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";
import { recordOf } from "../../../support/worker/record.ts";
import { openSocket } from "../../../support/worker/socket.ts";

afterEach(() => {
  releaseClock();
  letWritesSucceed();
});

const homes = [
  ["in its room", 1],
  ["of its own", 3],
] as const;

function nested(depth: number): string {
  return "[".repeat(depth) + "]".repeat(depth);
}

/** Puts the object of a voter's shard to sleep. */
async function evictShardOf(id: string, shards: number): Promise<void> {
  if (shards === 1) return evictDurableObject(roomOf(id));
  const record = await recordOf(id);
  const pid = record[0]?.pid ?? "";
  await evictDurableObject(shardStub(id, shardOf(pid, shards)));
}

describe.each(homes)("a voter's socket to a shard %s", (_, shards) => {
  it("answers a vote with the receipt that a repeat by POST gets, and counts it once", async () => {
    const id = await openedDecision({ shards });
    const token = await tokenFor(id, "ana");
    const socket = await openBallotSocket(id, token);
    const nonce = labelNonce("ana");
    socket.send({ id: 7, vote: "yes", nonce });
    const answer = await socket.nextReceipt();
    expect(answer).toMatchObject({ id: 7, replayed: false, receipt: { decision_id: id } });
    const posted = await cast<ReceiptBody>(id, token, "yes", undefined, { nonce });
    expect(posted.body).toEqual(answer.receipt);
    expect(posted.headers.get("idempotency-replayed")).toBe("true");
    expect((await recordOf(id)).map(({ choice }) => choice)).toEqual(["yes"]);
    socket.close();
  });

  it("answers a repeat with the same receipt, on the same socket and on another", async () => {
    const id = await openedDecision({ shards });
    const token = await tokenFor(id, "ana");
    const [one, other] = [await openBallotSocket(id, token), await openBallotSocket(id, token)];
    const vote = { vote: "no", nonce: labelNonce("ana") };
    one.send({ id: 1, ...vote });
    const first = await one.nextReceipt();
    one.send({ id: 2, ...vote });
    expect(await one.nextReceipt()).toEqual({ ...first, id: 2, replayed: true });
    other.send({ id: 1, ...vote });
    expect(await other.nextReceipt()).toEqual({ ...first, replayed: true });
    expect(await recordOf(id)).toHaveLength(1);
    one.close();
    other.close();
  });

  it("outlives hibernation: who its voter is is known, and what was answered stands", async () => {
    const id = await openedDecision({ shards });
    const socket = await openBallotSocket(id, await tokenFor(id, "ana"));
    const vote = { vote: "yes", nonce: labelNonce("ana") };
    socket.send({ id: 1, ...vote });
    const first = await socket.nextReceipt();
    await evictShardOf(id, shards);
    socket.send("ping");
    expect(await socket.nextText()).toBe("pong");
    socket.send({ id: 2, ...vote });
    expect(await socket.nextReceipt()).toEqual({ ...first, id: 2, replayed: true });
    socket.close();
  });

  it("ends when voting does, and none is opened after it", async () => {
    const id = await openedDecision({ shards });
    const token = await tokenFor(id, "ana");
    const socket = await openBallotSocket(id, token);
    await api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });
    expect(await socket.closed()).toEqual({ code: 1000, reason: "voting is over" });
    const ask = { headers: browserHeaders(token) };
    await refused("GET", ballotSocketPath(id), ask, 409, "decision.closed");
  });

  it("that breaks off loses nothing that was answered, and a vote without an answer is safe to repeat", async () => {
    const id = await openedDecision({ shards });
    const token = await tokenFor(id, "ana");
    const socket = await openBallotSocket(id, token);
    const nonce = labelNonce("ana");
    socket.send({ id: 1, vote: "yes", nonce });
    socket.close();
    expect((await cast(id, token, "yes", undefined, { nonce })).status).toBe(201);
    expect(await recordOf(id)).toHaveLength(1);
  });
});

describe("a message on a voter's socket", () => {
  it("is refused as a request is, with its number, and the socket goes on", async () => {
    const id = await openedDecision({ disclosure: "pseudonymous" });
    const socket = await openBallotSocket(id, await tokenFor(id, "ana"));
    const nonce = labelNonce("ana");
    const cases: [string | object, number | null, string][] = [
      ["{", null, "body.not_json"],
      ["7", null, "body.wrong_type"],
      ['{"id":1,"vote":"yes","vote":"no"}', null, "body.duplicate_key"],
      [`{"id":2,"vote":${nested(limits.jsonDepthMax)}}`, null, "body.too_deep"],
      [{ vote: "yes", nonce }, null, "body.wrong_type"],
      [{ id: -1, vote: "yes", nonce }, null, "body.invalid"],
      [{ id: 3, vote: "perhaps", nonce }, 3, "vote.invalid_choice"],
      [{ id: 4, vote: "yes" }, 4, "vote.nonce_required"],
      [{ id: 5, vote: "yes", nonce, voter_id: "ben" }, 5, "body.unknown_field"],
      [{ id: 6, vote: "yes", nonce, decision_id: id }, 6, "body.unknown_field"],
      [{ id: 8, vote: "yes", nonce, statement: "because" }, 8, "vote.statement_not_published"],
    ];
    for (const [message, number, code] of cases) {
      socket.send(message);
      const problem = { code, type: `urn:enviro-governance:problem:${code}` };
      expect(await socket.next(), code).toMatchObject({ type: "problem", id: number, problem });
    }
    // Nothing was counted by any of them: this first vote would be refused.
    socket.send({ id: 9, vote: "yes", nonce });
    expect(await socket.nextReceipt()).toMatchObject({ replayed: false });
    socket.send({ id: 10, vote: "no", nonce: labelNonce("again") });
    expect(await socket.nextCode()).toBe("vote.already_cast");
    socket.close();
  });

  it("that is too big ends the socket with 1009, one that is no text with 1003", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    const ends: [string | ArrayBuffer, number][] = [
      ["x".repeat(limits.voteBytesMax + 1), 1009],
      ["é".repeat(limits.voteBytesMax / 2 + 1), 1009],
      [new ArrayBuffer(8), 1003],
    ];
    for (const [message, code] of ends) {
      const socket = await openBallotSocket(id, token);
      socket.send(message);
      expect(await socket.closed()).toMatchObject({ code });
    }
    expect(await recordOf(id)).toEqual([]);
  });

  it("after one that has ended the socket is for nobody", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    const socket = await openBallotSocket(id, token);
    socket.send(new ArrayBuffer(8));
    const nonce = labelNonce("ana");
    socket.send({ id: 1, vote: "yes", nonce });
    expect(await socket.closed()).toMatchObject({ code: 1003 });
    const posted = await cast(id, token, "yes", undefined, { nonce });
    expect(posted.headers.get("idempotency-replayed")).toBeNull();
  });

  it("after the token has run out is refused, and ends the socket", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana", { expires_in_seconds: 60 });
    const socket = await openBallotSocket(id, token);
    stopClockAt(Date.now() + 60_000);
    socket.send({ id: 1, vote: "yes", nonce: labelNonce("ana") });
    expect(await socket.nextCode()).toBe("token.expired");
    expect(await socket.closed()).toMatchObject({ code: 1008 });
  });

  it("after the token was revoked is refused, and ends the socket", async () => {
    const id = await openedDecision();
    const socket = await openBallotSocket(id, await tokenFor(id, "ana"));
    const path = `/api/v1/decisions/${id}/tokens/revoke`;
    await api("POST", path, { key: adminKey, body: { voter_ids: ["ana"] } });
    socket.send({ id: 1, vote: "yes", nonce: labelNonce("ana") });
    expect(await socket.nextCode()).toBe("token.superseded");
    expect(await socket.closed()).toMatchObject({ code: 1008 });
    expect(await recordOf(id)).toEqual([]);
  });

  it("whose commit fails is answered that nobody knows, and its repeat counts once", async () => {
    const id = await openedDecision();
    const socket = await openBallotSocket(id, await tokenFor(id, "ana"));
    const vote = { vote: "yes", nonce: labelNonce("ana") };
    await failNextWrite((write) => write.startsWith("INSERT INTO log"));
    socket.send({ id: 1, ...vote });
    expect(await socket.nextCode()).toBe("shard.unavailable");
    await expectLogged("shard.socket_failed", { decision: id });
    socket.send({ id: 2, ...vote });
    expect(await socket.nextReceipt()).toMatchObject({ replayed: false });
    expect(await recordOf(id)).toHaveLength(1);
    socket.close();
  });
});

describe("the upgrade of a voter's socket", () => {
  it("takes the token from the header too, and then names no protocol", async () => {
    const id = await openedDecision();
    const headers = { upgrade: "websocket" };
    const key = await tokenFor(id, "ana");
    const response = await send("GET", ballotSocketPath(id), { key, headers });
    expect(response.status).toBe(101);
    expect(response.headers.get("sec-websocket-protocol")).toBeNull();
    if (response.webSocket === null) throw new Error("an upgrade gives a socket");
    const socket = followSocket(response.webSocket);
    socket.send({ id: 1, vote: "yes", nonce: labelNonce("ana") });
    await socket.nextReceipt();
    socket.close();
  });

  it("says who the voter is by the token alone, whatever a client says to the shard", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    const headers = { ...browserHeaders(token), "x-socket-voter": "1 %7B%7D" };
    const response = await send("GET", ballotSocketPath(id), { headers });
    if (response.webSocket === null) throw new Error("an upgrade gives a socket");
    const socket = followSocket(response.webSocket);
    socket.send({ id: 1, vote: "yes", nonce: labelNonce("ana") });
    const { receipt } = await socket.nextReceipt();
    const posted = await cast(id, token, "yes", undefined, { nonce: labelNonce("ana") });
    expect(posted.body).toEqual(receipt);
    socket.close();
  });

  it("is refused without a token, with one of another decision, and without an upgrade", async () => {
    const [id, other] = [await openedDecision(), await openedDecision()];
    const path = ballotSocketPath(id);
    const upgrade = { upgrade: "websocket" };
    await refused("GET", path, { headers: upgrade }, 401, "credential.missing");
    const bad = { headers: browserHeaders("not.a.token") };
    await refused("GET", path, bad, 401, "token.invalid");
    const foreign = { headers: browserHeaders(await tokenFor(other, "ana")) };
    await refused("GET", path, foreign, 403, "token.wrong_decision");
    const plain = { key: await tokenFor(id, "ana") };
    const response = await send("GET", path, plain);
    expect(response.headers.get("upgrade")).toBe("websocket");
    await expectProblem(response, 426, "route.upgrade_required");
  });

  it("has so many places for a voter and no more, and each that closes is free again", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    const open = () => openBallotSocket(id, token);
    const sockets = [];
    for (let count = 0; count < limits.ballotSocketsAVoterMax; count += 1)
      sockets.push(await open());
    const ask = { headers: browserHeaders(token) };
    await refused("GET", ballotSocketPath(id), ask, 429, "sockets.too_many");
    const another = await openBallotSocket(id, await tokenFor(id, "ben"));
    await evictDurableObject(roomOf(id));
    await refused("GET", ballotSocketPath(id), ask, 429, "sockets.too_many");
    sockets.pop()?.close();
    const again = await eventually("a place is free", async () => {
      const response = await send("GET", ballotSocketPath(id), ask);
      return response.webSocket === null ? null : followSocket(response.webSocket);
    });
    for (const socket of [...sockets, again, another]) socket.close();
  });

  it("has a place again for a voter whose sockets the server has ended", async () => {
    const id = await openedDecision();
    const token = await tokenFor(id, "ana");
    for (let count = 0; count < limits.ballotSocketsAVoterMax; count += 1) {
      const socket = await openBallotSocket(id, token);
      socket.send(new ArrayBuffer(8));
      expect(await socket.closed()).toMatchObject({ code: 1003 });
    }
    const socket = await eventually("a place is free", async () => {
      const response = await send("GET", ballotSocketPath(id), { headers: browserHeaders(token) });
      return response.webSocket === null ? null : followSocket(response.webSocket);
    });
    socket.close();
  });

  it("leaves the watchers of the room as they are: they hear results, voters do not", async () => {
    const id = await openedDecision();
    const voter = await openBallotSocket(id, await tokenFor(id, "ana"));
    const watcher = await openSocket(id);
    await watcher.next();
    await castAndReport(id, 1, "yes", "north");
    expect(await watcher.next()).toMatchObject({ type: "delta", total: { ballots: 1 } });
    await evictDurableObject(roomOf(id));
    await castAndReport(id, 1, "no", "north");
    await watcher.next();
    voter.send("ping");
    expect(await voter.nextText()).toBe("pong");
    voter.close();
    watcher.close();
  });
});
