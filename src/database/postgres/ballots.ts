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
function columnsOf(ballots: readonly PlacedBallot[]): unknown[] {
  const shards = Map.groupBy(ballots, ({ decisionId, shard }) => `${decisionId}/${shard}`);
  const keys = [...shards.keys()].toSorted();
  const groups = keys.map((key) => distinctBySeq(shards.get(key) ?? []));
  const firsts = groups.flatMap((group) => group[0] ?? []);
  const all = groups.flat();
  return [
    firsts.map(({ decisionId }) => decisionId),
    firsts.map(({ shard }) => shard),
    // Postgres counts the elements of an array from 1.
    numbers(groups.flatMap((group, index) => group.map(() => index + 1))),
    numbers(all.map(({ seq }) => seq)),
    all.map(({ pid }) => pid),
    all.map(({ choice }) => choice),
    all.map(({ region }) => region),
    numbers(all.map(({ weight }) => weight)),
    numbers(all.map(({ acceptedAt }) => acceptedAt)),
  ];
}

/** The first of each seq. */
function distinctBySeq(ballots: readonly PlacedBallot[]): PlacedBallot[] {
  const seen = new Set<number>();
  return ballots.filter(({ seq }) => seen.size < seen.add(seq).size);
}

/** An array as Postgres reads it; pg would quote each number, which takes longer to write and to read. */
function numbers(values: readonly number[]): string {
  return `{${values.join(",")}}`;
}
