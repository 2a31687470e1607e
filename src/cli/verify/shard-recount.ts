import { ballotChoices } from "../../ballot/ballot.ts";
import { invariant } from "../../shared/invariant.ts";
import type { BallotAnswer } from "../api/answers.ts";
import { countBallot, type TallyCount } from "../count/tally-count.ts";
import { PidTable } from "./pid-table.ts";

const regionsMax = 1_024;

/**
 * Recounts the log of one shard: the newest ballot of every pid counts, unless it is a withdrawal.
 * A counted ballot is kept as one whole number of region, choice and weight; with 1,024 regions and
 * a weight up to 10^12 that stays below 2^53.
 */
export class ShardRecount {
  readonly #counted = new PidTable();
  readonly #regions: string[] = [];
  readonly #regionIndex = new Map<string, number>();

  get voters(): number {
    return this.#counted.size;
  }

  /**
   * Counts the next ballot of the log. Says whether its voter had a counted one before; null for a
   * pid that is none.
   */
  add(
    ballot: Pick<BallotAnswer, "pid" | "choice" | "region" | "weight">,
  ): "first" | "newer" | null {
    const region = this.#indexOf(ballot.region);
    const choice = ballotChoices.indexOf(ballot.choice);
    const packed = (ballot.weight * regionsMax + region) * ballotChoices.length + choice;
    const set = this.#counted.set(ballot.pid, packed);
    if (set === null) return null;
    return set.before === null ? "first" : "newer";
  }

  tally(): TallyCount {
    const tally: TallyCount = new Map();
    for (const packed of this.#counted.values()) {
      const { choice, ...ballot } = this.#unpack(packed);
      if (choice !== "withdrawn") countBallot(tally, { ...ballot, choice });
    }
    return tally;
  }

  /** What the counted ballot of this voter says, or null where there is none. */
  countedOf(pid: string): Pick<BallotAnswer, "choice" | "region" | "weight"> | null {
    const packed = this.#counted.get(pid);
    return packed === null ? null : this.#unpack(packed);
  }

  #unpack(packed: number): Pick<BallotAnswer, "choice" | "region" | "weight"> {
    const choice = ballotChoices[packed % ballotChoices.length];
    const rest = Math.floor(packed / ballotChoices.length);
    const region = this.#regions[rest % regionsMax];
    invariant(choice !== undefined && region !== undefined, "a packed ballot unpacks");
    return { region, choice, weight: Math.floor(rest / regionsMax) };
  }

  #indexOf(region: string): number {
    const known = this.#regionIndex.get(region);
    if (known !== undefined) return known;
    const index = this.#regions.length;
    invariant(index < regionsMax, `a decision has at most ${regionsMax} regions`);
    this.#regions.push(region);
    this.#regionIndex.set(region, index);
    return index;
  }
}
