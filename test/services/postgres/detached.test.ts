import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAndSeal, fetchDecision } from "../../../src/cli/api/decisions.ts";
import { withClient } from "../../../src/cli/migrate/with-client.ts";
import { runProgram } from "../../../scripts/services/run-program.ts";
import { documentedCommand } from "../../support/services/documented-command.ts";
import { auditOf, votedDecision } from "../../support/services/kafka-platform.ts";
import {
  startPostgresPlatform,
  type PostgresPlatform,
} from "../../support/services/postgres-platform.ts";
import { localId } from "../../support/local-id.ts";

const votes = 1_000;

describe("a certified decision whose partitions an operator has detached", () => {
  let on: PostgresPlatform;
  const slug = "archived";
  const id = localId(slug);
  let whole = "";
  /** Each leaf with the partition that it is detached from. */
  let leaves: { parent: string; leaf: string; bounds: string; region: string }[] = [];

  const asOwner = (sql: string) =>
    withClient(on.database.ownerUrl, async (client) => (await client.query(sql)).rows);
  const ask = (path: string, key = "") =>
    fetch(`${on.platform.origin}/api/v1/decisions/${id}/${path}`, {
      headers: key === "" ? {} : { authorization: `Bearer ${key}` },
    });
  const detach = ({ parent, leaf }: (typeof leaves)[number]) =>
    asOwner(`ALTER TABLE ${parent} DETACH PARTITION ${leaf}`);
  const attach = ({ parent, leaf, bounds }: (typeof leaves)[number]) =>
    asOwner(`ALTER TABLE ${parent} ATTACH PARTITION ${leaf} ${bounds}`);

  beforeAll(async () => {
    on = await startPostgresPlatform();
    await votedDecision(on.platform, slug, { shards: 3, votes });
    await closeAndSeal(on.platform.client, id);
  });
  afterAll(() => on.stop());

  async function expectRefused(path: string, names: readonly string[], key = ""): Promise<void> {
    const answer = await ask(path, key);
    const document = (await answer.json()) as { code: string; detail: string };
    expect([path, answer.status, document.code]).toEqual([path, 503, "ballots.archived"]);
    for (const name of names) expect(document.detail).toContain(name);
    expect(document.detail).toContain("attach");
  }

  it("was whole before", async () => {
    const status = async () => (await fetchDecision(on.platform.client, id)).status;
    await expect.poll(status, { timeout: 60_000 }).toBe("certified");
    whole = await (await ask("export")).text();
    leaves = (await asOwner(`
      SELECT DISTINCT ON (region) parent.relname AS parent, leaf.relname AS leaf,
        pg_get_expr(leaf.relpartbound, leaf.oid) AS bounds, region
      FROM votes
      JOIN pg_class AS leaf ON leaf.oid = votes.tableoid
      JOIN pg_inherits ON inhrelid = leaf.oid JOIN pg_class AS parent ON parent.oid = inhparent
      ORDER BY region`)) as typeof leaves;
    expect(whole.trim().split("\n")).toHaveLength(votes);
    expect(leaves.map(({ region }) => region)).toEqual(["north", "south"]);
  });

  it.each([
    ["one of them", ["north"]],
    ["all", ["north", "south"]],
  ])(
    "is refused by every reader of the table, which name it, and what was published stays whole: %s",
    async (_, regions) => {
      const detached = leaves.filter(({ region }) => regions.includes(region));
      for (const leaf of detached) await detach(leaf);
      const names = detached.map(({ region, leaf }) => `${region} in ${leaf.split("_").at(-1)}`);
      for (const path of ["votes/received", "votes/received?per_page=1"])
        await expectRefused(path, names);
      expect(await (await ask("export")).text()).toBe(whole);
      await expectRefused("audit/database/0/ballots", names, on.platform.adminKey);
      const { database } = await auditOf(on.platform, id);
      expect(database.archived.map(({ region }) => region)).toEqual(regions);
      const applied = database.shards.reduce((sum, { applied_seq }) => sum + applied_seq, 0);
      expect([applied, database.shards.length]).toEqual([votes, 3]);
      for (const leaf of detached) await attach(leaf);
      expect(await (await ask("export")).text()).toBe(whole);
    },
  );

  it("is told by verify in one line a region, and not as ballots that are wrong one by one", async () => {
    const [north, south] = leaves;
    if (north === undefined || south === undefined) throw new Error("no partitions");
    await detach(north);
    const { origin, adminKey } = on.platform;
    const args = ["src/cli/enviro.ts", "verify", "--on", origin, "--key", adminKey];
    const found = await runProgram({
      file: "bash",
      args: [
        "-c",
        '"$0" "$@" 2>&1; echo "exit code $?"',
        process.execPath,
        ...args,
        "--decision",
        id,
      ],
    });
    const quarter = north.leaf.split("_").at(-1);
    expect(found).toContain(
      `wrong: ${id}, database, region north, ${quarter}: expected its ballots in the table, found archived`,
    );
    expect(found).toMatch(/wrong +1\nbehind +0/);
    expect(found).toContain("exit code 1");
    await attach(north);
  });

  it("is told from one whose partition was taken away as a whole, which is archived too", async () => {
    const [north] = leaves;
    if (north === undefined) throw new Error("no partitions");
    await asOwner(`ALTER TABLE votes DETACH PARTITION ${north.parent}`);
    await expectRefused("votes/received", ["north"]);
    await asOwner(`ALTER TABLE votes ATTACH PARTITION ${north.parent} FOR VALUES IN ('north')`);
    expect(await (await ask("export")).text()).toBe(whole);
  });

  it("is archived in dumps and brought back by the documented commands, in each region", async () => {
    const paper = "docs/operations.md";
    const quarter = leaves[0]?.leaf.split("_").at(-1) ?? "";
    const list = documentedCommand({ paper, begins: "SELECT home", fill: { "2026q4": quarter } });
    const [query = ""] = list.split(";");
    const listed = (await asOwner(query)) as Record<
      "home" | "leaf" | "region" | "bounds",
      string
    >[];
    // There is one more, of the regions without a partition of their own, and it is empty.
    const filled = listed.filter(({ leaf }) => leaves.some((one) => one.leaf === leaf));
    expect(filled.map(({ region }) => region)).toEqual(["north", "south"]);
    const folder = mkdtempSync(join(tmpdir(), "archived-"));
    for (const { home, leaf, bounds, region } of filled) {
      const env = {
        POSTGRES_URL: on.database.ownerUrl,
        HOME_TABLE: home,
        LEAF: leaf,
        BOUNDS: bounds,
      };
      const run = (begins: string) => {
        const commands = documentedCommand({ paper, begins, fill: {} });
        return runProgram({ file: "bash", args: ["-c", `cd "${folder}" && ${commands}`], env });
      };
      await run('psql "$POSTGRES_URL" -c "ALTER TABLE $HOME_TABLE DETACH');
      await expectRefused("votes/received", [region]);
      await run("pg_restore");
    }
    rmSync(folder, { recursive: true });
    expect((await ask("votes/received")).status).toBe(200);
    const { database } = await auditOf(on.platform, id);
    expect(database.archived).toEqual([]);
    expect(database.shards.reduce((sum, { ballots }) => sum + ballots, 0)).toBe(votes);
  });

  it("is incomplete where a partition's rows are gone, and whole once it is rebuilt", async () => {
    const [north] = leaves;
    if (north === undefined) throw new Error("no partitions");
    await asOwner(`TRUNCATE ${north.leaf}`);
    expect(await (await ask("export")).text()).toBe(whole);
    const rows = async () => {
      const { database } = await auditOf(on.platform, id);
      return database.shards.reduce((sum, { ballots }) => sum + ballots, 0);
    };
    expect(await rows()).toBeLessThan(votes);
    const rebuilt = await fetch(`${on.platform.origin}/api/v1/decisions/${id}/rebuild`, {
      method: "POST",
      headers: { authorization: `Bearer ${on.platform.adminKey}` },
    });
    expect(rebuilt.status).toBe(202);
    await expect.poll(rows, { timeout: 60_000 }).toBe(votes);
  });
});
