import { expect } from "vitest";
import { api } from "./api.ts";
import { auditOf } from "./record.ts";
import { readAfresh } from "./results.ts";

/** All that a vote could change, from the shards themselves and from the public results. */
async function pictureOf(decisionId: string) {
  const { shards, room } = await auditOf(decisionId);
  const { body } = await readAfresh(decisionId);
  const decision = await api("GET", `/api/v1/decisions/${decisionId}`);
  const compared = shards.map(({ shard, seq, sealed, total, regions }) => ({
    shard,
    seq,
    sealed,
    total,
    regions,
  }));
  const { version, total, regions } = body;
  return { compared, room, results: { version, total, regions }, decision: decision.body };
}

/** Runs something that must be refused, and checks that record, results and decision are what they were before. */
export async function expectUnchanged<Value>(
  decisionId: string,
  attempt: () => Promise<Value>,
): Promise<Value> {
  const before = await pictureOf(decisionId);
  const value = await attempt();
  expect(await pictureOf(decisionId)).toEqual(before);
  return value;
}
