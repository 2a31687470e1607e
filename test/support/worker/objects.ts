import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { castBatch, votesOf } from "./batches.ts";
import { shardsOf } from "./record.ts";

export function roomOf(decisionId: string) {
  return env.DECISION_ROOM.getByName(decisionId);
}

/** The object of one of several shards; the only shard of a decision lives in its room. */
export function shardStub(decisionId: string, shard: number) {
  return env.BALLOT_SHARD.getByName(`${decisionId}/${shard}`);
}

/** Lets every shard do at once what its alarm would do in a quarter of a second: drain its log and tell the room. */
export async function reportToRoom(decisionId: string): Promise<void> {
  const shards = await shardsOf(decisionId);
  if (shards.length === 1) await runRoomAlarm(decisionId);
  else for (const { shard } of shards) await runDurableObjectAlarm(shardStub(decisionId, shard));
}

/** Lets a room, and the shard in it, do at once what they have their alarm set for: whose moment is the later comes second. */
export async function runRoomAlarm(decisionId: string): Promise<void> {
  await runDurableObjectAlarm(roomOf(decisionId));
  await runDurableObjectAlarm(roomOf(decisionId));
}

/** Casts votes of voters with this name, and tells the room at once. */
export async function castAndReport(
  decisionId: string,
  count: number,
  vote: string,
  region: string,
  name = `${vote}-${region}`,
): Promise<void> {
  await castBatch(decisionId, votesOf(count, vote, region, name));
  await reportToRoom(decisionId);
}
