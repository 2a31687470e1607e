import type { RollEntry } from "../../../src/decision/roll.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";

type Cast = CastRequest & { seq: number };
export type NaiveAnswer =
  | { kind: "accepted" | "repeated"; seq: number }
  | { kind: "refused"; code: string };

/**
 * An election kept as one plain list and decided by searching it: slow, and written from the rules rather than from the code. It is the
 * oracle that the transition is compared with.
 */
export class NaiveElection {
  readonly all: Cast[] = [];
  readonly #isRevisable: boolean;
  readonly #roll: [pid: string, entry: RollEntry][] | null;

  constructor(
    revotePolicy: "final" | "revisable",
    roll: [pid: string, entry: RollEntry][] | null = null,
  ) {
    this.#isRevisable = revotePolicy === "revisable";
    this.#roll = roll;
  }

  cast(asked: CastRequest): NaiveAnswer {
    const listed = this.#roll?.find(([pid]) => pid === asked.pid);
    if (this.#roll !== null && listed === undefined) {
      return { kind: "refused", code: "vote.not_on_roll" };
    }
    const request = listed === undefined ? asked : { ...asked, ...listed[1] };
    const takesBack = request.choice === "withdrawn";
    if (takesBack && !this.#isRevisable) return { kind: "refused", code: "vote.final" };
    const mine = this.all.filter((cast) => cast.pid === request.pid);
    if (request.requestKey !== null) {
      const same = mine.filter((cast) => cast.requestKey === request.requestKey);
      for (const cast of same) {
        if (cast.choice === request.choice) return { kind: "repeated", seq: cast.seq };
        return { kind: "refused", code: "idempotency.key_reused" };
      }
    }
    const newest = mine[mine.length - 1];
    if (takesBack && newest === undefined) {
      return { kind: "refused", code: "vote.nothing_to_withdraw" };
    }
    if (newest !== undefined) {
      const isSameWords = newest.choice === request.choice && request.requestKey === null;
      if (isSameWords) return { kind: "repeated", seq: newest.seq };
      if (!this.#isRevisable) return { kind: "refused", code: "vote.already_cast" };
      const saidBefore = mine.some((cast) => cast.choice === request.choice);
      if (request.requestKey === null && saidBefore) {
        return { kind: "refused", code: "vote.ambiguous_repeat" };
      }
    }
    const seq = this.all.length + 1;
    this.all.push({ ...request, seq });
    return { kind: "accepted", seq };
  }

  /** Counted ballots and weight by "region choice". */
  count(): Record<string, string> {
    const cells: Record<string, [number, bigint]> = {};
    for (const pid of new Set(this.all.map((cast) => cast.pid))) {
      const counted = this.all.findLast((cast) => cast.pid === pid);
      if (counted === undefined || counted.choice === "withdrawn") continue;
      const cell = (cells[`${counted.region} ${counted.choice}`] ??= [0, 0n]);
      cell[0] += 1;
      cell[1] += BigInt(counted.weight);
    }
    return Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell.join(" ")]));
  }
}
