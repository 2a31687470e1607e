import type { RollEntry } from "../../../src/decision/roll.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";

type Cast = CastRequest & { seq: number };
export type NaiveAnswer =
  | { kind: "accepted" | "repeated"; seq: number }
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
  isHidden?: boolean;
  isElsewhere?: (pid: string) => boolean;
}

/**
 * An election kept as one plain list and decided by searching it: slow, and written from the rules
 * rather than from the code. It is the oracle that the transition is compared with.
 */
export class NaiveElection {
  readonly all: Cast[] = [];
  readonly #isRevisable: boolean;
  readonly #rules: NaiveRules;

  constructor(revotePolicy: "final" | "revisable", rules: NaiveRules = {}) {
    this.#isRevisable = revotePolicy === "revisable";
    this.#rules = rules;
  }

  cast(asked: CastRequest, moment: "before" | "open" | "after" = "open"): NaiveAnswer {
    const mine = this.all.filter((cast) => cast.pid === asked.pid);
    const repeated = this.#repeatedBy(asked, mine);
    if (repeated !== undefined) return { kind: "repeated", seq: repeated.seq };
    if (moment !== "open") {
      const code = moment === "before" ? "decision.not_open" : "decision.closed";
      return { kind: "refused", code };
    }
    const code = this.#unfitness(asked) ?? this.#contradiction(asked, mine);
    if (code !== null) return { kind: "refused", code };
    const seq = this.all.length + 1;
    this.all.push({ ...asked, ...this.#entryOf(asked), seq });
    return { kind: "accepted", seq };
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

  /**
   * The ballot that a request asks for once more: of the same key, or without one of the same words
   * as the newest.
   */
  #repeatedBy({ requestKey, choice }: CastRequest, mine: readonly Cast[]): Cast | undefined {
    if (requestKey !== null) {
      const same = mine.find((cast) => cast.requestKey === requestKey);
      return same?.choice === choice ? same : undefined;
    }
    const newest = mine[mine.length - 1];
    return newest?.choice === choice && this.#rules.isHidden !== true ? newest : undefined;
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
  #contradiction({ choice, requestKey }: CastRequest, mine: readonly Cast[]): string | null {
    const { isHidden = false, ballotsMax = Infinity } = this.#rules;
    if (isHidden && requestKey === null) return "idempotency.key_required";
    if (choice === "withdrawn" && !this.#isRevisable) return "vote.final";
    if (mine.length === 0) return choice === "withdrawn" ? "vote.nothing_to_withdraw" : null;
    if (requestKey !== null && mine.some((cast) => cast.requestKey === requestKey)) {
      return "idempotency.key_reused";
    }
    if (!this.#isRevisable) return "vote.already_cast";
    if (requestKey === null && mine.some((cast) => cast.choice === choice)) {
      return "vote.ambiguous_repeat";
    }
    return mine.length >= ballotsMax ? "vote.revisions_exhausted" : null;
  }
}
