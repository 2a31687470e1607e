import { castMany, type CastOutcome, type ShardState } from "../../../src/ballot/cast-many.ts";
import type { BallotOpener, OpenableBallot, Opening } from "../../../src/ballot/opening.ts";
import { shuffleVoters } from "../../../src/ballot/shuffle-voters.ts";
import type { CastRequest, VoterBallot, VoterRecord } from "../../../src/ballot/voter.ts";
import type { VotingTerms } from "../../../src/ballot/voting-terms.ts";
import type { RollEntry } from "../../../src/decision/roll.ts";
import { countedSeqs } from "../../../src/publication/counted-seqs.ts";
import type { PublishedBallot } from "../../../src/publication/published-ballot.ts";
import type { ShardSnapshot } from "../../../src/results/shard-snapshot.ts";
import { seededRandom } from "../../../bench/kill-test/random.ts";

/** A ballot of the record, with what nobody but the record knows of it. */
export interface KeptBallot extends VoterBallot {
  shard: number;
  /** When it really came, in ms, and as which of all. */
  arrivedAt: number;
  arrival: number;
}

/** What a shard is made with. */
export interface CoreShardInput {
  terms: VotingTerms;
  roll: ReadonlyMap<string, RollEntry> | null;
  opener: BallotOpener;
  seed: number;
}

/** A shard in memory that numbers a commit's ballots as the Durable Object does, by chance from a seed. */
export class CoreShard {
  readonly kept: KeptBallot[] = [];
  readonly #input: CoreShardInput;
  readonly #random: () => number;
  readonly #voters = new Map<string, VoterRecord>();
  #state: ShardState = { seq: 0, tally: new Map() };

  constructor(input: CoreShardInput) {
    this.#input = input;
    this.#random = seededRandom(input.seed);
  }

  /** Casts what came together; `arrivals` says as which of all each request came. */
  cast(requests: readonly CastRequest[], arrivals: readonly number[], now: number): CastOutcome[] {
    const { terms, roll, opener } = this.#input;
    const random = Uint32Array.from(requests, () => Math.floor(this.#random() * 2 ** 32));
    const order =
      terms.disclosure === "roll_call"
        ? requests.map((_, at) => at)
        : shuffleVoters(requests, random);
    const transition = castMany({
      terms,
      state: this.#state,
      records: this.#voters,
      roll,
      serials: new Map(),
      requests: order.map((at) => requests[at] as CastRequest),
      now,
      isSealed: false,
      isPaused: false,
      areTokensOver: false,
      ballotsAVoterMax: 10,
      opener,
    });
    for (const [pid, record] of transition.voters) this.#voters.set(pid, record);
    this.#state = transition.state;
    const arrivalOf = new Map(requests.map(({ nonce }, at) => [nonce, arrivals[at] ?? -1]));
    for (const ballot of transition.ballots) {
      const arrival = arrivalOf.get(ballot.nonce) ?? -1;
      this.kept.push({ ...ballot, shard: terms.shard, arrivedAt: now, arrival });
    }
    const outcomes: CastOutcome[] = [];
    for (const [at, index] of order.entries())
      outcomes[index] = transition.outcomes[at] as CastOutcome;
    return outcomes;
  }

  snapshot(takenAt: number, isSealed: boolean): ShardSnapshot {
    const { seq, tally } = this.#state;
    return { shard: this.#input.terms.shard, seq, tally, takenAt, isSealed };
  }

  /** What the publication takes, each with the ballot that it is made of. */
  published(): { ballot: PublishedBallot; of: KeptBallot }[] {
    const seen = new Set<string>();
    const first = new Map(
      this.kept.map(({ seq, pid }) => {
        const isFirst = !seen.has(pid);
        seen.add(pid);
        return [seq, isFirst] as const;
      }),
    );
    const backwards = this.kept
      .toReversed()
      .map((one) => ({ ...one, isFirst: first.get(one.seq) === true }));
    const counted = countedSeqs({ last: this.kept.length, read: () => backwards }, 3);
    return this.kept.map((of) => {
      const { hash, k, c, u } = this.#input.opener.open(of);
      const { choice, region, weight, acceptedAt, seq } = of;
      const cell = { choice, isCounted: counted.has(seq), region, weight, acceptedAt };
      return { ballot: { hash, k, c, u, ...cell, name: null, statement: null }, of };
    });
  }
}

/**
 * The same opener, in which two pids have swapped places. The opening key is a secret of the
 * record, and HMAC under it as good as chance to whoever lacks it: this is another key of equal
 * probability, under which the swapped voters have swapped r, and with it K, u, C and hash.
 */
export function withSwappedPids(
  opener: BallotOpener,
  swapped: readonly (readonly [string, string])[],
): BallotOpener {
  const partners = new Map(
    swapped.flatMap(([one, other]) => [
      [one, other],
      [other, one],
    ]),
  );
  const partner = (pid: string): string => partners.get(pid) ?? pid;
  const withPartner = <Some extends { pid: string }>(ballot: Some): Some => ({
    ...ballot,
    pid: partner(ballot.pid),
  });
  return {
    open: (ballot) => opener.open(withPartner(ballot)),
    openAll: (ballots) => opener.openAll(ballots.map(withPartner)),
    rOf: ({ pid, nonce }) => opener.rOf({ pid: partner(pid), nonce }),
  };
}

/** An opener that opens the same ballot once: elections that differ by a swap share all the rest. */
export function rememberingOpener(opener: BallotOpener): BallotOpener {
  const openings = new Map<string, Opening>();
  const proofs = new Map<string, string>();
  const open = (ballot: OpenableBallot): Opening => {
    const { pid, nonce, choice, region, weight } = ballot;
    const key = `${pid} ${nonce} ${choice} ${weight} ${region}`;
    const opening = openings.get(key) ?? opener.open(ballot);
    openings.set(key, opening);
    return opening;
  };
  return {
    open,
    openAll: (ballots) => ballots.map(open),
    rOf: ({ pid, nonce }) => {
      const key = `${pid} ${nonce}`;
      const proof = proofs.get(key) ?? opener.rOf({ pid, nonce });
      proofs.set(key, proof);
      return proof;
    },
  };
}
