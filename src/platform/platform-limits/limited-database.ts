import {
  areLimitsEnforced,
  refuseLargeParameters,
  refuseLongStatement,
} from "./refuse-too-large.ts";
import { withMembers } from "./with-members.ts";

/**
 * A D1 database that refuses what is above half of the platform's limits, where the environment
 * asks for that; elsewhere it is the database itself.
 */
export function limitedDatabase(database: D1Database, env: object): D1Database {
  if (!areLimitsEnforced(env)) return database;
  return withMembers(database, {
    prepare: limitedPrepare(database),
    exec(statements) {
      refuseLongStatement(statements);
      return database.exec(statements);
    },
    withSession(start) {
      const session = database.withSession(start);
      return withMembers(session, { prepare: limitedPrepare(session) });
    },
  });
}

function limitedPrepare(database: Pick<D1Database, "prepare">): D1Database["prepare"] {
  return (statement) => {
    refuseLongStatement(statement);
    const prepared = database.prepare(statement);
    return withMembers(prepared, {
      // What is bound is the platform's own again, as `batch` wants it.
      bind(...parameters) {
        refuseLargeParameters(statement, parameters);
        return prepared.bind(...parameters);
      },
    });
  };
}
