import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { expectLogged } from "../../support/error-lines.ts";
import { openedDecision } from "../../support/worker/decisions.ts";
import { eventually } from "../../support/worker/eventually.ts";
import { limitedIsolate } from "../../support/worker/limited-isolate.ts";
import { roomOf } from "../../support/worker/objects.ts";

const [here, elsewhere] = ["203.0.113.7", "198.51.100.9"];

/** Sockets of one address until one is refused; without the limiter watchers are not counted by time. */
async function fillPlaces(id: string) {
  const isolate = limitedIsolate({ withoutLimiter: true });
  const sockets: WebSocket[] = [];
  for (;;) {
    const socket = await isolate.openSocketFrom(here, id);
    if (typeof socket === "number") return { ...isolate, sockets, status: socket };
    sockets.push(socket);
  }
}

describe("the places of watchers", () => {
  it("are so many for an address and no more, and others have theirs", async () => {
    const id = await openedDecision();
    const { openSocketFrom, send, sockets, status } = await fillPlaces(id);
    expect(sockets).toHaveLength(limits.watchersAClientMax);
    expect(status).toBe(429);
    await expectLogged("admission.limiter_away");
    // Streams and sockets have them together.
    const path = `/api/v1/decisions/${id}/results/stream`;
    const stream = await send({ path, address: here });
    expect(stream).toMatchObject({ status: 429, code: "watchers.too_many" });
    expect(stream.headers.get("retry-after")).toBe(String(limits.rateWindowSeconds));
    expect((await send({ path, address: elsewhere })).status).toBe(200);

    // The room has slept, and knows them again.
    await evictDurableObject(roomOf(id));
    expect(await openSocketFrom(here, id)).toBe(429);

    // Whoever leaves makes a place free.
    sockets[0]?.close(1_000);
    const again = await eventually("a place is free", async () => {
      const socket = await openSocketFrom(here, id);
      return typeof socket === "number" ? null : socket;
    });
    for (const socket of [...sockets, again]) socket.close(1_000);
  });

  it("of streams are free again once they are cancelled", async () => {
    const room = roomOf(await openedDecision());
    const open = () => room.fetch("https://room/stream?v=1&client=a");
    const streams: Response[] = [];
    for (let count = 0; count < limits.watchersAClientMax; count += 1) streams.push(await open());
    expect((await open()).status).toBe(403);
    for (const { body } of streams) await body?.cancel();
    const again = await eventually("a place is free", async () => {
      const stream = await open();
      return stream.status === 200 ? stream : null;
    });
    await again.body?.cancel();
  });
});
