import { decodeOutcomes, encodeRequests } from "../../../src/ballot/cast-code.ts";
import type { Ballot } from "../../../src/ballot/ballot.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";
import { ShardMerge } from "../../../src/results/shard-merge.ts";
import type { Confirmation } from "../../../src/vote-log/outbox.ts";
import { decodeRecord, encodeRecord, type VoteRecord } from "../../../src/vote-log/vote-record.ts";
import { limits } from "../../../src/shared/limits.ts";
import type { EndedWindow } from "../../../src/results/shard-snapshot.ts";
import { cellsOf } from "../cells-of.ts";
import { ExpectedShard, expectSame } from "./expected-shard.ts";
import { FuzzedShard, memoryParts } from "./fuzzed-shard.ts";
import type { FuzzStep, LogConduct, ShardHistory } from "./history.ts";
import { DiskFailure } from "./fuzzed-disk.ts";
import { VirtualClock } from "./virtual-clock.ts";

type StepOf<Kind extends FuzzStep["kind"]> = Extract<FuzzStep, { kind: Kind }>;

/** Alarms and deliveries after which everything must be in the database. */
const roundsToConverge = 50;

/**
 * Lives a history with a real shard and a plain list beside it.
 * @throws at the first difference between them
 */
export async function liveHistory(history: ShardHistory): Promise<void> {
  const life = new Life(history);
  const uninstall = life.clock.install();
  try {
    await life.begin();
    for (const [at, step] of history.steps.entries()) {
      try {
        await life.take(step);
      } catch (error) {
        throw new Error(`step ${at} (${step.kind})`, { cause: error });
      }
    }
    await life.end();
  } finally {
    uninstall();
    life.object.disk.close();
  }
}

/** A shard, what it should be, and the world around it: clock, vote log, database. */
class Life {
  readonly clock: VirtualClock;
  readonly object: FuzzedShard;
  readonly #expected: ExpectedShard;
  readonly #history: ShardHistory;
  #terms: VotingTerms | null = null;
  #conduct: LogConduct = "takes";
  #isRoomAway = false;
  readonly #room = new ShardMerge();
  /** What the vote log holds and nobody has read. */
  #records: string[] = [];
  #database = new Map<number, Ballot>();
  /** What the writer has to say and has not said yet. */
  readonly #confirmations: Confirmation[] = [];

  constructor(history: ShardHistory) {
    const { setup } = history;
    this.#history = history;
    this.clock = new VirtualClock(setup.now);
    this.#expected = new ExpectedShard(setup);
    this.object = new FuzzedShard({
      setup,
      log: { publish: (records) => this.#publish(records) },
      report: async (report) => {
        if (this.#isRoomAway) throw new Error("the room is away");
        const isTold = this.#room.take(report);
        const knownSeq = this.#room.heads.get(report.shard)?.seq ?? -1;
        if (isTold) this.#expectCounts(knownSeq, cellsOf(this.#room.tally));
        return knownSeq;
      },
    });
  }

  async begin(): Promise<void> {
    await this.object.begin();
    this.#terms = this.object.loadRoll();
  }

  async take(step: FuzzStep): Promise<void> {
    const { disk } = this.object;
    disk.failAt("failAt" in step ? (step.failAt ?? null) : null);
    const hasFailed = await this.#run(step);
    disk.failAt(null);
    this.#takeOrder();
    if (hasFailed) this.#compareWithDisk();
    this.#expectState();
  }

  #takeOrder(): void {
    const logged = this.object.shard.readHashed(this.#expected.orderedSeq, 1_000_000);
    this.#expected.takeOrder(logged);
  }

  /** Whatever happened, all that was accepted reaches the database, and every repeat its receipt. */
  async end(): Promise<void> {
    await this.object.begin();
    for (let round = 0; this.object.instance.outbox.isWorkLeft; round += 1) {
      if (round > roundsToConverge) throw new Error("the database never gets everything");
      await this.#runAlarm({ kind: "alarm", log: "takes" });
      await this.#deliver();
    }
    const all = this.#expected.ballotsAfter(0, Infinity);
    expectSame("the log", this.object.shard.readBallots(0, 1_000_000), all);
    if (this.#expected.isOpened) {
      const stored = [...this.#database.values()].toSorted((a, b) => a.seq - b.seq);
      expectSame("the database", stored, all);
    }
    await this.#repeatAll();
    this.#compareWithDisk();
    this.#expectState();
  }

  /** Takes a step; tells whether a statement failed in it. */
  async #run(step: FuzzStep): Promise<boolean> {
    switch (step.kind) {
      case "cast":
        return this.#cast(step);
      case "crash":
        await this.#crash(step);
        return false;
      case "wait":
        this.clock.now += step.ms;
        return false;
      case "read":
        expectSame(
          `ballots after ${step.seq}`,
          this.object.shard.readBallots(step.seq, step.max),
          this.#expected.ballotsAfter(step.seq, step.max),
        );
        return false;
      case "repeat":
        await this.#repeatAll();
        return false;
      case "compare":
        this.#compareWithDisk();
        return false;
      default:
        return this.#mayFail(() => this.#runDurable(step));
    }
  }

  /** Steps that one failing statement breaks off as a whole. */
  async #runDurable(
    step: StepOf<"open" | "evict" | "alarm" | "deliver" | "rebuild" | "seal" | "pause" | "extend">,
  ): Promise<void> {
    const { shard } = this.object;
    switch (step.kind) {
      case "open":
        shard.open(this.#termsToOpen(step));
        this.#expected.isOpened = true;
        return;
      case "evict":
        this.clock.dropTimers();
        try {
          await this.object.begin();
        } catch (error) {
          this.object.disk.failAt(null);
          await this.object.begin();
          throw error;
        }
        return;
      case "alarm":
        await this.#runAlarm(step);
        return;
      case "deliver":
        await this.#deliver(step);
        return;
      case "rebuild":
        if (!this.#expected.isOpened) return;
        if (step.isAmidDelivery) await this.#deliver({ isLate: true });
        await shard.republishAll();
        this.#database = new Map();
        return;
      case "seal":
        this.#seal();
        return;
      case "pause":
        await this.#pause(step);
        return;
      case "extend":
        shard.extend(step.closesAt);
        if (this.#expected.isOpened) this.#expected.extend(step.closesAt);
        return;
    }
  }

  #termsToOpen({ isOther }: StepOf<"open">): VotingTerms {
    if (this.#terms === null) throw new Error("a roll is loaded before its shard opens");
    // The first terms stay, so others come to nothing once there are some.
    return isOther && this.#expected.isOpened
      ? { ...this.#terms, closesAt: 1, regions: new Set(), weightMax: 1, opensAt: 0 }
      : this.#terms;
  }

  #seal(): void {
    // The room seals a shard only once it has opened it.
    if (!this.#expected.isOpened) return;
    const { seq, tally, isSealed } = this.object.shard.seal();
    this.#expected.isSealed = true;
    expectSame("whether the seal is one", isSealed, true);
    this.#expectCounts(seq, cellsOf(tally));
  }

  /** The room asks as its own clock comes to the end; the shard waits for its own, if not for long. */
  async #pause({ aheadMs, isOther }: Omit<StepOf<"pause">, "kind">): Promise<void> {
    const end = this.#expected.closesAt ?? this.clock.now;
    const closesAt = isOther ? end - 1 : end;
    this.clock.now = Math.max(this.clock.now, end - aheadMs);
    const asked = this.object.shard.pause(closesAt);
    const early = closesAt - this.clock.now;
    if (early > 0 && early <= limits.clockSkewMsMax) this.clock.now = closesAt;
    this.clock.runTimers();
    this.#expectPause(await asked, closesAt);
  }

  #expectPause(found: EndedWindow | null, closesAt: number): void {
    const stops = this.#expected.stopsFor(closesAt, this.clock.now);
    expectSame("whether the shard has stopped", found !== null, stops);
    if (found === null) return;
    this.#expected.isPaused = true;
    this.#expectCounts(found.seq, cellsOf(found.tally));
    // No ballot has come in last minutes that there are none of.
    this.#expectCounts(found.seq, cellsOf(found.lastMinutes));
  }

  async #cast({ calls, meanwhile }: Omit<StepOf<"cast">, "kind">): Promise<boolean> {
    const { shard } = this.object;
    const answers = calls.map((call) => shard.castText(encodeRequests(call)));
    this.#expectRoom(calls, answers);
    if (meanwhile === "evict") {
      this.clock.dropTimers();
      return this.#mayFail(() => this.#runDurable({ kind: "evict" }));
    }
    const hasFailed = meanwhile !== undefined && (await this.#interrupt(meanwhile));
    this.clock.runTimers();
    const results = await Promise.allSettled(
      answers.map(async (answer) => (answer === "overloaded" ? null : answer)),
    );
    for (const [at, result] of results.entries()) {
      const call = calls[at] ?? [];
      if (result.status === "rejected") expectDiskFailure(result.reason);
      else if (result.value !== null) this.#expectAnswer(call, result.value);
    }
    return hasFailed || results.some(({ status }) => status === "rejected");
  }

  async #interrupt(meanwhile: "seal" | "pause"): Promise<boolean> {
    const closesAt = this.#expected.closesAt;
    return this.#mayFail(async () => {
      if (meanwhile === "seal") this.#seal();
      // Before the end it would wait for a timer, which the commit waits for too.
      else if (closesAt !== null && this.clock.now >= closesAt) {
        this.#expectPause(await this.object.shard.pause(closesAt), closesAt);
      }
    });
  }

  #expectAnswer(call: readonly CastRequest[], text: string): void {
    const outcomes = decodeOutcomes(text, "delta");
    this.#expected.expectOutcomes(call, outcomes, this.clock.now);
  }

  /** A call is refused where those that wait leave it no room, and only there. */
  #expectRoom(calls: readonly CastRequest[][], answers: readonly unknown[]): void {
    let left = this.#history.setup.bounds.shardQueueBallotsMax;
    for (const [at, call] of calls.entries()) {
      const fits = call.length <= left;
      expectSame("whether a call has room", answers[at] !== "overloaded", fits);
      if (fits) left -= call.length;
    }
  }

  /** Nobody was answered: what was not on disk yet was never said. */
  async #crash({ calls }: StepOf<"crash">): Promise<void> {
    const lose = this.object.disk.holdWrites();
    const answers = calls.map((call) => this.object.shard.castText(encodeRequests(call)));
    this.clock.runTimers();
    await Promise.all(answers.map(async (answer) => answer));
    lose();
    await this.object.begin();
  }

  async #runAlarm({ log, isRoomAway }: Omit<StepOf<"alarm">, "failAt">): Promise<void> {
    const at = this.object.disk.takeAlarm();
    if (at === null) return;
    this.clock.now = Math.max(this.clock.now, at);
    this.#conduct = log;
    this.#isRoomAway = isRoomAway ?? false;
    await this.object.callAlarm();
    this.#conduct = "takes";
    this.#isRoomAway = false;
  }

  async #publish(records: readonly VoteRecord[]): Promise<void> {
    if (this.#conduct === "refuses") throw new Error("the log is away");
    for (const { decisionId, shard, ballots } of records) {
      expectSame(
        "the address of a record",
        { decisionId, shard },
        { decisionId: "delta", shard: 0 },
      );
      const from = (ballots[0]?.seq ?? 0) - 1;
      expectSame("a record", ballots, this.#expected.ballotsAfter(from, ballots.length));
    }
    if (this.#conduct !== "loses") this.#records.push(...records.map(encodeRecord));
    if (this.#conduct === "takes and throws") throw new Error("the log's answer was lost");
  }

  /** What the writer does: applies all records, and confirms by the newest epoch among them. */
  async #deliver({ isLate = false }: { isLate?: boolean } = {}): Promise<void> {
    const delivered = this.#records.splice(0).map(decodeRecord);
    for (const { ballots } of delivered) {
      for (const ballot of ballots) this.#database.set(ballot.seq, ballot);
    }
    if (delivered.length > 0) {
      const epoch = Math.max(...delivered.map((record) => record.epoch));
      this.#confirmations.push({ epoch, appliedSeq: this.#appliedSeq() });
    }
    if (isLate) return;
    for (const confirmation of this.#confirmations.splice(0)) {
      await this.object.shard.confirm(confirmation);
    }
  }

  /** Up to where the database holds every ballot. */
  #appliedSeq(): number {
    let seq = 0;
    while (this.#database.has(seq + 1)) seq += 1;
    return seq;
  }

  /** Every request that was ever accepted is sent again; by its nonce it is known for ever. */
  async #repeatAll(): Promise<void> {
    const before = this.#expected.seq;
    const accepted = this.#expected.acknowledged.map(({ request }) => request);
    const max = this.#history.setup.bounds.shardQueueBallotsMax;
    for (let from = 0; from < accepted.length; from += max) {
      await this.#cast({ calls: [accepted.slice(from, from + max)] });
    }
    expectSame("ballots after all were repeated", this.#expected.seq, before);
  }

  #compareWithDisk(): void {
    const { pids } = this.#history.setup;
    const voted = this.object.shard.haveVoted(pids);
    const expected = pids.map((pid) => this.#expected.hasVoted(pid));
    expectSame("who has voted", voted, expected);
    const { found, onDisk } = this.object.memories();
    for (const part of memoryParts) {
      expectSame(`${part} in memory, beside the disk`, found[part], onDisk[part]);
    }
  }

  #expectState(): void {
    const { shard, disk, instance } = this.object;
    const { seq, tally, isSealed } = shard.snapshot();
    this.#expectCounts(seq, cellsOf(tally));
    expectSame("whether the shard is sealed", isSealed, this.#expected.isSealed);
    const { confirmedSeq } = instance.store.progress;
    if (confirmedSeq > this.#appliedSeq()) throw new Error("the database lacks what it confirmed");
    if (this.#expected.isOpened && instance.outbox.isWorkLeft) {
      expectSame("whether the alarm is set", disk.isAlarmSet, true);
    }
  }

  #expectCounts(seq: number, cells: Record<string, string>): void {
    expectSame("the last seq", seq, this.#expected.seq);
    expectSame("the tally", cells, this.#expected.cells);
  }

  /** Does what a failing statement may break off; tells whether it did. */
  async #mayFail(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return false;
    } catch (error) {
      expectDiskFailure(error);
      return true;
    }
  }
}

function expectDiskFailure(error: unknown): void {
  if (!(error instanceof DiskFailure)) throw error;
}
