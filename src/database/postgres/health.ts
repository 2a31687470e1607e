import { DatabaseError } from "pg";
import type { DatabaseReads } from "../database.ts";
import type { PostgresSession } from "./session.ts";
import { statements } from "./statements.ts";

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
  report: (event: string, error: unknown) => void,
): Pick<DatabaseReads, "health"> {
  return {
    async health() {
      try {
        await session.run((client) => client.query(statements.applyNothing));
        return { kind: "postgres", problems: [] };
      } catch (error) {
        report("database.unhealthy", error);
        return { kind: "postgres", problems: [problemOf(error)] };
      }
    },
  };
}

function problemOf(error: unknown): string {
  const code = error instanceof DatabaseError ? (error.code ?? "") : "";
  return problemsByCode[code] ?? "Postgres does not answer";
}
