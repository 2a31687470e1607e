import { randomBytes } from "node:crypto";
import { choices } from "../../src/ballot/ballot.ts";
import { limits } from "../../src/shared/limits.ts";
import { decodeRecord, encodeRecord } from "../../src/vote-log/vote-record.ts";

const regions = Array.from({ length: 200 }, (_, index) => `region-${index}`);

/** Records of the vote log as a shard publishes them, as many ballots in each as there may be. */
export function makeRecords(count: number): { key: string; value: string }[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, shard) => {
    const ballots = Array.from({ length: limits.recordBallotsMax }, (__, index) => ({
      seq: index + 1,
      pid: randomBytes(16).toString("base64url"),
      choice: choices[index % choices.length] ?? "yes",
      region: regions[(index * 7) % regions.length] ?? "",
      weight: 1,
      acceptedAt: now + index,
    }));
    const address = { decisionId: "bench-gateway", shard, epoch: 1 };
    return { key: `bench-gateway/${shard}`, value: encodeRecord({ ...address, ballots }) };
  });
}

/** Ballots in a record, counted as a consumer would. */
export function countRecordBallots(value: string): number {
  return decodeRecord(value).ballots.length;
}
