import { and, asc, count, eq, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { DatabaseReads, Projected } from "../database.ts";
import { regionalResultOf } from "../list-pages.ts";
import { countOpenLetters } from "./dead-letters.ts";
import { readPlaces, type Places } from "./places.ts";
import { regionalResults, shardProgress, votes } from "./schema.ts";
import type { PostgresSession } from "./session.ts";

export function postgresProjected(session: PostgresSession): Pick<DatabaseReads, "readProjected"> {
  return {
    readProjected: (decisionId, regions) =>
      session.run(async (client) => {
        const orm = drizzle(client);
        return {
          shards: await countShards(orm, decisionId),
          openLetters: await countOpenLetters(orm, decisionId),
          results: await readResults(orm, decisionId, regions),
        };
      }),
  };
}

async function countShards(orm: NodePgDatabase, decisionId: string): Promise<Projected["shards"]> {
  const places = await readPlaces(orm, decisionId);
  if (places === null) return [];
  const rows = await countsQuery(orm, places);
  return rows.map(({ shard, ballots, appliedSeq }) => ({
    decisionId,
    shard,
    ballots,
    appliedSeq: appliedSeq ?? 0,
  }));
}

/** By region first, since that is how the key begins: a seek a region. */
async function readResults(
  orm: NodePgDatabase,
  decisionId: string,
  regions: readonly string[],
): Promise<Projected["results"]> {
  const isNamed = sql`${regionalResults.region} = ANY(${sql.param(regions)}::text[])`;
  const rows = await orm
    .select()
    .from(regionalResults)
    .where(and(isNamed, eq(regionalResults.decisionId, decisionId)));
  return rows.map(regionalResultOf);
}

/** Rows of each shard with its progress: a count, for audits. */
export function countsQuery(orm: NodePgDatabase, places: Places) {
  const counted = orm
    .select({ decisionId: votes.decisionId, shard: votes.shard, ballots: count().as("ballots") })
    .from(votes)
    .where(places.filter)
    .groupBy(votes.decisionId, votes.shard)
    .as("counted");
  return orm
    .select({
      shard: counted.shard,
      ballots: counted.ballots,
      appliedSeq: shardProgress.appliedSeq,
    })
    .from(counted)
    .leftJoin(
      shardProgress,
      and(eq(shardProgress.decisionId, counted.decisionId), eq(shardProgress.shard, counted.shard)),
    )
    .orderBy(asc(counted.shard));
}
