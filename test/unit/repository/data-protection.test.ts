import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";

const paper = readFileSync("docs/data-protection.md", "utf8");
/** What the first column of its tables names. */
const told = new Set(
  paper
    .split("\n")
    .filter((row) => row.startsWith("| "))
    .flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
    ),
);

/** Every binding in which something may be kept. */
function bindings(): string[] {
  const config = unstable_readConfig({ config: "wrangler.toml" });
  const objects: readonly { name: string }[] = config.durable_objects.bindings;
  const others: readonly (readonly { binding: string }[])[] = [
    config.d1_databases,
    config.queues.producers ?? [],
    config.analytics_engine_datasets,
  ];
  return [
    ...objects.map(({ name }) => name),
    ...others.flat().map(({ binding }) => binding),
    "ASSETS",
    "HYPERDRIVE",
    "HYPERDRIVE_REPLICA",
  ];
}

/** The tables that migrations make: partitions are part of theirs. */
function tablesIn(folder: string): string[] {
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .map((name) => readFileSync(`${folder}/${name}`, "utf8"));
  const made = /^CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?[`"]?(\w+)\b(?![`"]? PARTITION OF)/gm;
  return texts.flatMap((text) => [...text.matchAll(made)].map(([, name = ""]) => name));
}

// Tables of objects are looked for in the objects: test/worker/data-protection.test.ts.
describe("the paper on data protection", () => {
  it("names everything that the Worker can keep something in", () => {
    expect(bindings().filter((name) => !told.has(name))).toEqual([]);
  });

  it.each(["migrations/d1", "migrations/postgres", "migrations/search"])(
    "names every table of %s",
    (folder) => {
      const tables = tablesIn(folder);
      expect(tables.length).toBeGreaterThan(4);
      expect(tables.filter((name) => !told.has(name))).toEqual([]);
    },
  );
});
