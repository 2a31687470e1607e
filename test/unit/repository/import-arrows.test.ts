import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/** A part of the tree as ARCHITECTURE.md lists it: what it consists of, and whom of ours it may know besides itself. */
type Part = { names: string[]; mayKnow: string[] };

/** What every part may import. */
const common = "src/shared";

const parts = readTable(readFileSync("ARCHITECTURE.md", "utf8"));

/** The packages that a part may use. Who is not listed uses none. */
const packages: Record<string, readonly string[]> = {
  "src/decision": ["zod"],
  "src/rules": ["zod"],
  "src/results": ["zod"],
  "src/auth": ["jose", "oauth4webapi", "zod", "node:buffer", "node:crypto"],
  "src/backup": ["age-encryption", "node:buffer"],
  "src/publication": ["@stablelib/sha256"],
  "src/map": ["geojson", "topojson-client", "topojson-simplify", "topojson-specification"],
  "src/verification": ["@stablelib/sha256"],
  "src/database": ["drizzle-orm", "pg"],
  "src/telemetry": ["node:async_hooks"],
  "src/vote-log": ["@upstash/kafka", "zod"],
  "src/search": ["fastest-levenshtein", "zod"],
  "src/cache": ["@upstash/redis", "zod"],
  "src/http": ["hono", "@hono/zod-openapi", "zod", "node:buffer"],
  "src/client": ["zod"],
  "src/web": [
    "@babel/core",
    "@internationalized/date",
    "@lingui",
    "@rolldown/plugin-babel",
    "@stablelib/sha256",
    "@tanstack/react-query",
    "@vitejs/plugin-react",
    "d3-geo",
    "geojson",
    "markdown-to-jsx",
    "node:fs",
    "node:path",
    "react",
    "react-aria-components",
    "react-dom",
    "react-window",
    "read-excel-file",
    "topojson-client",
    "uqr",
    "vite",
    "wouter",
    "node:module",
    "world-atlas",
    "world-countries",
  ],
  "src/gateway": [
    "@hono/node-server",
    "@platformatic/kafka",
    "hono",
    "pino",
    "prom-client",
    "redis",
    "zod",
    "node:crypto",
    "node:events",
    "node:fs",
    "node:net",
  ],
  "durable-objects": ["cloudflare:workers", "node:buffer"],
  workers: ["cloudflare:workers", "page-renderer"],
  "src/platform": ["cloudflare:workers"],
  "src/cli": ["commander", "csv-parse", "node:", "pg", "undici", "zod"],
  bench: [
    "@hono/node-server",
    "@platformatic/kafka",
    "@upstash/kafka",
    "@upstash/redis",
    "hdr-histogram-js",
    "hono",
    "jose",
    "miniflare",
    "node:",
    "pg",
    "playwright-core",
    "undici",
    "zod",
  ],
  "scripts/local-platform": ["miniflare", "node:", "wrangler", "zod"],
  "scripts/services": ["@platformatic/kafka", "node:", "pg", "redis", "zod"],
  scripts: ["node:", "playwright-core", "vite", "wrangler", "zod"],
};

/** Words of the platform, the clock and chance: the core takes them as arguments. */
const impure =
  /\b(Date\.now|new Date\(\)|Math\.random|crypto\.|setTimeout|setInterval|fetch\(|process\.|console\.)/;

/** The rows of the one table whose third column says what a folder may import. */
function readTable(text: string): Part[] {
  const [, after = ""] = text.split("| folder | what it is | may import |\n");
  const [table = ""] = after.split("\n\n");
  const namesIn = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
  return table
    .split("\n")
    .slice(1)
    .map((row) => row.split("|"))
    .map(([, folder, , mayImport]) => ({ names: namesIn(folder), mayKnow: namesIn(mayImport) }))
    .map(({ names, mayKnow }) => ({
      names,
      mayKnow: names.includes(common) ? mayKnow : [...mayKnow, common],
    }));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => /\.(tsx?|js|mjs)$/.test(path));
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"\n]+)"/g)].flatMap(([, name]) =>
    name === undefined ? [] : name.startsWith(".") ? normalize(join(dirname(path), name)) : name,
  );
}

function isWithin(name: string, part: string): boolean {
  return name === part || name.startsWith(part.endsWith(":") ? part : `${part}/`);
}

/** The part that a file or folder belongs to: of those that hold it the one that is named most closely. */
function partOf(path: string): Part | undefined {
  const nameIn = (part: Part) => part.names.find((name) => isWithin(path, name));
  return parts
    .filter((part) => nameIn(part) !== undefined)
    .toSorted((a, b) => (nameIn(b)?.length ?? 0) - (nameIn(a)?.length ?? 0))[0];
}

/** The other parts that a part may know, wholly or a file of theirs. */
function neighboursOf(part: Part): Part[] {
  return parts.filter(
    (other) =>
      other !== part &&
      (part.mayKnow.some((name) => partOf(name) === other) ||
        other.names.some((name) => part.mayKnow.some((known) => isWithin(name, known)))),
  );
}

/** Every part that is reached from one by its arrows. */
function reachedFrom(start: Part): Set<Part> {
  const reached = new Set<Part>();
  const open = neighboursOf(start);
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (reached.has(part)) continue;
    reached.add(part);
    open.push(...neighboursOf(part));
  }
  return reached;
}

// Tests know everything, and nothing but tests knows them: no row names them in its last column.
const files = ["src", "durable-objects", "workers", "bench", "scripts"].flatMap(filesIn);

describe("the import arrows", () => {
  it("are those of a table that names files and folders that there are", () => {
    expect(parts.length).toBeGreaterThan(10);
    const places = parts.flatMap(({ names, mayKnow }) => [...names, ...mayKnow]);
    const there = new Set([...files, ...files.flatMap(foldersOf)]);
    expect(places.filter((place) => !there.has(place))).toEqual([]);
  });

  it.each(files)("%s imports only what its part may know", (path) => {
    const part = partOf(path);
    expect(part, "a part that the table does not name").toBeDefined();
    const { names = [], mayKnow = [] } = part ?? {};
    const known = [...names, ...mayKnow, ...names.flatMap((name) => packages[name] ?? [])];
    const strangers = importsOf(path).filter(
      (name) => !known.some((other) => isWithin(name, other)),
    );
    expect(strangers).toEqual([]);
  });

  it.each(parts.map((part) => [part.names.join(", "), part] as const))(
    "lead from %s to nobody who knows it",
    (_, part) => {
      expect(reachedFrom(part).has(part)).toBe(false);
    },
  );

  it.each(files.filter((path) => !path.startsWith("src/gateway/")))(
    "%s leaves the gateway alone, which is a program of its own",
    (path) => {
      expect(importsOf(path).filter((name) => isWithin(name, "src/gateway"))).toEqual([]);
    },
  );

  it.each(
    files.filter((path) => /^src\/(decision|rules|ballot|results|roll|audit-log)\//.test(path)),
  )("%s uses no platform, no clock and no chance", (path) => {
    expect(readFileSync(path, "utf8")).not.toMatch(impure);
  });
});

function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === "." ? [] : [folder, ...foldersOf(folder)];
}
