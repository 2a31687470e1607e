import type { RollEntry } from "../../../src/decision/roll.ts";
import type { Opening } from "../../../src/ballot/opening.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import { modelKeys, openIndependently } from "../../support/independent-opening.ts";

/** An accepted request as it was counted: with the region and weight of the roll. */
export type NaiveCast = CastRequest & { seq: number; opening: Opening };

/** What a shard must answer; a receipt follows from the request alone. */
export type NaiveAnswer =
  | {
      kind: "accepted" | "repeated";
      receipt: { decisionId: string; ballotHash: string; r: string; u: string; c: string };
    }
  | { kind: "refused"; code: string };

/**
 * What an election may have beside its policy. Left out, it takes every voter, region and weight,
 * and knows no bound.
 */
export interface NaiveRules {
  roll?: readonly [pid: string, entry: RollEntry][] | null;
  regions?: readonly string[];
  weightMax?: number;
  ballotsMax?: number;
  isElsewhere?: (pid: string) => boolean;
}

/**
 * An election kept as one plain list and decided by searching it: slow, and written from the rules
 * rather than from the code. It is the oracle that the transition is compared with.
 */
export class NaiveElection {
  readonly all: NaiveCast[] = [];
  readonly #isRevisable: boolean;
  readonly #rules: NaiveRules;
  /** Voters whose token was ended, once each time. */
  readonly #ended: string[] = [];

  constructor(revotePolicy: "final" | "revisable", rules: NaiveRules = {}) {
    this.#isRevisable = revotePolicy === "revisable";
    this.#rules = rules;
  }

  /** The voter's newest token is no longer good. */
  endToken(pid: string): void {
    this.#ended.push(pid);
  }

  cast(asked: CastRequest, moment: "before" | "open" | "after" = "open"): NaiveAnswer {
    const mine = this.all.filter((cast) => cast.pid === asked.pid);
    const repeated = mine.find(
      (cast) => cast.nonce === asked.nonce && cast.choice === asked.choice,
    );
    if (repeated !== undefined) return { kind: "repeated", receipt: receiptOfCast(repeated) };
    if (moment !== "open") {
      const code = moment === "before" ? "decision.not_open" : "decision.closed";
      return { kind: "refused", code };
    }
    const code = this.#unfitness(asked) ?? this.#contradiction(asked, mine);
    if (code !== null) return { kind: "refused", code };
    const counted = { ...asked, ...this.#entryOf(asked) };
    const opening = openIndependently(modelKeys, counted);
    const cast = { ...counted, opening, seq: this.all.length + 1 };
    this.all.push(cast);
    return { kind: "accepted", receipt: receiptOfCast(cast) };
  }

  /** Counted ballots and weight by "region choice". */
  count(): Record<string, string> {
    const newest = new Map(this.all.map((cast) => [cast.pid, cast]));
    const cells: Record<string, [number, bigint]> = {};
    for (const counted of newest.values()) {
      if (counted.choice === "withdrawn") continue;
      const cell = (cells[`${counted.region} ${counted.choice}`] ??= [0, 0n]);
      cell[0] += 1;
      cell[1] += BigInt(counted.weight);
    }
    return Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell.join(" ")]));
  }

  #isEnded({ pid, serial }: CastRequest): boolean {
    const times = this.#ended.filter((one) => one === pid).length;
    return serial !== null && serial <= times;
  }

  #entryOf({ pid }: CastRequest): RollEntry | undefined {
    return this.#rules.roll?.find(([listed]) => listed === pid)?.[1];
  }

  /** What is wrong with a request whoever has voted before. */
  #unfitness(asked: CastRequest): string | null {
    const { roll = null, regions, weightMax, isElsewhere } = this.#rules;
    if (isElsewhere?.(asked.pid) === true) return "vote.wrong_shard";
    if (roll !== null) return this.#entryOf(asked) === undefined ? "vote.not_on_roll" : null;
    if (regions !== undefined && !regions.includes(asked.region)) return "vote.unknown_region";
    return weightMax !== undefined && asked.weight > weightMax ? "vote.weight_too_large" : null;
  }

  /** What stands against a request in what its voter said before. */
  #contradiction(asked: CastRequest, mine: readonly NaiveCast[]): string | null {
    const { ballotsMax = Infinity } = this.#rules;
    const newest = mine[mine.length - 1];
    if (mine.some((cast) => cast.nonce === asked.nonce)) return "vote.nonce_reused";
    if (this.#isEnded(asked) && !isProven(asked, newest)) return "token.superseded";
    if (asked.choice === "withdrawn") {
      if (!this.#isRevisable) return "vote.final";
      if (!isProven(asked, newest)) return "vote.proof_required";
      if (newest === undefined) return "vote.nothing_to_withdraw";
      if (newest.choice === "withdrawn") return "vote.nothing_to_withdraw";
      return mine.length >= ballotsMax ? "vote.revisions_exhausted" : null;
    }
    if (newest === undefined) return null;
    if (!this.#isRevisable) return "vote.already_cast";
    if (!isProven(asked, newest)) return "vote.proof_required";
    return mine.length >= ballotsMax ? "vote.revisions_exhausted" : null;
  }
}

/** Whether a change is the voter's: by a login, by a station that may override, or by the newest r. */
function isProven({ authority, proof }: CastRequest, newest: NaiveCast | undefined): boolean {
  if (authority === "login" || authority === "station") return true;
  return newest !== undefined && proof === newest.opening.r;
}

function receiptOfCast({ opening: { hash, r, u, c } }: NaiveCast) {
  return { decisionId: modelKeys.decisionId, ballotHash: hash, r, u, c };
}
