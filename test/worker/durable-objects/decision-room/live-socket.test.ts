import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { adminKey, api } from "../../../support/worker/api.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { applyMessage, figuresOf, type LiveBody } from "../../../support/worker/live-results.ts";
import { castAndReport, roomOf } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import { readAfresh } from "../../../support/worker/results.ts";
import { openSocket } from "../../../support/worker/socket.ts";

const close = (id: string) => api("POST", `/api/v1/decisions/${id}/close`, { key: adminKey });

describe("the socket of results", () => {
  it("begins with the state, goes on with deltas, and shows the final results at the close", async () => {
    const id = await openedDecision({ shards: 3, revote_policy: "revisable" });
    const socket = await openSocket(id);
    let shown: LiveBody | null = null;
    const versions: number[] = [];
    const take = async () => {
      const message = await socket.next();
      expect(message.type).toBe(shown === null ? "state" : "delta");
      shown = applyMessage(shown, message.type, message);
      versions.push(message.version);
      return message;
    };
    await take();
    for (const [round, vote] of ["yes", "no", "abstain", "yes"].entries()) {
      await castAndReport(id, 5, vote, round % 2 === 0 ? "north" : "south", `voter-${round % 2}`);
      await take();
    }
    await close(id);
    while (!(await take()).final);

    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    const { body } = await readAfresh(id);
    expect(shown === null ? null : figuresOf(shown)).toEqual(figuresOf(body));
    expect(body).toMatchObject({ final: true, total: { ballots: 10 } });
    socket.close();
  });

  it("answers ping with pong, and takes no notice of anything else that is said", async () => {
    const id = await openedDecision();
    const socket = await openSocket(id);
    await socket.next();
    socket.send('{"type":"state","total":{}}');
    socket.send("ping");
    expect(await socket.nextText()).toBe("pong");
    await castAndReport(id, 1, "yes", "north");
    expect(await socket.next()).toMatchObject({ type: "delta", total: { ballots: 1 } });
    socket.close();
  });

  it("outlives the room's hibernation: the next vote arrives, and the figures are whole", async () => {
    const id = await openedDecision();
    await castAndReport(id, 2, "yes", "north");
    const socket = await openSocket(id);
    const before = await socket.next();
    await evictDurableObject(roomOf(id));
    await castAndReport(id, 3, "no", "south");
    const message = await socket.next();
    expect(message.version).toBeGreaterThan(before.version);
    const shown = applyMessage(before, message.type, message);
    expect(figuresOf(shown)).toEqual(figuresOf((await readAfresh(id)).body));
    expect(shown.total.ballots).toBe(5);
    socket.close();
  });

  it("answers ping while the room hibernates", async () => {
    const id = await openedDecision();
    const socket = await openSocket(id);
    await socket.next();
    await evictDurableObject(roomOf(id));
    socket.send("ping");
    expect(await socket.nextText()).toBe("pong");
    socket.close();
  });

  it("goes on with deltas after the room has woken, and misses none over two sleeps", async () => {
    const id = await openedDecision();
    const socket = await openSocket(id);
    let shown: LiveBody = await socket.next();
    for (const name of ["first", "second"]) {
      await evictDurableObject(roomOf(id));
      for (const region of ["north", "south"]) {
        await castAndReport(id, 1, "yes", region, `${name}-${region}`);
        const message = await socket.next();
        shown = applyMessage(shown, message.type, message);
      }
    }
    expect(figuresOf(shown)).toEqual(figuresOf((await readAfresh(id)).body));
    expect(shown.total.ballots).toBe(4);
    socket.close();
  });

  it("hears of the close after hibernation", async () => {
    const id = await openedDecision();
    await castAndReport(id, 2, "abstain", "north");
    const socket = await openSocket(id);
    await socket.next();
    await evictDurableObject(roomOf(id));
    await close(id);
    let message = await socket.next();
    while (!message.final) message = await socket.next();
    expect(message).toMatchObject({ status: "closed", total: { ballots: 2 } });
    socket.close();
  });

  it("with since replays what was missed, and with a version that the room no longer knows gives the state", async () => {
    const id = await openedDecision();
    const watcher = await openSocket(id);
    const state = await watcher.next();
    await castAndReport(id, 1, "yes", "north");
    await watcher.next();
    const again = await openSocket(id, state.version);
    const missed = await again.next();
    expect(missed).toMatchObject({ type: "delta", from: state.version, total: { ballots: 1 } });
    watcher.close();
    again.close();

    await evictDurableObject(roomOf(id));
    const later = await openSocket(id, state.version);
    expect(await later.next()).toMatchObject({ type: "state", total: { ballots: 1 } });
    later.close();
  });

  it("taken up again by a watcher who missed nothing gives the next delta and no older one", async () => {
    const id = await openedDecision();
    const watcher = await openSocket(id);
    await watcher.next();
    await castAndReport(id, 1, "yes", "north");
    const { version } = await watcher.next();
    const again = await openSocket(id, version);
    await castAndReport(id, 1, "no", "south");
    expect(await again.next()).toMatchObject({
      type: "delta",
      from: version,
      version: version + 1,
    });
    watcher.close();
    again.close();
  });

  it("that is gone does not keep the others from hearing", async () => {
    const id = await openedDecision();
    const [leaves, stays] = [await openSocket(id), await openSocket(id)];
    await Promise.all([leaves.next(), stays.next()]);
    leaves.close();
    await castAndReport(id, 1, "yes", "north");
    expect(await stays.next()).toMatchObject({ total: { ballots: 1 } });
    stays.close();
  });

  it("of a decision that there is not is not opened", async () => {
    const path = "/api/v1/decisions/nobody-decides-this/results/socket";
    const ask = { headers: { upgrade: "websocket" } };
    await refused("GET", path, ask, 404, "decision.not_found");
  });
});
