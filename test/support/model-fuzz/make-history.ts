import { seededRandom } from "../../../bench/kill-test/random.ts";
import { ballotChoices } from "../../../src/ballot/ballot.ts";
import { authorities, type Authority, type CastRequest } from "../../../src/ballot/voter.ts";
import { limits } from "../../../src/shared/limits.ts";
import { proofOf } from "../independent-opening.ts";
import { labelNonce } from "../label-nonce.ts";
import type { FuzzStep, LogConduct, Meanwhile, ShardHistory, ShardSetup } from "./history.ts";

const regions = ["north", "south", "east"];
const conducts: [LogConduct, ...LogConduct[]] = [
  "takes",
  "takes",
  "takes",
  "refuses",
  "takes and throws",
  "loses",
];
const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Chance from a seed, in the forms that are needed here. */
class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  isTrue(probability: number): boolean {
    return this.#random() < probability;
  }

  of<One>(all: readonly [One, ...One[]]): One {
    return all[this.below(all.length)] ?? all[0];
  }

  list<One>(count: number, make: () => One): One[] {
    return Array.from({ length: count }, make);
  }
}

/** A history that this seed alone determines. */
export function makeHistory(seed: number): ShardHistory {
  const chance = new Chance(seed);
  const setup = makeSetup(chance);
  const requests = new RequestMaker(chance, setup);
  const isOneByOne = chance.isTrue(0.6);
  const steps: FuzzStep[] = [{ kind: "open", ...failing(chance) }, { kind: "open" }];
  const count = chance.between(5, isOneByOne ? 70 : 28);
  let end = setup.closesAt;
  while (steps.length < count) {
    const step = makeStep(chance, requests, { setup, isOneByOne });
    if (end !== null && step.kind === "extend") end = Math.max(end, step.closesAt);
    steps.push(step);
    if (end === null || !chance.isTrue(0.03)) continue;
    const longer = end + chance.between(1, 40_000);
    const between = chance.list(chance.below(4), () =>
      makeStep(chance, requests, { setup, isOneByOne }),
    );
    steps.push(makePause(chance), ...between, ...afterPause(chance, longer));
    end = longer;
  }
  return { setup, steps };
}

function makeSetup(chance: Chance): ShardSetup {
  const pids = makePids(chance);
  const opensAt = 10_000;
  // Far enough from the beginning for the clock to go back, and sometimes at its edge.
  const now = opensAt + (chance.isTrue(0.1) ? chance.between(-1, 0) : 8_000);
  return {
    revotePolicy: chance.isTrue(0.85) ? "revisable" : "final",
    disclosure: chance.of(["roll_call", "pseudonymous", "pseudonymous", "aggregate"]),
    roll: chance.isTrue(0.25)
      ? pids
          .filter(() => chance.isTrue(0.8))
          .map((pid) => [
            pid,
            { region: chance.of(["north", "south"]), weight: chance.between(1, 9) },
          ])
      : null,
    opensAt,
    closesAt: chance.isTrue(0.5) ? null : now + chance.between(1, 60) * 1_000,
    now,
    bounds: {
      indexFlushBallots: chance.of([1, 1, 2, 2, 3, 5, 8]),
      indexPartitionBits: chance.of([0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 6]),
      logRowBallotsMax: chance.of([1, 2, 5, 256]),
      indexBlockEntriesMax: chance.of([1, 2, 5, 336]),
      stateLagBallots: chance.of([1, 2, 3, 5, 9, 256]),
      ballotsAVoterMax: chance.of([1, 2, 3, 100, 100, 100, 100]),
      shardQueueBallotsMax: chance.of([6, 10_000]),
      commitBallotsMax: chance.of([1, 3, 2_000, 2_000]),
    },
    pids,
  };
}

/**
 * Few voters who come back, or many who vote once. Some share a bucket of the index with another,
 * and one is another shard's: the shard takes pids that begin with A to Z or a to f.
 */
function makePids(chance: Chance): string[] {
  const count = chance.isTrue(0.35) ? chance.between(2, 8) : chance.between(20, 80);
  const letters = (length: number) =>
    chance.list(length, () => characters[chance.below(64)] ?? "A").join("");
  const pids = chance.list(count, () => `A${letters(21)}`);
  const twins = pids
    .filter(() => chance.isTrue(0.2))
    .map((pid) => `${pid.slice(0, 12)}${letters(10)}`);
  return [...pids, ...twins, `z${letters(21)}`];
}

/** Requests as voters send them: new, again, changed, and some that are wrong. */
class RequestMaker {
  readonly #chance: Chance;
  readonly #pids: readonly string[];
  readonly #hasNotes: boolean;
  readonly #sent: CastRequest[] = [];
  /** The nonces that each voter has sent, the newest last. */
  readonly #nonces = new Map<string, string[]>();

  constructor(chance: Chance, { pids, disclosure }: ShardSetup) {
    this.#chance = chance;
    this.#pids = pids;
    this.#hasNotes = disclosure === "roll_call";
  }

  batch(sizeMax: number): CastRequest[] {
    return this.#chance.list(this.#chance.between(1, sizeMax), () => this.#one());
  }

  #one(): CastRequest {
    const chance = this.#chance;
    const again = this.#sent[chance.below(this.#sent.length)];
    if (again !== undefined && chance.isTrue(0.2)) return again;
    // The last pid is another shard's.
    const isElsewhere = chance.isTrue(0.01);
    const at = isElsewhere ? this.#pids.length - 1 : chance.below(this.#pids.length - 1);
    const pid = this.#pids[at] ?? "";
    const request: CastRequest = {
      pid,
      choice: ballotChoices[chance.below(chance.isTrue(0.7) ? 3 : 4)] ?? "yes",
      region: chance.isTrue(0.01) ? "west" : (regions[chance.below(3)] ?? "north"),
      weight: chance.isTrue(0.01) ? 10 : chance.between(1, 9),
      proof: this.#proof(pid),
      nonce: this.#nonce(pid),
      authority: this.#authority(),
      serial: 1,
      note: this.#hasNotes ? { name: "A. Voter", statement: null } : null,
    };
    this.#sent.push(request);
    return request;
  }

  #nonce(pid: string): string {
    const label = this.#chance.isTrue(0.1)
      ? this.#chance.of(["one", "two", "three"])
      : `own ${this.#sent.length}`;
    const nonce = labelNonce(label);
    this.#nonces.set(pid, [...(this.#nonces.get(pid) ?? []), nonce]);
    return nonce;
  }

  /** Mostly that of what the voter sent last, which was refused or not. */
  #proof(pid: string): string | null {
    const chance = this.#chance;
    const sent = this.#nonces.get(pid) ?? [];
    if (chance.isTrue(0.15)) return null;
    const nonce = chance.isTrue(0.8) ? sent.at(-1) : sent[chance.below(sent.length)];
    return chance.isTrue(0.05) ? "0".repeat(64) : proofOf({ pid, nonce: nonce ?? "" });
  }

  #authority(): Authority {
    return this.#chance.isTrue(0.7) ? "token" : this.#chance.of(authorities);
  }
}

function failing(chance: Chance): { failAt?: number } {
  return chance.isTrue(0.1) ? { failAt: chance.between(1, 6) } : {};
}

function makeStep(
  chance: Chance,
  requests: RequestMaker,
  { setup, isOneByOne }: { setup: ShardSetup; isOneByOne: boolean },
): FuzzStep {
  const calls = () =>
    isOneByOne
      ? [requests.batch(1)]
      : chance.list(chance.between(1, 3), () => requests.batch(chance.of([1, 2, 8])));
  if (chance.isTrue(0.7)) {
    return { kind: "cast", calls: calls(), ...failing(chance), ...meanwhile(chance) };
  }
  const at = chance.below(100);
  if (at < 30) return { kind: "evict", ...failing(chance) };
  if (at < 35) return { kind: "crash", calls: calls() };
  if (at < 60) return makeOutboxStep(chance);
  if (at < 75) return { kind: "wait", ms: chance.between(-2_000, 3_000) };
  if (at < 85) return { kind: "read", seq: chance.below(40), max: chance.between(0, 12) };
  if (at < 88) return { kind: "repeat" };
  if (at < 94) return { kind: "compare" };
  if (at < 95) return { kind: "open", isOther: true };
  if (at < 99) {
    const closesAt = (setup.closesAt ?? setup.opensAt) + chance.between(-5_000, 40_000);
    return { kind: "extend", closesAt, ...failing(chance) };
  }
  return { kind: "seal", ...failing(chance) };
}

function makePause(chance: Chance): FuzzStep {
  const skew = limits.clockSkewMsMax;
  const aheadMs = chance.of([0, 0, 0, -chance.below(3_000), chance.below(skew), skew, skew + 1]);
  const other = chance.isTrue(0.1) ? { isOther: true as const } : {};
  return { kind: "pause", aheadMs, ...other, ...failing(chance) };
}

/** The window goes on, or it is over; or nothing is heard of it. */
function afterPause(chance: Chance, closesAt: number): FuzzStep[] {
  const at = chance.below(100);
  if (at < 70) return [{ kind: "extend", closesAt, ...failing(chance) }];
  return at < 85 ? [{ kind: "seal", ...failing(chance) }] : [];
}

function makeOutboxStep(chance: Chance): FuzzStep {
  const at = chance.below(100);
  if (at < 55) {
    const log = chance.of(conducts);
    const away = chance.isTrue(0.1) ? { isRoomAway: true as const } : {};
    return { kind: "alarm", log, ...away, ...failing(chance) };
  }
  if (at < 60) return { kind: "deliver", isLate: true };
  if (at < 88) return { kind: "deliver", ...failing(chance) };
  return chance.isTrue(0.5)
    ? { kind: "rebuild", ...failing(chance) }
    : { kind: "rebuild", isAmidDelivery: true };
}

function meanwhile(chance: Chance): { meanwhile?: Meanwhile } {
  if (chance.isTrue(0.003)) return { meanwhile: "seal" };
  if (chance.isTrue(0.003)) return { meanwhile: "pause" };
  return chance.isTrue(0.01) ? { meanwhile: "evict" } : {};
}
