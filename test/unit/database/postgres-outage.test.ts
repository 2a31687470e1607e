import { DatabaseError } from "pg";
import { describe, expect, it } from "vitest";
import {
  BallotRejected,
  BallotsArchived,
  DatabaseUnavailable,
} from "../../../src/database/database.ts";
import { tellOutages } from "../../../src/database/tell-outages.ts";
import { isPostgresOutage, postgresProblemOf } from "../../../src/database/postgres/outage.ts";
import { LoggableError } from "../../../src/shared/loggable-error.ts";

function saidBy(code: string): DatabaseError {
  const error = new DatabaseError("in Postgres's own words", 0, "error");
  error.code = code;
  return error;
}

describe("an error on the way to Postgres", () => {
  it.each([
    ["55P03", "another session holds a lock that Postgres waited for"],
    ["57014", "Postgres took too long for a statement"],
    ["53100", "Postgres's disk is full"],
    ["53300", "Postgres has no connection left"],
    ["25006", "Postgres takes no writes"],
    ["42P01", "its migrations are not applied"],
    ["57P01", "Postgres is starting up or shutting down"],
    ["08006", "Postgres does not answer"],
  ])("with Postgres's code %s is an outage, and its cause is named", (code, problem) => {
    expect(isPostgresOutage(saidBy(code))).toBe(true);
    expect(postgresProblemOf(saidBy(code))).toBe(problem);
    const wrapped = new Error("Failed query", { cause: saidBy(code) });
    expect([isPostgresOutage(wrapped), postgresProblemOf(wrapped)]).toEqual([true, problem]);
  });

  it.each(["22003", "23514", "42601"])("with the code %s is a fault of ours", (code) => {
    expect(isPostgresOutage(saidBy(code))).toBe(false);
  });

  it("without a code is an outage, unless it is of our own code", () => {
    expect(isPostgresOutage(new Error("Connection terminated unexpectedly"))).toBe(true);
    expect(isPostgresOutage(new Error("Query read timeout"))).toBe(true);
    expect(isPostgresOutage(new TypeError("undefined has no members"))).toBe(false);
    const broken = new LoggableError("invariant broken: each shard has its progress");
    expect(isPostgresOutage(broken)).toBe(false);
  });
});

describe("what the database port names by itself", () => {
  it.each([new BallotRejected("too heavy", { cause: saidBy("53100") }), new BallotsArchived([])])(
    "stays what it is: %s",
    async (error) => {
      await expect(callThatMeets(error)).rejects.toBe(error);
      await expect(callThatMeets(saidBy("53100"))).rejects.toThrow(DatabaseUnavailable);
    },
  );
});

/** A call of an adapter to which all is an outage. */
function callThatMeets(error: Error): Promise<unknown> {
  const failing = async (): Promise<void> => {
    throw error;
  };
  return tellOutages({ failing }, () => true).failing();
}
