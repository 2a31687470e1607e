import { postgresBallots } from "../../src/database/postgres/ballots.ts";
import { KeptConnection } from "../../src/database/postgres/session.ts";
import type { ShardBallot } from "../../src/database/database.ts";
import { limits } from "../../src/shared/limits.ts";
import type { DrainRow } from "./measure-drain.ts";

const shards = 16;

/**
 * What Postgres itself takes from a plain client: the platform's own statement, table and size of
 * batch, with nothing before it.
 */
export async function measurePostgres(ballots: number, postgresUrl: string): Promise<DrainRow> {
  const connection = new KeptConnection(postgresUrl);
  const store = postgresBallots(connection);
  const batch = limits.writerBallotsMax;
  const batches = Math.ceil(ballots / batch);
  try {
    await store.applyBallots(ballotsOf("bench-warm", 0));
    const startedAt = performance.now();
    for (let index = 0; index < batches; index += 1) {
      await store.applyBallots(ballotsOf("bench-direct", index));
    }
    const elapsedMs = performance.now() - startedAt;
    return { name: "Postgres alone, from Node, 1 client", ballots: batches * batch, elapsedMs };
  } finally {
    await connection.close();
  }
}

/** A batch as the writer has it: two runs of consecutive ballots of two shards. */
function ballotsOf(decisionId: string, index: number): ShardBallot[] {
  const count = limits.writerBallotsMax;
  const run = count / 2;
  return Array.from({ length: count }, (_, place) => {
    const shard = (index * 2 + Math.floor(place / run)) % shards;
    const seq = Math.floor((index * 2) / shards) * run + (place % run) + 1;
    const choice = (["yes", "no", "abstain"] as const)[place % 3] ?? "yes";
    const pid = `${index}-${place}`.padStart(22, "p");
    return { decisionId, shard, seq, pid, choice, region: "", weight: 1, acceptedAt: Date.now() };
  });
}
