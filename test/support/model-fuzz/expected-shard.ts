import { hash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Ballot } from "../../../src/ballot/ballot.ts";
import type { CastOutcome } from "../../../src/ballot/cast-many.ts";
import type { Receipt } from "../../../src/ballot/receipt.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import { NaiveElection } from "../../unit/ballot/naive-election.ts";
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
  readonly #ballots: Ballot[] = [];
  /** What each accepted request was answered, in the order of the ballots. */
  readonly acknowledged: { request: CastRequest; receipt: Receipt }[] = [];
  #counted: { seq: number; cells: Record<string, string> } = { seq: 0, cells: {} };
  isOpened = false;
  isSealed = false;
  closesAt: number | null;

  constructor(setup: ShardSetup) {
    this.#setup = setup;
    this.closesAt = setup.closesAt;
    this.#election = new NaiveElection(setup.revotePolicy, {
      roll: setup.roll,
      regions: ["north", "south", "east"],
      weightMax: 9,
      ballotsMax: setup.bounds.ballotsAVoterMax,
      isHidden: setup.visibility !== "live",
      isElsewhere: (pid) => pid.startsWith("z"),
    });
  }

  get seq(): number {
    return this.#ballots.length;
  }

  /** The tally, by recounting the list whenever it has grown. */
  get cells(): Record<string, string> {
    if (this.#counted.seq !== this.seq) {
      this.#counted = { seq: this.seq, cells: this.#election.count() };
    }
    return this.#counted.cells;
  }

  ballotsAfter(seq: number, max: number): Ballot[] {
    return this.#ballots.slice(seq, seq + max);
  }

  hasCounted(pid: string): boolean {
    const newest = this.#ballots.findLast((ballot) => ballot.pid === pid);
    return newest !== undefined && newest.choice !== "withdrawn";
  }

  extend(closesAt: number): void {
    if (this.isSealed || this.closesAt === null) return;
    this.closesAt = Math.max(this.closesAt, closesAt);
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
    if (answer.kind === "refused" || outcome.kind === "refused") {
      const { kind, ...more } = outcome;
      const code = "code" in more ? more.code : null;
      expectSame(what, { kind, code }, { code: null, ...answer });
      this.#expectOwnReceipt(what, request, outcome.receipt);
      return;
    }
    if (answer.kind === "accepted") this.#accept(answer.seq, request, now);
    const receipt = this.acknowledged[answer.seq - 1]?.receipt;
    expectSame(what, outcome, { kind: answer.kind, receipt });
  }

  /** A refusal names a ballot of the same voter or none; where counts are hidden only by its own key. */
  #expectOwnReceipt(what: () => string, request: CastRequest, receipt: Receipt | null): void {
    if (receipt === null) return;
    const isHidden = this.#setup.visibility !== "live";
    const own = this.acknowledged.filter(
      (one) =>
        one.request.pid === request.pid &&
        (!isHidden || one.request.requestKey === request.requestKey),
    );
    if (own.some((one) => isDeepStrictEqual(one.receipt, receipt))) return;
    throw new Error(`${what()}: it has a receipt that its voter never got: ${show(receipt)}`);
  }

  #accept(seq: number, request: CastRequest, now: number): void {
    const cast = this.#election.all[seq - 1];
    if (cast === undefined) throw new Error("the election holds what it accepted");
    const { pid, choice, region, weight } = cast;
    const shownSeq = this.#setup.visibility === "sealed" ? null : seq;
    const text = ["enviro-governance/ballot/1", "delta", 0, shownSeq, pid, choice, region, weight];
    const ballotHash = hash("sha256", JSON.stringify([...text, now]));
    this.#ballots.push({ seq, pid, choice, region, weight, acceptedAt: now });
    const receipt = { decisionId: "delta", shard: 0, seq: shownSeq, ballotHash, acceptedAt: now };
    this.acknowledged.push({ request, receipt });
  }

  #moment(now: number): "before" | "open" | "after" {
    if (this.isSealed || (this.closesAt !== null && now >= this.closesAt)) return "after";
    return now < this.#setup.opensAt ? "before" : "open";
  }
}
