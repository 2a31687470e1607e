import type { ShardAddress } from "../../ballot/receipt.ts";
import { invariant } from "../../shared/invariant.ts";
import {
  BallotRejected,
  type BallotForgetting,
  type BallotRemoval,
  type BallotStore,
  type ShardBallot,
} from "../database.ts";
import { isRejection } from "./rejection.ts";
import type { PostgresSession } from "./session.ts";
import { statements } from "./statements.ts";

/** Stores ballots in Postgres: one statement a batch, which is one transaction. */
export function postgresBallots(
  session: PostgresSession,
): BallotStore & BallotRemoval & BallotForgetting {
  return {
    async applyBallots(ballots) {
      const shards = shardsOf(ballots);
      if (shards.length === 0) return [];
      const values = columnsOf(shards);
      const { rows } = await session
        .run((client) => client.query<{ applied: string[] }>(statements.applyBallots, values))
        .catch((error: unknown) => {
          throw isRejection(error) ? new BallotRejected(String(error), { cause: error }) : error;
        });
      const applied = rows[0]?.applied;
      invariant(applied?.length === shards.length, "each shard has its progress");
      // A shard that has nothing before its first gap has no progress.
      return shards.flatMap(({ decisionId, shard }, index) => {
        const appliedSeq = Number(applied[index]);
        return appliedSeq === 0 ? [] : [{ decisionId, shard, appliedSeq }];
      });
    },

    async removeBallots(decisionId, ballots) {
      const shards = numbers(ballots.map(({ shard }) => shard));
      const values = [decisionId, shards, ...ballotColumns(ballots)];
      await session.run((client) => client.query(statements.removeBallots, values));
    },

    async forgetBallots(decisionId, max) {
      const { rows } = await session.run((client) =>
        client.query<{ forgotten: string }>(statements.forgetBallots, [decisionId, max]),
      );
      return Number(rows[0]?.forgotten) > 0 ? "more" : "done";
    },
  };
}

type BallotsOfShard = ShardAddress & { ballots: ShardBallot[] };

/**
 * The ballots of each shard, each once. Shards are in order: writers that lock them in one order
 * never wait for each other in a ring.
 */
function shardsOf(ballots: readonly ShardBallot[]): BallotsOfShard[] {
  const shards = Map.groupBy(ballots, ({ decisionId, shard }) => `${decisionId}/${shard}`);
  const keys = [...shards.keys()].toSorted();
  return keys.flatMap((key) => {
    const ofShard = distinctBySeq(shards.get(key) ?? []);
    return ofShard.slice(0, 1).map(({ decisionId, shard }) => ({
      decisionId,
      shard,
      ballots: ofShard,
    }));
  });
}

function columnsOf(shards: readonly BallotsOfShard[]): unknown[] {
  const all = shards.flatMap(({ ballots }) => ballots);
  return [
    shards.map(({ decisionId }) => decisionId),
    shards.map(({ shard }) => shard),
    // Postgres counts the elements of an array from 1.
    numbers(shards.flatMap(({ ballots }, index) => ballots.map(() => index + 1))),
    ...ballotColumns(all),
  ];
}

function ballotColumns(ballots: readonly ShardBallot[]): unknown[] {
  return [
    numbers(ballots.map(({ seq }) => seq)),
    ballots.map(({ pid }) => pid),
    ballots.map(({ choice }) => choice),
    ballots.map(({ region }) => region),
    numbers(ballots.map(({ weight }) => weight)),
    numbers(ballots.map(({ acceptedAt }) => acceptedAt)),
  ];
}

/** The first of each seq. */
function distinctBySeq(ballots: readonly ShardBallot[]): ShardBallot[] {
  const seen = new Set<number>();
  return ballots.filter(({ seq }) => seen.size < seen.add(seq).size);
}

/**
 * An array as Postgres reads it; pg would quote each number, which takes longer to write and to
 * read.
 */
function numbers(values: readonly number[]): string {
  return `{${values.join(",")}}`;
}
