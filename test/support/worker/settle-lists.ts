import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { RoomParts } from "../../../durable-objects/decision-room/compose-room.ts";
import { roomOf } from "./objects.ts";

/**
 * Has what a room does once a minute done anew now: what the list says of the results, and the
 * points of the turnout, are then the same whenever a minute began till now.
 */
export async function settleLists(id: string): Promise<void> {
  await runInDurableObject(roomOf(id), async (room) => {
    // A test's way into a room, which has them for itself.
    const { projection, turnout, shownStore } = Reflect.get(room, "parts") as RoomParts;
    await env.DB.prepare("DELETE FROM listed_results WHERE decision_id = ?").bind(id).run();
    shownStore.keepTurnout([]);
    projection.reset();
    await projection.write({ liveResults: true });
    turnout.note(Date.now());
  });
}
