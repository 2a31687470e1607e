import { isDeepStrictEqual } from "node:util";
import type { Ballot, HashedBallot } from "../../../src/ballot/ballot.ts";
import type { CastOutcome } from "../../../src/ballot/cast-many.ts";
import type { Receipt } from "../../../src/ballot/receipt.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import { NaiveElection, type NaiveCast } from "../../unit/ballot/naive-election.ts";
import type { ShardSetup } from "./history.ts";

/** Throws where what a shard says is not what it should say. */
export function expectSame(what: string | (() => string), found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(
    `${typeof what === "string" ? what : what()}: found ${show(found)}, expected ${show(expected)}`,
  );
}

function show(value: unknown): string {
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === "bigint"
      ? String(one)
      : one instanceof Map || one instanceof Set
        ? [...one]
        : one,
  );
  return text ?? "nothing";
}

/** What a shard must hold and answer, kept as a plain list of ballots. */
export class ExpectedShard {
  readonly #setup: ShardSetup;
  readonly #election: NaiveElection;
  /** In the order of the shard's log. */
  readonly #ballots: HashedBallot[] = [];
  /** What was accepted since the order of the log was last looked at, in the order of the answers. */
  #unordered: HashedBallot[] = [];
  /** What each accepted request was answered. */
  readonly acknowledged: { request: CastRequest; receipt: Receipt }[] = [];
  #counted: { seq: number; cells: Record<string, string> } = { seq: 0, cells: {} };
  isOpened = false;
  isSealed = false;
  /** Whether it has stopped until its window goes on. */
  isPaused = false;
  closesAt: number | null;

  constructor(setup: ShardSetup) {
    this.#setup = setup;
    this.closesAt = setup.closesAt;
    this.#election = new NaiveElection(setup.revotePolicy, {
      roll: setup.roll,
      regions: ["north", "south", "east"],
      weightMax: 9,
      ballotsMax: setup.bounds.ballotsAVoterMax,
      isElsewhere: (pid) => pid.startsWith("z"),
    });
  }

  get seq(): number {
    return this.#election.all.length;
  }

  /** The tally, by recounting the list whenever it has grown. */
  get cells(): Record<string, string> {
    if (this.#counted.seq !== this.seq) {
      this.#counted = { seq: this.seq, cells: this.#election.count() };
    }
    return this.#counted.cells;
  }

  /** Those whose order in the log is known: all, except while a step is taken. */
  ballotsAfter(seq: number, max: number): Ballot[] {
    return this.#ballots.slice(seq, seq + max).map(withoutHash);
  }

  /** Up to which seq the order of the log is known. */
  get orderedSeq(): number {
    return this.#ballots.length;
  }

  /**
   * Takes over the order of the log after what is known of it. Outside roll calls it says nothing
   * of who came first; in any case each voter's ballots are in the order that they were cast in.
   */
  takeOrder(logged: readonly HashedBallot[]): void {
    const expected = this.#unordered.map(withoutSeq);
    const found = logged.map(withoutSeq);
    if (this.#setup.disclosure === "roll_call") {
      expectSame("what was logged", found, expected);
    } else {
      expectSame("each voter's ballots in the log", byVoter(found), byVoter(expected));
    }
    for (const ballot of logged) {
      this.#ballots.push(ballot);
      expectSame("the seq of a logged ballot", ballot.seq, this.#ballots.length);
    }
    this.#unordered = [];
  }

  hasVoted(pid: string): boolean {
    return this.#election.all.some((ballot) => ballot.pid === pid);
  }

  extend(closesAt: number): void {
    if (this.isSealed || this.closesAt === null || closesAt <= this.closesAt) return;
    this.closesAt = closesAt;
    this.isPaused = false;
  }

  /** Whether the shard stops at `now`, asked for this end of its window. */
  stopsFor(closesAt: number, now: number): boolean {
    return this.isOpened && !this.isSealed && closesAt === this.closesAt && now >= closesAt;
  }

  /** What a call was answered at `now`, of which nothing was lost. */
  expectOutcomes(
    requests: readonly CastRequest[],
    outcomes: readonly CastOutcome[],
    now: number,
  ): void {
    expectSame("the number of outcomes", outcomes.length, requests.length);
    for (const [at, request] of requests.entries()) {
      this.#expectOutcome(request, outcomes[at] as CastOutcome, now);
    }
  }

  #expectOutcome(request: CastRequest, outcome: CastOutcome, now: number): void {
    const answer = this.isOpened
      ? this.#election.cast(request, this.#moment(now))
      : ({ kind: "refused", code: "decision.not_open" } as const);
    const what = (): string => `the outcome of ${show(request)}`;
    expectSame(what, outcome, answer);
    if (answer.kind === "accepted") this.#accept(request, answer.receipt, now);
  }

  #accept(request: CastRequest, receipt: Receipt, now: number): void {
    const cast = this.#election.all.at(-1);
    if (cast === undefined) throw new Error("the election holds what it accepted");
    this.#unordered.push(this.#ballotOf(cast, now));
    this.acknowledged.push({ request, receipt });
  }

  #ballotOf({ seq, pid, choice, region, weight, opening }: NaiveCast, now: number): HashedBallot {
    const acceptedAt = this.#setup.disclosure === "roll_call" ? now : this.#setup.opensAt;
    return { seq, pid, choice, region, weight, acceptedAt, hash: opening.hash };
  }

  #moment(now: number): "before" | "open" | "after" {
    if (this.isSealed || this.isPaused || (this.closesAt !== null && now >= this.closesAt))
      return "after";
    return now < this.#setup.opensAt ? "before" : "open";
  }
}

function withoutSeq(ballot: HashedBallot): Omit<HashedBallot, "seq"> {
  const { pid, choice, region, weight, acceptedAt, hash } = ballot;
  return { pid, choice, region, weight, acceptedAt, hash };
}

function withoutHash({ seq, pid, choice, region, weight, acceptedAt }: HashedBallot): Ballot {
  return { seq, pid, choice, region, weight, acceptedAt };
}

/** Sorted by voter alone, so that the order of each stays. */
function byVoter<One extends { pid: string }>(ballots: readonly One[]): One[] {
  return ballots.toSorted((one, other) => (one.pid < other.pid ? -1 : one.pid > other.pid ? 1 : 0));
}
