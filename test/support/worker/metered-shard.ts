import { vi } from "vitest";
import { encodeEntries } from "../../../durable-objects/ballot-shard/index-entries.ts";
import { BacklogReports } from "../../../durable-objects/ballot-shard/backlog-reports.ts";
import { ShardOutbox } from "../../../durable-objects/ballot-shard/outbox.ts";
import { shardMeasures } from "../../../durable-objects/ballot-shard/shard-measures.ts";
import { noMeter } from "../../../src/telemetry/metrics/meter.ts";
import { RoomReports } from "../../../durable-objects/ballot-shard/room-reports.ts";
import { ShardRolls } from "../../../durable-objects/ballot-shard/shard-rolls.ts";
import { ShardLogins } from "../../../durable-objects/ballot-shard/shard-logins.ts";
import { ShardStore } from "../../../durable-objects/ballot-shard/shard-store.ts";
import { ShardTokens } from "../../../durable-objects/ballot-shard/shard-tokens.ts";
import { Shard } from "../../../durable-objects/ballot-shard/shard.ts";
import { AlarmScheduler } from "../../../durable-objects/shared/alarm-scheduler.ts";
import { choices } from "../../../src/ballot/ballot.ts";
import { encodeRequests } from "../../../src/ballot/cast-code.ts";
import type { ShardUsage } from "../../../src/planner/shard-usage.ts";
import { noTracer } from "../../../src/telemetry/traces/tracer.ts";
import { invariant } from "../../../src/shared/invariant.ts";
import { limits } from "../../../src/shared/limits.ts";
import { noProgress } from "../../../src/vote-log/outbox.ts";
import type { VoteRecord } from "../../../src/vote-log/vote-record.ts";
import { MeteredStorage } from "./metered-storage.ts";
import { termsOf } from "./shards.ts";

export const indexCycle = 2 ** limits.indexPartitionBits * limits.indexFlushBallots;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** How long the writer takes to apply what was published, and to say so. */
const writerMs = 400;

/** Numbers from 0 to 1, always the same. */
export function random(): () => number {
  let seed = 7;
  return () => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/**
 * A pid whose bucket is odd: those that only the table knows have even ones, so none of their
 * ballots is looked for in the log.
 */
export function newPid(next: () => number): string {
  const characters = Array.from({ length: 22 }, () => alphabet[Math.floor(next() * 64)]);
  characters[8] = alphabet[2 * Math.floor(next() * 32) + 1];
  return characters.join("");
}

/**
 * What a shard holds after so many voters: the last cycle of its log, and the index of all before
 * in blocks as full as those of a tree whose leaves are split when they are full.
 */
export function fillShard(
  storage: DurableObjectStorage,
  next: () => number,
  { voters, regions = 0 }: { voters: number; regions?: number },
): void {
  const store = new ShardStore(storage);
  store.keepTerms(termsOf("rows", { regions: new Set(regionCodes(regions)) }));
  const inLog = indexCycle + limits.indexFlushBallots;
  storage.transactionSync(() => {
    const blocks = Math.round(voters / (0.69 * limits.indexBlockEntriesMax));
    const width = 2 ** 30 / blocks;
    for (let block = 0; block < blocks; block += 1) {
      const from = Math.ceil(block * width);
      // Between half full and full, and rather the former.
      const count = Math.round((limits.indexBlockEntriesMax / 2) * 2 ** next());
      const buckets = Uint32Array.from(
        { length: count },
        (_, at) => 2 * Math.floor((from + (at * width) / count) / 2),
      );
      const entries = encodeEntries({ buckets, seqs: new Float64Array(count).fill(1) });
      // Each partition has a block at its beginning.
      storage.sql.exec(
        "INSERT OR REPLACE INTO voters VALUES (?, ?)",
        startOf(from, width),
        entries,
      );
    }
    for (let seq = voters - inLog + 1; seq <= voters; seq += limits.logRowBallotsMax) {
      const codes = Array.from({ length: limits.logRowBallotsMax }, () => [
        newPid(next),
        0,
        "",
        1,
        0,
      ]);
      const nonces = new Uint8Array(32 * codes.length);
      storage.sql.exec("INSERT INTO log VALUES (?, ?, ?)", seq, JSON.stringify(codes), nonces);
    }
    const progress = { ...noProgress, publishedSeq: voters, confirmedSeq: voters };
    storage.sql.exec("INSERT INTO state VALUES (1, ?, '[]', ?)", voters, JSON.stringify(progress));
  });
}

/** Where a block begins: each partition has one at its beginning. */
function startOf(from: number, width: number): number {
  const partition = 2 ** (30 - limits.indexPartitionBits);
  return from % partition < width ? from - (from % partition) : from;
}

function regionCodes(regions: number): string[] {
  return Array.from({ length: regions }, (_, at) => `region-${at}`);
}

interface VotedShard {
  votesPerSecond: number;
  /** Votes that are counted. */
  votes: number;
  /** That it has before. */
  voters: number;
  regions?: number;
  /** Writes what was published into a database. */
  apply?: (record: VoteRecord) => Promise<unknown>;
}

/**
 * What a vote takes of a real shard on the platform's SQLite, with votes that arrive independently of
 * each other on a clock that is moved. It leaves this clock in place.
 */
export async function usageAVote(
  storage: DurableObjectStorage,
  { votesPerSecond, votes, voters, regions = 0, apply }: VotedShard,
): Promise<ShardUsage> {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: 1_000_000 });
  const next = random();
  const codes = regionCodes(regions);
  fillShard(storage, next, { voters, regions });
  const metered = new MeteredStorage(storage);
  const calls = { alarms: 0, records: 0, confirmations: 0, reports: 0 };
  const scheduler = new AlarmScheduler(metered);
  const store = new ShardStore(metered);
  const reports = new RoomReports(store, async (_, { seq }) => {
    calls.reports += 1;
    return { knownSeq: seq, bytes: 100 };
  });
  const confirm = (): void => {
    calls.confirmations += 1;
    const { epoch, publishedSeq } = store.progress;
    setTimeout(() => void outbox.confirm({ epoch, appliedSeq: publishedSeq }), writerMs);
  };
  const log = {
    publish: async (records: readonly VoteRecord[]) => {
      calls.records += records.length;
      for (const record of records) await apply?.(record);
      setTimeout(confirm, 0);
    },
  };
  const task = scheduler.newTask();
  const measures = shardMeasures(noMeter, () => Promise.resolve());
  const outbox = new ShardOutbox({
    store,
    measures,
    tracer: noTracer,
    task,
    reports,
    backlog: new BacklogReports(store, async () => {}),
    log,
    republishAfterMs: 120_000,
  });
  const shard = new Shard({
    store,
    rolls: new ShardRolls(metered),
    tokens: new ShardTokens(metered),
    logins: new ShardLogins(metered),
    outbox,
    reports,
    measures,
  });
  await scheduler.load();
  const isDue = (): boolean => metered.alarmAt !== null && metered.alarmAt <= Date.now();
  // From timer to timer, since what one of them does may set an alarm before `at`.
  const moveTo = async (at: number): Promise<void> => {
    while (isDue() || Date.now() < at) {
      if (isDue()) {
        metered.alarmAt = null;
        calls.alarms += 1;
        await scheduler.onAlarm([outbox]);
      } else {
        const until = Math.min(at, metered.alarmAt ?? at);
        const stop = setTimeout(() => {}, until - Date.now());
        await vi.advanceTimersToNextTimerAsync();
        clearTimeout(stop);
      }
    }
  };
  const cast = async (count: number): Promise<void> => {
    let at = Date.now();
    for (let vote = 0; vote < count; vote += 1) {
      at += (-Math.log(1 - next()) * 1_000) / votesPerSecond;
      await moveTo(Math.floor(at));
      const request = {
        pid: newPid(next),
        choice: regions === 0 ? "yes" : (choices[Math.floor(next() * choices.length)] ?? "yes"),
        region: regions === 0 ? "" : (codes[Math.floor(next() * regions)] ?? ""),
        weight: 1,
        nonce: "0".repeat(64),
        proof: null,
        authority: "token",
        serial: 1,
        note: null,
      } as const;
      void shard.castText(encodeRequests([request]));
    }
    await moveTo(Math.floor(at) + limits.commitWaitMsMax);
  };
  await cast(64);
  const counted = () => {
    const { rowsWritten, rowsRead } = metered;
    return { rowsWritten, rowsRead, ...calls };
  };
  const [before, seqBefore] = [counted(), store.state.seq];
  await cast(votes);
  invariant(store.state.seq - seqBefore === votes, "every vote was counted");
  const after = counted();
  const each = (name: keyof ShardUsage): number => (after[name] - before[name]) / votes;
  return {
    rowsWritten: each("rowsWritten"),
    rowsRead: each("rowsRead"),
    alarms: each("alarms"),
    records: each("records"),
    confirmations: each("confirmations"),
    reports: each("reports"),
  };
}
