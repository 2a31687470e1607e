import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { expect, vi } from "vitest";
import { adminKey, api } from "../api.ts";
import { castBatch } from "../batches.ts";
import { takeStep } from "../decision-calls.ts";
import { draftDecision, openedDecision, tokenFor } from "../decisions.ts";
import { issueKey } from "../keys.ts";
import { roomOf, runRoomAlarm, shardStub } from "../objects.ts";
import { putRoll } from "../rolls.ts";
import type { Role } from "../routes.ts";
import { openSocket } from "../socket.ts";

/** How a voter votes, one vote after another. */
export type CastVote = readonly [voter: string, vote: "yes" | "no" | "abstain"];

/** Who looks: a role, or one of the voters on the roll. */
export type Onlooker = Role | "voter who has not voted" | "voter of the crowd";

/** A decision and what was voted in it. Two worlds that differ in votes alone must look the same until they close. */
export type World = {
  id: string;
  /** `ana` has voted, `zoe` has not, `voter-4` only where there is a crowd; each with its credential, the public without one. */
  keys: ReadonlyMap<Onlooker, string | null>;
  /** Whether each question goes to an isolate that has met nobody. */
  afresh?: boolean;
};

const regionOf = (index: number) => (index % 3 === 0 ? "south" : "north");
/** Twenty voters, of whom `ana` and `zoe` are two. */
export const voters = ["ana", "zoe", ...Array.from({ length: 18 }, (_, index) => `voter-${index}`)];
const roll = [
  "voter_id,region,weight",
  ...voters.map((voter, index) => `${voter},${regionOf(index)},${index + 1}`),
].join("\n");

/** A decision with these terms and a roll, opened. */
export async function openWorld(given: Record<string, unknown>): Promise<World> {
  const id = await withSameKeys(async () => {
    const drafted = await draftDecision({ electorate: "roll", ...given });
    await putRoll(drafted, roll);
    return drafted;
  });
  await takeStep(id, "open");
  const another = await openedDecision();
  await lookOnce(id);
  return {
    id,
    keys: new Map<Onlooker, string | null>([
      ["public", null],
      ["voter", await tokenFor(id, "ana")],
      ["voter who has not voted", await tokenFor(id, "zoe")],
      ["voter of the crowd", await tokenFor(id, "voter-4")],
      ["station", (await issueKey("station", id)).key],
      ["station of another decision", (await issueKey("station", another)).key],
      ["admin", adminKey],
      ["admin of another decision", (await issueKey("admin", another)).key],
    ]),
  };
}

/**
 * Does something while random bytes are the same ones: it gives every world the same keys, and so
 * the same pseudonyms, spread over several shards alike.
 */
async function withSameKeys<Done>(work: () => Promise<Done>): Promise<Done> {
  const spy = vi.spyOn(crypto, "getRandomValues").mockImplementation((bytes) => {
    if (bytes instanceof Uint8Array) bytes.fill(7);
    return bytes;
  });
  try {
    return await work();
  } finally {
    spy.mockRestore();
  }
}

/**
 * Casts votes one by one, each with a key of its own. After each the shard tells the room and somebody looks, so that the deltas that a room
 * keeps are one a vote, and not as many as its timer had time for.
 */
export async function castInto({ id }: World, votes: readonly CastVote[]): Promise<void> {
  for (const [index, [voter, vote]] of votes.entries()) {
    const idempotencyKey = `their-own-${index}`;
    const { body } = await castBatch(id, [{ voter_id: voter, vote }], { idempotencyKey });
    expect(body).toMatchObject({ accepted: 1 });
    await report(id);
    await lookOnce(id);
  }
}

/** Watches for a moment, which has the room send what it has. */
export async function lookOnce(id: string): Promise<void> {
  const watcher = await openSocket(id);
  await watcher.next();
  watcher.close();
}

/** Has the room write its lists now, and not in some seconds: a room that has just woken does so with its alarm. */
export async function project(id: string): Promise<void> {
  await evictDurableObject(roomOf(id));
  await runDurableObjectAlarm(roomOf(id));
}

/** What alarms would do in their own time: the shards drain and report, the room projects. */
export async function report(id: string): Promise<void> {
  for (const shard of [0, 1]) await runDurableObjectAlarm(shardStub(id, shard));
  await runRoomAlarm(id);
}

export function endWorld({ id }: World, step: "close" | "cancel") {
  return api("POST", `/api/v1/decisions/${id}/${step}`, { key: adminKey });
}
