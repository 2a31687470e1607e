import { ShardOutbox } from "../../../durable-objects/ballot-shard/outbox.ts";
import { shardMeasures } from "../../../durable-objects/ballot-shard/shard-measures.ts";
import { noMeter } from "../../../src/telemetry/metrics/meter.ts";
import { BacklogReports } from "../../../durable-objects/ballot-shard/backlog-reports.ts";
import { RoomReports } from "../../../durable-objects/ballot-shard/room-reports.ts";
import { ShardRolls } from "../../../durable-objects/ballot-shard/shard-rolls.ts";
import { ShardLogins } from "../../../durable-objects/ballot-shard/shard-logins.ts";
import { ShardStore } from "../../../durable-objects/ballot-shard/shard-store.ts";
import { ShardTokens } from "../../../durable-objects/ballot-shard/shard-tokens.ts";
import { Shard } from "../../../durable-objects/ballot-shard/shard.ts";
import { AlarmScheduler } from "../../../durable-objects/shared/alarm-scheduler.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";
import type { TallyReport } from "../../../src/results/tally-report.ts";
import type { VoteLog } from "../../../src/vote-log/vote-log.ts";
import { cellsOf } from "../cells-of.ts";
import { modelKeys } from "../independent-opening.ts";
import type { ShardSetup } from "./history.ts";
import { FuzzedDisk } from "./fuzzed-disk.ts";
import { noTracer } from "../../../src/telemetry/traces/tracer.ts";

/** What a simulated object is put together from. */
interface FuzzedShardDependencies {
  setup: ShardSetup;
  log: VoteLog;
  /** Gives the seq that the room knows after it. */
  report: (report: TallyReport) => Promise<number>;
}

/** One life of the object in memory. */
type Instance = {
  shard: Shard;
  store: ShardStore;
  outbox: ShardOutbox;
  alarmScheduler: AlarmScheduler;
};

export const memoryParts = [
  "seq",
  "cells",
  "progress",
  "terms",
  "sealedAt",
  "pausedAt",
  "records",
] as const;

/** What a shard has in memory, or finds on disk when it is asked. */
type ShardMemory = Record<(typeof memoryParts)[number], unknown>;

/** A real shard in an object that only simulates the platform: storage, evictions, the alarm. */
export class FuzzedShard {
  readonly disk = new FuzzedDisk();
  readonly #dependencies: FuzzedShardDependencies;
  #instance: Instance | null = null;

  constructor(dependencies: FuzzedShardDependencies) {
    this.#dependencies = dependencies;
  }

  get instance(): Instance {
    if (this.#instance === null) throw new Error("the object has not begun");
    return this.#instance;
  }

  get shard(): Shard {
    return this.instance.shard;
  }

  /** The object begins, as its constructor has it; what was in memory before is gone. */
  async begin(): Promise<void> {
    const { setup, log, report } = this.#dependencies;
    this.#instance = null;
    const alarmScheduler = new AlarmScheduler(this.disk);
    const store = this.#openStore();
    const reports = new RoomReports(store, async (_, told) => ({
      knownSeq: await report(told),
      bytes: 0,
    }));
    const measures = shardMeasures(noMeter, () => Promise.resolve());
    const outbox = new ShardOutbox({
      store,
      tracer: noTracer,
      measures,
      task: alarmScheduler.newTask(),
      log,
      reports,
      backlog: new BacklogReports(store, async () => {}),
      republishAfterMs: 1_000,
    });
    const rolls = new ShardRolls(this.disk);
    const tokens = new ShardTokens(this.disk);
    const logins = new ShardLogins(this.disk);
    const shard = new Shard({
      store,
      rolls,
      tokens,
      logins,
      outbox,
      reports,
      measures,
      bounds: setup.bounds,
    });
    if (outbox.isWorkLeft) {
      await alarmScheduler.load();
      await outbox.resume();
    }
    this.#instance = { shard, store, outbox, alarmScheduler };
  }

  /** Loads the roll, as an import does before the decision opens, and gives the terms to open with. */
  loadRoll(): VotingTerms {
    const { revotePolicy, disclosure, roll, opensAt, closesAt } = this.#dependencies.setup;
    const terms: VotingTerms = {
      rehearsal: false,
      ...modelKeys,
      shard: 0,
      shards: 2,
      opensAt,
      closesAt,
      lastMinutesAt: null,
      isTurnoutShown: true,
      revotePolicy,
      disclosure,
      regions: new Set(["north", "south", "east"]),
      weightMax: 9,
      roll: null,
    };
    if (roll === null) return terms;
    const load = { number: 1, inForce: null };
    const rows = roll.map(([pid, { region, weight }]) => [pid, region, weight]);
    this.shard.loadRoll(load, JSON.stringify(rows));
    const part = this.shard.sealRoll(load, terms);
    if (part === "superseded") throw new Error("nothing supersedes the only import");
    return { ...terms, roll: { import: 1, hash: part.hash } };
  }

  /** The platform calls the alarm, when one is set; gives its time, or null where none was. */
  async callAlarm(): Promise<void> {
    const { alarmScheduler, outbox } = this.instance;
    await alarmScheduler.onAlarm([outbox]);
  }

  /** What another object over the same disk has in memory, and what this one has. */
  memories(): { found: ShardMemory; onDisk: ShardMemory } {
    return {
      found: memoryOf(this.instance.store, this.#dependencies.setup.pids),
      onDisk: memoryOf(this.#openStore(), this.#dependencies.setup.pids),
    };
  }

  #openStore(): ShardStore {
    return new ShardStore(this.disk, this.#dependencies.setup.bounds);
  }
}

function memoryOf(store: ShardStore, pids: readonly string[]): ShardMemory {
  const { state, progress, terms, sealedAt, pausedAt } = store;
  const { records } = store.readVoters(pids);
  return {
    seq: state.seq,
    cells: cellsOf(state.tally),
    progress,
    terms,
    sealedAt,
    pausedAt,
    records,
  };
}
