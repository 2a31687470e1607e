import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Keys of the tests alone; a deployment's are secrets. */
const testBindings = {
  ADMIN_API_KEY: "test-admin-key",
  // Nobody listens there: what the keys are fetched for is tested with an issuer of its own.
  EXTERNAL_ISSUERS: JSON.stringify([
    { issuer: "https://login.example", jwks_url: "http://127.0.0.1:9/", audience: "enviro" },
  ]),
  BALLOT_TOKEN_KEYS: `new:${"A".repeat(43)},old:${"B".repeat(43)}`,
};

export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"] } },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: testBindings },
          }),
        ],
        test: {
          name: "worker",
          include: ["test/worker/**/*.test.ts"],
          setupFiles: ["test/support/worker/migrate.ts"],
          provide: { migrations: await readD1Migrations("migrations/d1") },
        },
      },
      {
        test: {
          name: "journeys",
          include: ["test/journeys/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
