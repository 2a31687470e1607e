import { drizzle } from "drizzle-orm/node-postgres";
import { DatabaseError } from "pg";
import { limits } from "../../shared/limits.ts";
import type { DatabaseReads } from "../database.ts";
import { countDeadLetters } from "./dead-letters.ts";
import type { PostgresSession } from "./session.ts";
import { statements } from "./statements.ts";
import type { ReportFailure } from "../../shared/log-line.ts";

/**
 * What anybody may read of an error's cause; the log has Postgres's own words. By the codes of its
 * manual's appendix A.
 */
const problemsByCode: Record<string, string> = {
  "25006": "Postgres takes no writes",
  "28000": "Postgres refuses the login",
  "28P01": "Postgres refuses the login",
  "42501": "the login may not do its work: is it a member of voting_worker?",
  "42883": "its migrations are not applied",
  "42P01": "its migrations are not applied",
  "53300": "Postgres has no connection left",
  "57P03": "Postgres is starting up or shutting down",
};

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
        return { kind: "postgres", problems: [], warnings: [], deadLetters };
      } catch (error) {
        report("database.unhealthy", error);
        const problems = [problemOf(error)];
        return { kind: "postgres", problems, warnings: [], deadLetters: null };
      }
    },
  };
}

function problemOf(error: unknown): string {
  // Drizzle wraps what Postgres says.
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = cause instanceof DatabaseError ? (cause.code ?? "") : "";
  return problemsByCode[code] ?? "Postgres does not answer";
}
