import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { RoomStore } from "../../../durable-objects/decision-room/room-store.ts";
import { withWriterDependencies } from "../../../src/platform/writer-dependencies.ts";
import { signText } from "../../../src/vote-log/signed-text.ts";
import { cutRecords } from "../../../src/vote-log/cut-records.ts";
import { encodeRecord } from "../../../src/vote-log/vote-record.ts";
import { writeRecords } from "../../../src/vote-log/write-records.ts";
import { releaseClock, stopClockAt } from "./clock.ts";
import { readDecision } from "./decision-calls.ts";
import { eventually } from "./eventually.ts";
import { roomOf, shardStub } from "./objects.ts";
import { recordOf, auditOf } from "./record.ts";
import { recountBallots } from "./recount.ts";
import { inShard, type HomeStub } from "./shards.ts";

/** A decision, and in how many shards it lives. */
export type Lived = { id: string; shards: number };

const anHour = 3_600_000;

function homesOf({ id, shards }: Lived): HomeStub[] {
  if (shards === 1) return [roomOf(id)];
  return Array.from({ length: shards }, (_, shard) => shardStub(id, shard));
}

/** Evicts the room and all shards: what they know from here on is what they have stored. */
export async function restartAll(lived: Lived): Promise<void> {
  await restart(roomOf(lived.id));
  if (lived.shards > 1) for (const home of homesOf(lived)) await restart(home);
}

/** Evicts an object once it runs, and once it has ended what it is at, such as an alarm. */
async function restart(home: HomeStub): Promise<void> {
  await inShard(home, () => {});
  await eventually("the end of an object's work", async () => {
    try {
      await evictDurableObject(home);
      return true;
    } catch (error) {
      if (String(error).includes("active references")) return null;
      throw error;
    }
  });
}

/** Writes every ballot of the record into the database now, as the queue's consumer would. */
export async function drainNow(lived: Lived): Promise<void> {
  const decisionId = lived.id;
  await withWriterDependencies(env, async (deps) => {
    for (const [shard, home] of homesOf(lived).entries()) {
      const { ballots, epoch } = await inShard(home, (one) => ({
        ballots: one.readBallots(0, 100_000),
        epoch: one.outboxProgress().epoch,
      }));
      if (ballots.length === 0) continue;
      const records = cutRecords({ decisionId, shard, epoch }, ballots);
      const texts = records.map((record) => signText(deps.signature, encodeRecord(record)));
      await writeRecords(deps, texts);
    }
  });
}

let looks = 0;

/**
 * Lets the room of a closed decision look whether the database has all, however long it meant to
 * wait since its last look.
 */
export async function certifyNow(id: string): Promise<string> {
  try {
    looks += 1;
    stopClockAt(Date.now() + looks * anHour);
    await runDurableObjectAlarm(roomOf(id));
  } finally {
    releaseClock();
  }
  return (await readDecision(id)).body.status;
}

/** What a decision's storage holds once it has lived: whatever objects in memory believe. */
export function storedRoom(id: string): Promise<{ status: string | undefined; seals: number }> {
  return runInDurableObject(roomOf(id), (_, { storage }) => {
    const store = new RoomStore(storage);
    return { status: store.decision?.status, seals: store.seals.size };
  });
}

/**
 * Recounts the record as an auditor would: it holds so many ballots, each voter counts once, and
 * the room's tally is that recount.
 */
export async function expectExact(id: string, accepted: number): Promise<void> {
  const ballots = await recordOf(id);
  expect(ballots.length).toBe(accepted);
  const { room } = await auditOf(id);
  const recount = recountBallots(ballots);
  expect(room.total).toEqual(recount.total);
  for (const region of room.regions) expect(region).toMatchObject(recount.regionOf(region.region));
}
