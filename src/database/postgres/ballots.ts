import { BallotRejected, type BallotStore, type PlacedBallot } from "../database.ts";
import { isRejection } from "./rejection.ts";
import type { PostgresSession } from "./session.ts";
import { statements } from "./statements.ts";

type ProgressRow = { decision_id: string; shard: number; applied_seq: string };

/** Stores ballots in Postgres: one prepared statement a batch, which is one transaction. */
export function postgresBallots(session: PostgresSession): BallotStore {
  return {
    async applyBallots(ballots) {
      if (ballots.length === 0) return [];
      const values = columnsOf(ballots);
      const { rows } = await session
        .run((client) =>
          client.query<ProgressRow>({
            name: "apply_ballots",
            text: statements.applyBallots,
            values,
          }),
        )
        .catch((error: unknown) => {
          throw isRejection(error) ? new BallotRejected(String(error), { cause: error }) : error;
        });
      return rows.map((row) => ({
        decisionId: row.decision_id,
        shard: row.shard,
        appliedSeq: Number(row.applied_seq),
      }));
    },
  };
}

/** The batch as columns, each ballot once. Shards come first and in order: writers that lock them in one order never wait for each other in a ring. */
function columnsOf(ballots: readonly PlacedBallot[]): unknown[][] {
  const distinct = new Map<string, PlacedBallot>();
  const shards = new Map<string, PlacedBallot>();
  for (const ballot of ballots) {
    const shard = `${ballot.decisionId}/${ballot.shard}`;
    const place = `${shard}/${ballot.seq}`;
    if (!distinct.has(place)) distinct.set(place, ballot);
    if (!shards.has(shard)) shards.set(shard, ballot);
  }
  const keys = [...shards.keys()].toSorted();
  // Postgres counts the elements of an array from 1.
  const indexes = new Map(keys.map((key, index) => [key, index + 1]));
  const firsts = keys.flatMap((key) => shards.get(key) ?? []);
  const all = [...distinct.values()];
  return [
    firsts.map(({ decisionId }) => decisionId),
    firsts.map(({ shard }) => shard),
    all.map(({ decisionId, shard }) => indexes.get(`${decisionId}/${shard}`)),
    all.map(({ seq }) => seq),
    all.map(({ pid }) => pid),
    all.map(({ choice }) => choice),
    all.map(({ region }) => region),
    all.map(({ weight }) => weight),
    all.map(({ acceptedAt }) => acceptedAt),
  ];
}
