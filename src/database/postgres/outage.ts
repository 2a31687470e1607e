import { DatabaseError } from "pg";
import { innermostOf } from "../../shared/loggable-error.ts";

/**
 * What anybody may read of an error's cause; the log has Postgres's own words. By the codes of its
 * manual's appendix A.
 */
const problemsByCode: Record<string, string> = {
  "25006": "Postgres takes no writes",
  "28000": "Postgres refuses the login",
  "28P01": "Postgres refuses the login",
  "3D000": "Postgres has no such database",
  "42501": "the login may not do its work: is it a member of voting_worker?",
  "42883": "its migrations are not applied",
  "42P01": "its migrations are not applied",
  "40P01": "another session holds a lock that Postgres waited for",
  "53100": "Postgres's disk is full",
  "53200": "Postgres has no memory left",
  "53300": "Postgres has no connection left",
  "55P03": "another session holds a lock that Postgres waited for",
  "57014": "Postgres took too long for a statement",
  "57P01": "Postgres is starting up or shutting down",
  "57P02": "Postgres is starting up or shutting down",
  "57P03": "Postgres is starting up or shutting down",
};

/**
 * Classes of the same appendix in which Postgres tells of itself and not of a statement of ours:
 * connection, transaction state, login, rollback, missing object, resources, lock, operator, system.
 */
const outageClasses = new Set(["08", "25", "28", "3D", "40", "42", "53", "55", "57", "58", "XX"]);
const syntaxError = "42601";

/** Faults of ours, whatever way they come. */
const ownFaults = [TypeError, RangeError, SyntaxError, ReferenceError];

/**
 * Whether Postgres could not be asked: it says so, or the way to it does, whose errors have no code
 * of Postgres.
 */
export function isPostgresOutage(error: unknown): boolean {
  const cause = innermostOf(error);
  if (cause instanceof DatabaseError) {
    const { code = "" } = cause;
    return code !== syntaxError && outageClasses.has(code.slice(0, 2));
  }
  const isOurs = ownFaults.some((kind) => cause instanceof kind);
  return !isOurs && !(cause instanceof Error && cause.message.startsWith("invariant broken"));
}

/** What is wrong with Postgres, in words that anybody may read. */
export function postgresProblemOf(error: unknown): string {
  const cause = innermostOf(error);
  const code = cause instanceof DatabaseError ? (cause.code ?? "") : "";
  return problemsByCode[code] ?? "Postgres does not answer";
}
