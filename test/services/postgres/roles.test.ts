import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { limits } from "../../../src/shared/limits.ts";
import { createTestDatabase, type TestDatabase } from "../../support/services/test-database.ts";

describe("the Worker's login", () => {
  let under: TestDatabase;
  beforeAll(async () => {
    under = await createTestDatabase();
    await asWorker("SELECT create_vote_partitions('{north}', '{1795000000000}')");
  });
  afterAll(() => under.drop());

  const asWorker = (sql: string) =>
    withClient(under.workerUrl, async (client) => (await client.query(sql)).rows);

  it.each([
    ["change a ballot", "UPDATE votes SET choice = 'no'"],
    ["remove a ballot", "DELETE FROM votes"],
    ["empty a table", "TRUNCATE votes"],
    ["forget progress", "DELETE FROM shard_progress"],
    [
      "read or write a partition past its table",
      "SELECT FROM votes_dc365e79d41cfae1c3c0d969319ae621",
    ],
    ["make a table", "CREATE TABLE mine ()"],
    ["make a temporary table", "CREATE TEMPORARY TABLE mine ()"],
    ["make a schema", "CREATE SCHEMA mine"],
    ["make a function", "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1"],
    ["drop a partition", "DROP TABLE votes_dc365e79d41cfae1c3c0d969319ae621"],
    ["detach a partition", "ALTER TABLE votes DETACH PARTITION votes_other"],
    ["attach what it likes", "SELECT attach_vote_partition('votes', 'decisions', 'IN (1)', '')"],
    ["read what was migrated", "SELECT FROM schema_migrations"],
    ["become the owner", "SET ROLE enviro_owner"],
    ["become the superuser", "SET SESSION AUTHORIZATION postgres"],
    ["make a role", "CREATE ROLE mine"],
    ["lift its number of connections", "ALTER ROLE enviro_worker CONNECTION LIMIT -1"],
    ["read passwords", "SELECT rolpassword FROM pg_authid"],
    ["read the server's files", "SELECT pg_read_file('/etc/passwd')"],
    ["run a program", "COPY votes TO PROGRAM 'cat'"],
  ])("can't %s", async (_, sql) => {
    await expect(asWorker(sql)).rejects.toThrow(
      /permission denied|must be owner|must be superuser/,
    );
  });

  it("can't make the owner's function do other work by names of its own", async () => {
    // The function looks for names in pg_catalog alone, so a schema on the path of whoever calls it changes nothing.
    const rows = await withClient(under.superuserUrl, async (client) => {
      await client.query(
        `CREATE SCHEMA trap AUTHORIZATION enviro_worker; GRANT USAGE ON SCHEMA trap TO PUBLIC`,
      );
      await client.query(
        `CREATE FUNCTION trap.format(text, VARIADIC text[]) RETURNS text LANGUAGE sql RETURN 'DROP TABLE public.decisions CASCADE'`,
      );
      await client.query("SET search_path = trap, public; SET ROLE enviro_worker");
      await client.query("SELECT public.create_vote_partitions('{trapped}', '{1795000000000}')");
      return (await client.query("SELECT to_regclass('public.decisions') AS it")).rows;
    });
    expect(rows).toEqual([{ it: "decisions" }]);
  });

  it("has limits of statement, lock, idleness and connections of its own", async () => {
    const setting = (name: string) =>
      asWorker(`SELECT setting FROM pg_settings WHERE name = '${name}'`);
    const ms = (value: number) => [{ setting: String(value) }];
    expect(await setting("statement_timeout")).toEqual(ms(limits.postgresStatementMsMax));
    expect(await setting("lock_timeout")).toEqual(ms(limits.postgresLockMsMax));
    expect(await setting("idle_in_transaction_session_timeout")).toEqual(
      ms(limits.postgresIdleTransactionMsMax),
    );
    const connections = "SELECT rolconnlimit AS most FROM pg_roles WHERE rolname = current_user";
    expect(await asWorker(connections)).toEqual([{ most: limits.postgresConnectionsMax }]);
  });

  it("is no more than a member of its group, whatever made it", async () => {
    const role = `SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user`;
    const [rights] = await asWorker(role);
    expect(Object.values(rights ?? {})).toEqual([false, false, false, false, false]);
  });
});

describe("an auditor's login", () => {
  let under: TestDatabase;
  const login = "test_auditor";
  beforeAll(async () => {
    under = await createTestDatabase();
    await withClient(under.ownerUrl, (client) =>
      client.query(`CREATE ROLE ${login} LOGIN PASSWORD 'for this test' IN ROLE voting_auditor`),
    );
  });
  afterAll(async () => {
    await withClient(under.superuserUrl, (client) => client.query(`DROP ROLE ${login}`));
    await under.drop();
  });

  const asAuditor = (sql: string) => {
    const url = new URL(under.workerUrl);
    url.username = login;
    url.password = "for this test";
    return withClient(url.href, async (client) => (await client.query(sql)).rows);
  };

  it.each([
    "votes",
    "decision_partitions",
    "shard_progress",
    "decisions",
    "regional_results",
    "listed_results",
    "dead_letters",
  ])("reads %s and writes nothing in it", async (table) => {
    expect(await asAuditor(`SELECT count(*)::int AS rows FROM ${table}`)).toEqual([{ rows: 0 }]);
    for (const sql of [`DELETE FROM ${table}`, `INSERT INTO ${table} DEFAULT VALUES`]) {
      await expect(asAuditor(sql)).rejects.toThrow("permission denied");
    }
  });

  it("makes no partitions", async () => {
    const call = "SELECT create_vote_partitions('{north}', '{1795000000000}')";
    await expect(asAuditor(call)).rejects.toThrow("permission denied");
  });
});
