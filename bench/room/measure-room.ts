import { moveTally } from "../../src/ballot/tally.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { limits } from "../../src/shared/limits.ts";
import type { Room } from "./rooms.ts";

const tickMs = 50;
const warmUpMs = 2_000;
const measureMs = 10_000;

interface RoomUnderTest {
  make: () => Room;
  shards: number;
  regions: number;
  votesASecond: number;
}

/** What a room did in a second, and the shares of its thread that this took. */
export interface MeasuredRoom {
  reports: number;
  bytes: number;
  mergeShare: number;
  broadcastShare: number;
}

/**
 * Lets time pass for a room as fast as this processor can. What the shards do is not counted; what
 * the room does is, in processor time of this process.
 */
export function measureRoom({ make, shards, regions, votesASecond }: RoomUnderTest): MeasuredRoom {
  const room = make();
  const codes = Array.from({ length: regions }, (_, index) => `region ${index}`);
  const all = Array.from({ length: shards }, (_, shard) => ({
    snapshot: fullShard(shard, codes),
    nextAt: (shard * limits.drainDelayMs) / shards,
  }));
  const spent = { merge: 0, broadcast: 0 };
  const counted = { reports: 0, bytes: 0 };
  let vote = 0;
  for (let now = 0; now < warmUpMs + measureMs; now += tickMs) {
    const isCounted = now >= warmUpMs;
    for (const shard of all) {
      const votes = Math.round((votesASecond * tickMs) / 1_000);
      const ballots = Array.from({ length: votes }, () => {
        vote += 1;
        return { choice: "yes" as const, region: codes[(vote * 7_919) % regions] ?? "", weight: 1 };
      });
      const { seq, tally } = shard.snapshot;
      shard.snapshot = {
        ...shard.snapshot,
        seq: seq + votes,
        tally: moveTally(tally, ballots, []),
        takenAt: now,
      };
      if (now < shard.nextAt) continue;
      const { message, bytes } = room.tell(shard.snapshot);
      shard.nextAt = now + room.delayMs(shards, bytes);
      const took = processorMs(() => room.read(message));
      if (!isCounted) continue;
      counted.reports += 1;
      counted.bytes += bytes;
      spent.merge += took;
    }
    if (now % limits.broadcastDelayMs !== 0) continue;
    const took = processorMs(() => room.broadcast(codes, now));
    if (isCounted) spent.broadcast += took;
  }
  const seconds = measureMs / 1_000;
  return {
    reports: counted.reports / seconds,
    bytes: counted.bytes / seconds,
    mergeShare: spent.merge / measureMs,
    broadcastShare: spent.broadcast / measureMs,
  };
}

function fullShard(shard: number, codes: readonly string[]): ShardSnapshot {
  const ballots = codes.flatMap((region) =>
    (["yes", "no", "abstain"] as const).map((choice) => ({ choice, region, weight: 3 })),
  );
  const tally = moveTally(new Map(), ballots, []);
  return { shard, seq: ballots.length, tally, takenAt: 0, isSealed: false };
}

function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
