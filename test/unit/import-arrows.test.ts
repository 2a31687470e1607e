import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * Who may know whom: each part of the tree, and the parts (or packages) that it may import. What is not listed is forbidden. The picture
 * in ARCHITECTURE.md shows the same arrows.
 */
const allowed: Record<string, readonly string[]> = {
  "src/decision": ["src/decision", "src/invariant.ts", "zod"],
  "src/ballot": ["src/ballot", "src/decision", "src/invariant.ts"],
  "src/results": [
    "src/results",
    "src/ballot",
    "src/decision",
    "src/invariant.ts",
    "src/limits.ts",
    "zod",
  ],
  "src/acts": ["src/acts", "src/auth/api-key.ts", "src/decision"],
  "src/auth": [
    "src/auth",
    "src/bounded-map.ts",
    "src/limits.ts",
    "@stablelib/hmac",
    "@stablelib/sha256",
    "jose",
    "zod",
    "node:buffer",
    "node:crypto",
  ],
  "src/roll": [
    "src/roll",
    "src/decision",
    "src/invariant.ts",
    "src/limits.ts",
    "src/strict-json.ts",
  ],
  "src/database": [
    "src/database",
    "src/ballot",
    "src/decision",
    "src/vote-log/vote-log.ts",
    "src/deadline.ts",
    "src/invariant.ts",
    "src/limits.ts",
    "drizzle-orm",
    "pg",
  ],
  "src/vote-log": [
    "src/vote-log",
    "src/ballot",
    "src/database/database.ts",
    "src/deadline.ts",
    "src/limits.ts",
    "@upstash/kafka",
    "zod",
  ],
  "src/cache": [
    "src/cache",
    "src/ballot",
    "src/decision",
    "src/results",
    "src/bounded-map.ts",
    "src/invariant.ts",
    "src/limits.ts",
    "@upstash/redis",
    "zod",
  ],
  "src/http": [
    "src/http",
    "src/acts",
    "src/auth",
    "src/ballot",
    "src/database/database.ts",
    "src/decision",
    "src/results",
    "src/roll",
    "src/vote-log",
    "src/bounded-map.ts",
    "src/invariant.ts",
    "src/limits.ts",
    "src/strict-json.ts",
    "hono",
    "@hono/zod-openapi",
    "zod",
    "node:buffer",
  ],
  "src/client": ["src/client", "src/http/contract", "src/limits.ts", "zod"],
  "src/web": ["src/web"],
  "src/bounded-map.ts": [],
  "src/deadline.ts": [],
  "src/gateway": [
    "src/gateway",
    "src/limits.ts",
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
  "src/invariant.ts": [],
  "src/strict-json.ts": ["src/limits.ts"],
  "src/limits.ts": [],
  "durable-objects": [
    "durable-objects",
    "src",
    "workers/composition.ts",
    "workers/report-failure.ts",
    "cloudflare:workers",
  ],
  workers: ["workers", "durable-objects", "src", "cloudflare:workers"],
};

/** Words of the platform, the clock and chance: the core takes them as arguments. */
const impure =
  /\b(Date\.now|new Date\(\)|Math\.random|crypto\.|setTimeout|setInterval|fetch\(|process\.|console\.)/;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => /\.(ts|js)$/.test(path));
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].flatMap(([, name]) =>
    name === undefined ? [] : name.startsWith(".") ? normalize(join(dirname(path), name)) : name,
  );
}

function isWithin(name: string, part: string): boolean {
  return name === part || name.startsWith(`${part}/`);
}

const files = ["src", "durable-objects", "workers"].flatMap(filesIn);

describe("the import arrows", () => {
  it.each(files)("%s imports only what its part may know", (path) => {
    const part = Object.keys(allowed).find((name) => isWithin(path, name));
    expect(part, "a part that the table does not name").toBeDefined();
    const known = allowed[part ?? ""] ?? [];
    const strangers = importsOf(path).filter(
      (name) => !known.some((other) => isWithin(name, other)),
    );
    expect(strangers).toEqual([]);
  });

  it.each(files.filter((path) => !path.startsWith("src/gateway/")))(
    "%s leaves the gateway alone, which is a program of its own",
    (path) => {
      expect(importsOf(path).filter((name) => isWithin(name, "src/gateway"))).toEqual([]);
    },
  );

  it.each(files.filter((path) => /^src\/(decision|ballot|results|roll)\//.test(path)))(
    "%s uses no platform, no clock and no chance",
    (path) => {
      expect(readFileSync(path, "utf8")).not.toMatch(impure);
    },
  );
});
