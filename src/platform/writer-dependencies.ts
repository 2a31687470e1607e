import { sha256Hex } from "../auth/digest.ts";
import { shardName } from "../decision/shard-map.ts";
import type { Database } from "../database/database.ts";
import { postgresDatabase } from "../database/postgres/postgres.ts";
import { KeptConnection } from "../database/postgres/session.ts";
import { chooseDatabase } from "../database/settings.ts";
import type { WriterDependencies } from "../vote-log/write-records.ts";
import { meterOf } from "./metrics/isolate-meter.ts";
import { databaseOf } from "./database.ts";
import { versionedRoom, versionedShard } from "./objects/versioned-stubs.ts";
import { reportDeadLetter, reportFailure } from "./report-failure.ts";
import { deadLettersOf, logSignatureOf } from "./vote-log.ts";

/** What writing delivered records takes, whichever log delivered them. */
export function writerDependenciesOf(env: Env): WriterDependencies & { store: Database } {
  const meter = meterOf(env);
  return {
    store: databaseOf(env),
    deadLetters: deadLettersOf(env),
    async confirm({ decisionId, shard }, confirmation) {
      try {
        // The first one may live in its room, which knows.
        await (shard === 0
          ? versionedRoom(env.DECISION_ROOM, decisionId).confirmFirst(decisionId, confirmation)
          : versionedShard(env.BALLOT_SHARD, shardName(decisionId, shard)).confirm(confirmation));
      } catch (error) {
        reportFailure("writer.confirm_failed", error, { decision: decisionId, shard });
      }
    },
    onDeadLetter: reportDeadLetter,
    onWritten: ({ isWritten, ms, lagMs }) => {
      if (!isWritten) return meter.count("enviro.database.write.failures", {});
      meter.set("enviro.database.write.duration", {}, ms / 1_000, "writer");
      meter.set("enviro.vote_log.lag", {}, lagMs / 1_000, "writer");
    },
    signature: logSignatureOf(env),
    now: () => Date.now(),
    digest: sha256Hex,
  };
}

/**
 * Does a consumer's work, one invocation or one turn of it; with Postgres on one connection, which
 * ends with the work.
 */
export async function withWriterDependencies<T>(
  env: Env,
  work: (deps: WriterDependencies & { store: Database }) => Promise<T>,
): Promise<T> {
  const choice = chooseDatabase(env);
  if (choice.kind !== "postgres") return work(writerDependenciesOf(env));
  const connection = new KeptConnection(choice.connectionString);
  try {
    const store = postgresDatabase(connection, reportFailure);
    return await work({ ...writerDependenciesOf(env), store });
  } finally {
    await connection.close();
  }
}
