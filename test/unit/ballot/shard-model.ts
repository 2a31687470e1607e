import { castMany, type CastOutcome, type ShardState } from "../../../src/ballot/cast-many.ts";
import { ballotOpener } from "../../../src/ballot/opening.ts";
import type { RollEntry } from "../../../src/decision/roll.ts";
import type { CastRequest, VoterBallot, VoterRecord } from "../../../src/ballot/voter.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";

/** A shard in memory: the transition with the simplest store around it, as the Durable Object puts SQLite around it. */
export class ShardModel {
  readonly log: VoterBallot[] = [];
  readonly #voters = new Map<string, VoterRecord>();
  readonly #terms: VotingTerms;
  readonly #roll: ReadonlyMap<string, RollEntry> | null;
  readonly #serials = new Map<string, number>();
  state: ShardState = { seq: 0, tally: new Map() };

  constructor(terms: VotingTerms, roll: ReadonlyMap<string, RollEntry> | null = null) {
    this.#terms = terms;
    this.#roll = roll;
  }

  /** The voter's newest token is no longer good, as if another were issued. */
  endToken(pid: string): void {
    this.#serials.set(pid, (this.#serials.get(pid) ?? 1) + 1);
  }

  cast(
    requests: readonly CastRequest[],
    clock: {
      now?: number;
      isSealed?: boolean;
      isPaused?: boolean;
      areTokensOver?: boolean;
      ballotsAVoterMax?: number;
    } = {},
  ): CastOutcome[] {
    const { now = 1_500, isSealed = false, isPaused = false } = clock;
    const { areTokensOver = false, ballotsAVoterMax = 100 } = clock;
    const transition = castMany({
      terms: this.#terms,
      state: this.state,
      records: this.#voters,
      roll: this.#roll,
      serials: this.#serials,
      requests,
      now,
      isSealed,
      isPaused,
      areTokensOver,
      ballotsAVoterMax,
      opener: ballotOpener(this.#terms),
    });
    this.log.push(...transition.ballots);
    for (const [pid, record] of transition.voters) this.#voters.set(pid, record);
    this.state = transition.state;
    return transition.outcomes;
  }
}
