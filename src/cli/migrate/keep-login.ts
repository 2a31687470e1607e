import type { Client } from "pg";
import { limits } from "../../shared/limits.ts";

/**
 * A role that logs in. The password is the caller's secret: it is sent to Postgres and written
 * nowhere else.
 */
export type Login = { name: string; password: string };

/**
 * Makes or renews the login that the Worker comes with: a member of voting_worker, with the limits
 * that a pooler would not let a connection set for itself. It holds nothing else, whatever it held
 * before.
 */
export async function keepWorkerLogin(client: Client, { name, password }: Login): Promise<void> {
  const role = client.escapeIdentifier(name);
  const known = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  const verb = known.rowCount === 0 ? "CREATE" : "ALTER";
  // From Postgres 16 on, who lacks CREATEDB may not even say NOCREATEDB of a role that is there.
  const rights = `LOGIN NOCREATEROLE INHERIT CONNECTION LIMIT ${limits.postgresConnectionsMax}`;
  const settings = {
    statement_timeout: limits.postgresStatementMsMax,
    lock_timeout: limits.postgresLockMsMax,
    idle_in_transaction_session_timeout: limits.postgresIdleTransactionMsMax,
  };
  await client.query("BEGIN");
  try {
    await client.query(`${verb} ROLE ${role} ${rights} PASSWORD ${client.escapeLiteral(password)}`);
    await client.query(`GRANT voting_worker TO ${role}`);
    for (const [setting, ms] of Object.entries(settings)) {
      await client.query(`ALTER ROLE ${role} SET ${setting} = '${ms}ms'`);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
