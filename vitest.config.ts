import { availableParallelism } from "node:os";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { disableDefaultColors } from "vitest/node";
import { pagePlugins } from "./src/web/build/page-plugins.ts";

/** Keys of the tests alone; a deployment's are secrets. */
const testBindings = {
  ADMIN_API_KEY: "test-admin-key-of-32-characters-or-more",
  // Nobody listens there: what the keys are fetched for is tested with an issuer of its own.
  EXTERNAL_ISSUERS: JSON.stringify([
    { issuer: "https://login.example", jwks_url: "http://127.0.0.1:9/", audience: "enviro" },
  ]),
  ENFORCE_PLATFORM_LIMITS: "true",
  // The local runtime knows none, whatever the deployment has chosen.
  JURISDICTION: "none",
  // Whose identity is in test/support/backup-identity.ts.
  BACKUP_RECIPIENT: "age16rvm2phm4038kaxgvewz8zzrvlnmc8gnhguhl4adv4qzwta7f3as8fjecn",
  // What is measured is handed on by timers; the built Worker's tests try it.
  METRICS: "none",
  // Tests of the limits turn them on for themselves; the others come from one address.
  RATE_LIMITS: "off",
  BALLOT_TOKEN_KEYS: `new:${"A".repeat(43)},old:${"B".repeat(43)}`,
  ID_KEYS: `new:${"A".repeat(43)},old:${"B".repeat(43)}`,
  RECEIPT_SIGNING_KEYS: `new:${"A".repeat(43)},old:${"B".repeat(42)}A`,
};

if (!process.stdout.isTTY && process.env["FORCE_COLOR"] === undefined) disableDefaultColors();

// The config of Wrangler says which secrets a deployment needs; the tests have theirs above.
process.env["WRANGLER_LOG"] ??= "error";

/** A test ends by what happens, not by the time: these limits only end one that hangs. */
const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 100_000 } },
};

/**
 * Tests that need a runtime of their own: they change the platform's classes, look at the alarms of
 * all objects, compare lists of all decisions, or write rows that no decision has.
 */
const ownRuntime = [
  "test/worker/database/**/*.test.ts",
  "test/worker/search/**/*.test.ts",
  "test/worker/durable-objects/**/*.test.ts",
  "test/worker/http/indistinguishability.test.ts",
  "test/worker/http/releases.test.ts",
  "test/worker/http/canary-matrix.test.ts",
  "test/worker/http/swapped-votes.test.ts",
  "test/worker/http/traces*.test.ts",
  "test/worker/http/routes/audit-list.test.ts",
  "test/worker/http/routes/status.test.ts",
];

const migrations = await readD1Migrations("migrations/d1");
const searchMigrations = await readD1Migrations("migrations/search");

interface WorkerFiles {
  include: string[];
  exclude?: string[];
  isolate?: boolean;
}

/** Tests in the platform's runtime, with the Worker and its bindings. */
function workerProject(name: string, files: WorkerFiles) {
  return {
    define: { FORMS_AHEAD: "null" },
    plugins: [
      pagePlugins(),
      cloudflareTest({
        wrangler: { configPath: "./wrangler.toml" },
        miniflare: {
          bindings: testBindings,
          // The frame of pages, which the build makes; how pages arrive is tested on the built Worker.
          serviceBindings: { ASSETS: () => new Response("<!--head--><!--content--><!--state-->") },
        },
        // Otherwise the runtime prints each error that crosses a call to an object, also one that a test expects.
        verbose: false,
      }),
    ],
    test: {
      name,
      ...files,
      setupFiles: ["test/support/claim-error-lines.ts", "test/support/worker/migrate.ts"],
      globalSetup: ["test/support/watch-runtime-lines.ts"],
      ...patience,
      provide: {
        migrations,
        searchMigrations,
        printRows: process.env["PRINT_ROWS"] === "1",
        holdAllKinds: process.env["SWAPPED_PAIRS"] !== undefined,
      },
    },
  };
}

export default defineConfig({
  test: {
    // Half of the time a test of the Worker waits for a queue or an alarm: more files than cores.
    maxWorkers: availableParallelism() + 2,
    projects: [
      {
        plugins: pagePlugins(),
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          // One process for many files: half the processor time, and nothing here keeps state.
          isolate: false,
          setupFiles: ["test/support/claim-error-lines.ts"],
          ...patience,
        },
      },
      workerProject("worker", {
        include: [...ownRuntime],
      }),
      // One runtime and one database for many files: a third of the processor time.
      workerProject("worker-shared", {
        include: ["test/worker/**/*.test.ts"],
        exclude: [...ownRuntime],
        isolate: false,
      }),
      {
        test: {
          name: "journeys",
          include: ["test/journeys/**/*.test.ts"],
          ...patience,
        },
      },
    ],
  },
});
