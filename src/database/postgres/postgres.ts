import type { Database } from "../database.ts";
import { tellOutages } from "../tell-outages.ts";
import { postgresBallots } from "./ballots.ts";
import { postgresDeadLetters } from "./dead-letters.ts";
import { postgresHealth } from "./health.ts";
import { isPostgresOutage } from "./outage.ts";
import { postgresProjected } from "./projected.ts";
import { postgresProjection } from "./projection.ts";
import { postgresReads } from "./reads.ts";
import type { PostgresSession } from "./session.ts";
import type { ReportFailure } from "../../shared/log-line.ts";

/** The whole database port on one way to Postgres; of its replicas health tells alone. */
export function postgresDatabase(
  session: PostgresSession,
  report: ReportFailure,
  replica: PostgresSession | null = null,
): Database {
  return tellOutages(
    {
      ...postgresBallots(session),
      ...postgresProjection(session),
      ...postgresProjected(session),
      ...postgresReads(session),
      ...postgresDeadLetters(session),
      ...postgresHealth({ session, replica, report }),
    },
    isPostgresOutage,
  );
}
