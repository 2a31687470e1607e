import {
  BallotRejected,
  type BallotStore,
  type DeadLetterStore,
  type ShardBallot,
  type ShardProgress,
  type StoredDeadLetter,
} from "../../../src/database/database.ts";

type Kept = BallotStore &
  Pick<DeadLetterStore, "keepDeadLetters" | "findDeadLetter" | "dropDeadLetter">;

/** What a writer asks of a database, held by plain lists, with what it was asked. */
export interface ModelDatabase extends Kept {
  rows: Map<string, ShardBallot>;
  deadLetters: Map<string, StoredDeadLetter>;
  /** How many ballots stood in each transaction, those that failed too. */
  transactions: number[];
  /** How many dead letters came in each call. */
  keeps: number[];
  /** Whether the database refuses a ballot; told how many transactions there were before. */
  refuses(ballot: ShardBallot, transaction: number): boolean;
  /** Thrown by every call while it stands. */
  outage: Error | null;
}

/** A database that keeps the promises of `BallotStore` and `DeadLetterStore` in memory. */
export function modelDatabase(): ModelDatabase {
  const shardOf = ({ decisionId, shard }: ShardBallot): string => `${decisionId}:${shard}`;
  const database: ModelDatabase = {
    rows: new Map(),
    deadLetters: new Map(),
    transactions: [],
    keeps: [],
    refuses: () => false,
    outage: null,

    async applyBallots(ballots) {
      const transaction = database.transactions.push(ballots.length) - 1;
      if (database.outage !== null) throw database.outage;
      const poison = ballots.find((ballot) => database.refuses(ballot, transaction));
      if (poison !== undefined) throw new BallotRejected(`ballot ${poison.seq} is refused`);
      for (const ballot of ballots) {
        const id = `${shardOf(ballot)}:${ballot.seq}`;
        if (!database.rows.has(id)) database.rows.set(id, { ...ballot });
        const deadLetter = database.deadLetters.get(id);
        if (deadLetter !== undefined) deadLetter.isOpen = false;
      }
      return [...Map.groupBy(ballots, shardOf).values()].flatMap(([one]) =>
        one === undefined ? [] : [progressOf(one)],
      );
    },

    async keepDeadLetters(deadLetters) {
      if (database.outage !== null) throw database.outage;
      database.keeps.push(deadLetters.length);
      for (const each of deadLetters) {
        database.deadLetters.set(each.id, { ...each, isOpen: !database.rows.has(each.id) });
      }
    },

    async findDeadLetter(id) {
      return database.deadLetters.get(id) ?? null;
    },

    async dropDeadLetter(id) {
      database.deadLetters.delete(id);
    },
  };

  function progressOf({ decisionId, shard }: ShardBallot): ShardProgress {
    let appliedSeq = 0;
    while (database.rows.has(`${decisionId}:${shard}:${appliedSeq + 1}`)) appliedSeq += 1;
    return { decisionId, shard, appliedSeq };
  }
  return database;
}
