import { deserialize, serialize } from "node:v8";
import type { Tally } from "../../src/ballot/tally.ts";
import { diffResults } from "../../src/results/delta.ts";
import { viewDelta } from "../../src/results/result-json.ts";
import { mergeResult, toResult, type DecisionResult } from "../../src/results/result.ts";
import { ShardMerge } from "../../src/results/shard-merge.ts";
import {
  changeReport,
  decodeReport,
  encodeReport,
  reportDelayMs,
  wholeReport,
} from "../../src/results/tally-report.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { showResult, type ShownResult } from "../../src/results/shown-result.ts";
import { limits } from "../../src/shared/limits.ts";

/** A way to tell a room of its shards, and what the room does with it. */
export interface Room {
  /** What a shard sends; the time is its own. */
  tell(snapshot: ShardSnapshot): { message: Message; bytes: number };
  /** How long a shard waits after a message of so many bytes, in ms. */
  delayMs(shards: number, bytes: number): number;
  read(message: Message): void;
  broadcast(regions: readonly string[], now: number): void;
}

type Message = string | Uint8Array;

const decision = {
  id: "a-thousand-regions",
  status: "open" as const,
  roll: null,
  visibility: "live" as const,
  exposure: { kind: "all" as const },
};

/** Every report is the whole tally as a structured clone; each broadcast sums all of them. */
export function wholesSummedAnew(sockets: number): Room {
  const snapshots = new Map<number, ShardSnapshot>();
  const tell = watchers(sockets);
  return {
    tell(snapshot) {
      const message = serialize(snapshot);
      return { message, bytes: message.byteLength };
    },
    delayMs: () => limits.drainDelayMs,
    read(message) {
      const snapshot = deserialize(message as NodeJS.ArrayBufferView) as ShardSnapshot;
      snapshots.set(snapshot.shard, snapshot);
    },
    broadcast: (regions, now) =>
      tell(mergeResult({ ...decision, regions }, [...snapshots.values()], now), now),
  };
}

/** Reports and sums as the room has them, and one text for all sockets. */
export function changesEach(sockets: number): Room {
  const merge = new ShardMerge();
  const told = new Map<number, { seq: number; tally: Tally }>();
  const tell = watchers(Math.min(1, sockets));
  return {
    tell(snapshot) {
      const base = told.get(snapshot.shard);
      told.set(snapshot.shard, snapshot);
      const report =
        base === undefined ? wholeReport(snapshot) : changeReport(snapshot, base.seq, base.tally);
      const message = encodeReport(report);
      return { message, bytes: message.length };
    },
    delayMs: (shards, bytes) => Math.max(limits.drainDelayMs, reportDelayMs(shards, bytes)),
    read: (message) => void merge.take(decodeReport(message as string)),
    broadcast(regions, now) {
      const { heads, tally, total } = merge;
      tell(toResult({ ...decision, regions }, { heads: heads.values(), tally, total }, now), now);
    },
  };
}

/** Shows a result, finds what has changed, and makes so many texts of it. */
function watchers(texts: number): (result: DecisionResult, now: number) => number {
  let last: ShownResult | null = null;
  return (result, now) => {
    const shown = showResult(result, now);
    const change = last === null ? null : diffResults(last, shown);
    last = shown;
    let characters = 0;
    if (change === null) return characters;
    for (let text = 0; text < texts; text += 1)
      characters += JSON.stringify(viewDelta(change, now)).length;
    return characters;
  };
}
