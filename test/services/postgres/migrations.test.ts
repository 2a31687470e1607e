import { afterEach, describe, expect, it } from "vitest";
import {
  applyPostgresMigrations,
  readMigrations,
  type Migration,
} from "../../../src/cli/migrate/apply-migrations.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { findProgram } from "../../../scripts/services/find-program.ts";
import { runProgram } from "../../../scripts/services/run-program.ts";
import {
  dropVotingDatabase,
  keepEmptyDatabase,
  type EmptyDatabase,
} from "../../../scripts/services/voting-database.ts";

const migrations = readMigrations();
const names = migrations.map(({ name }) => name);
let databases = 0;

describe("the migrations of Postgres", () => {
  const made: EmptyDatabase[] = [];
  afterEach(async () => {
    for (const database of made.splice(0)) await dropVotingDatabase(database);
  });

  async function empty(): Promise<EmptyDatabase> {
    databases += 1;
    const database = await keepEmptyDatabase(`test_migrations_${process.pid}_${databases}`);
    made.push(database);
    return database;
  }
  const apply = ({ ownerUrl }: EmptyDatabase, some: readonly Migration[]) =>
    withClient(ownerUrl, (client) => applyPostgresMigrations(client, some));

  /** All that there is, rights included, as Postgres's own tool writes it. */
  async function schemaOf({ ownerUrl }: EmptyDatabase): Promise<string> {
    const file = findProgram("pg_dump", "postgresql", "/usr/lib/postgresql/*/bin");
    const dump = await runProgram({ file, args: ["--schema-only", ownerUrl] });
    // Newer versions guard a dump with a random word.
    return dump.replaceAll(/^\\(un)?restrict .*$/gm, "");
  }

  it("can be applied up to any of them, and then to the end", async () => {
    const whole = await empty();
    expect(await apply(whole, migrations)).toEqual(names);
    const schema = await schemaOf(whole);
    for (let prefix = 0; prefix < migrations.length; prefix += 1) {
      const database = await empty();
      expect(await apply(database, migrations.slice(0, prefix))).toEqual(names.slice(0, prefix));
      expect(await apply(database, migrations)).toEqual(names.slice(prefix));
      expect(await schemaOf(database)).toBe(schema);
    }
  });

  it("are applied once, however often and by however many at once", async () => {
    const database = await empty();
    const all = await Promise.all([1, 2, 3].map(() => apply(database, migrations)));
    expect(all.flat()).toEqual(names);
    expect(await apply(database, migrations)).toEqual([]);
  });

  it("leave nothing behind when one of them fails", async () => {
    const database = await empty();
    const before = await schemaOf(database);
    const broken = [...migrations, { name: "9999_broken.sql", sql: "SELECT 1; nonsense" }];
    await expect(apply(database, broken)).rejects.toThrow("syntax error");
    expect(await schemaOf(database)).toBe(before);
  });

  it("are refused where an applied one was changed, taken out or put in between", async () => {
    const database = await empty();
    await apply(database, migrations);
    const [first = { name: "", sql: "" }, ...rest] = migrations;
    const changed = [{ ...first, sql: `${first.sql} ` }, ...rest];
    await expect(apply(database, changed)).rejects.toThrow(`${first.name} was changed`);
    await expect(apply(database, rest)).rejects.toThrow(`the database has ${first.name}`);
    const between = [first, { name: "0000_zz.sql", sql: "" }, ...rest];
    await expect(apply(database, between)).rejects.toThrow("is this release older?");
  });

  it("are named in the journal that drizzle-kit goes on from", async () => {
    const { default: journal } = await import("../../../migrations/postgres/meta/_journal.json");
    expect(journal.entries.map(({ tag }) => `${tag}.sql`)).toEqual(names);
  });
});
