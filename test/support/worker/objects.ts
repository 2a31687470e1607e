import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { castBatch, votesOf } from "./batches.ts";
import { shardsOf } from "./record.ts";

export function roomOf(decisionId: string) {
  return env.DECISION_ROOM.getByName(decisionId);
}

export function shardStub(decisionId: string, shard: number) {
  return env.BALLOT_SHARD.getByName(`${decisionId}/${shard}`);
}

/** Lets every shard do at once what its alarm would do in a quarter of a second: drain its log and tell the room. */
export async function reportToRoom(decisionId: string): Promise<void> {
  for (const { shard } of await shardsOf(decisionId)) {
    await runDurableObjectAlarm(shardStub(decisionId, shard));
  }
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
