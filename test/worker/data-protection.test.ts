import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import paper from "../../docs/data-protection.md?raw";
import { castBatch, votesOf } from "../support/worker/batches.ts";
import { takeStep } from "../support/worker/decision-calls.ts";
import { draftDecision, tokenFor } from "../support/worker/decisions.ts";
import { issueOrganiserKey } from "../support/worker/keys.ts";
import { roomOf } from "../support/worker/objects.ts";
import { certified } from "../support/worker/published.ts";
import { putRoll } from "../support/worker/rolls.ts";

/** What stands in the rows that begin with a name. */
const rowsOf = (binding: string) =>
  paper.split("\n").filter((row) => row.split("|")[1]?.includes(`\`${binding}\``));
const namesIn = (rows: readonly string[]) =>
  new Set(
    rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    ),
  );

/** Tables as the paper names them: a roll's has the number of its import. */
const asTold = (table: string) => table.replace(/^roll_\d+/, "roll_<n>");

function tablesOf(sql: SqlStorage): string[] {
  const found = sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'");
  return found.toArray().map(({ name }) => name);
}
const ownTables = (names: readonly string[]) =>
  names.filter((name) => !/^(sqlite_|_cf_|d1_|__)/.test(name)).map(asTold);

async function tablesOfDatabase(database: D1Database): Promise<string[]> {
  const found = await database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all<{ name: string }>();
  // An index of words has tables of its own below it.
  return ownTables(found.results.map(({ name }) => name)).filter(
    (name) => !name.startsWith("search_words_"),
  );
}

/** A decision with everything that a room and its shard keep. */
async function livedDecision(): Promise<string> {
  const id = await draftDecision({ electorate: "roll", revote_policy: "revisable" });
  await putRoll(id, "voter_id,region\nvoter-0,north\nvoter-1,north\nana,north\n");
  await takeStep(id, "open");
  await tokenFor(id, "ana");
  await castBatch(id, votesOf(2, "yes", "north"));
  await takeStep(id, "close");
  return certified(id);
}

describe("the paper on data protection", () => {
  it("names every table of a decision's record and of the registry", async () => {
    const inRecord = await runInDurableObject(roomOf(await livedDecision()), (_, { storage }) =>
      ownTables(tablesOf(storage.sql)),
    );
    expect(inRecord).toEqual(expect.arrayContaining(["log", "roll_<n>", "tokens", "audit_log"]));
    const told = namesIn([
      ...rowsOf("DECISION_ROOM"),
      ...paper.split("\n").filter((row) => row.startsWith("| the same")),
    ]);
    expect(inRecord.filter((name) => !told.has(name))).toEqual([]);
    await issueOrganiserKey("keepers");
    const registry = env.REGISTRY.getByName("registry");
    const inRegistry = await runInDurableObject(registry, (_, { storage }) =>
      ownTables(tablesOf(storage.sql)),
    );
    const toldOfRegistry = namesIn(rowsOf("REGISTRY"));
    expect(inRegistry.filter((name) => !toldOfRegistry.has(name))).toEqual([]);
  });

  it.each([
    ["DB", () => env.DB],
    ["SEARCH_DB", () => env.SEARCH_DB],
  ] as const)("names every table of %s", async (binding, database) => {
    const tables = await tablesOfDatabase(database());
    expect(tables.length).toBeGreaterThan(4);
    const told = namesIn(rowsOf(binding));
    expect(tables.filter((name) => !told.has(name))).toEqual([]);
  });
});
