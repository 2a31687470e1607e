import { drizzle } from "drizzle-orm/node-postgres";
import { limits } from "../../shared/limits.ts";
import type { DatabaseReads } from "../database.ts";
import { countDeadLetters } from "./dead-letters.ts";
import { postgresProblemOf } from "./outage.ts";
import { replicaWarnings } from "./replica.ts";
import type { PostgresSession } from "./session.ts";
import { statements } from "./statements.ts";
import type { ReportFailure } from "../../shared/log-line.ts";

interface PostgresHealth {
  session: PostgresSession;
  replica: PostgresSession | null;
  report: ReportFailure;
}

/** Whether Postgres answers this login and has our tables. */
export function postgresHealth({
  session,
  replica,
  report,
}: PostgresHealth): Pick<DatabaseReads, "health"> {
  const lookAtPrimary = async () => {
    try {
      const deadLetters = await session.run(async (client) => {
        await client.query(statements.applyNothing);
        return countDeadLetters(drizzle(client), limits.healthDeadLettersMax);
      });
      return { problems: [], deadLetters };
    } catch (error) {
      report("database.unhealthy", error);
      return { problems: [postgresProblemOf(error)], deadLetters: null };
    }
  };
  return {
    async health() {
      const [{ problems, deadLetters }, warnings] = await Promise.all([
        lookAtPrimary(),
        replica === null ? [] : replicaWarnings(replica),
      ]);
      const size = null;
      return {
        kind: "postgres",
        problems,
        warnings: [],
        replicaWarnings: warnings,
        size,
        deadLetters,
      };
    },
  };
}
