import { drizzle } from "drizzle-orm/node-postgres";
import { limits } from "../../shared/limits.ts";
import type { DatabaseReads } from "../database.ts";
import { countDeadLetters } from "./dead-letters.ts";
import { postgresProblemOf } from "./outage.ts";
import type { PostgresSession } from "./session.ts";
import { statements } from "./statements.ts";
import type { ReportFailure } from "../../shared/log-line.ts";

/** Whether Postgres answers this login and has our tables. */
export function postgresHealth(
  session: PostgresSession,
  report: ReportFailure,
): Pick<DatabaseReads, "health"> {
  return {
    async health() {
      try {
        const deadLetters = await session.run(async (client) => {
          await client.query(statements.applyNothing);
          return countDeadLetters(drizzle(client), limits.healthDeadLettersMax);
        });
        return { kind: "postgres", problems: [], warnings: [], size: null, deadLetters };
      } catch (error) {
        report("database.unhealthy", error);
        const problems = [postgresProblemOf(error)];
        return { kind: "postgres", problems, warnings: [], size: null, deadLetters: null };
      }
    },
  };
}
