import { defineConfig } from "vitest/config";

/** Tests against the real servers of `npm run services`; kept out of `npm test`, which needs nothing but npm. */
export default defineConfig({
  test: {
    name: "services",
    include: ["test/services/**/*.test.ts"],
    globalSetup: ["test/support/services/start-services.ts"],
    // Files stop, freeze and kill servers that all of them share.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 100_000 } },
  },
});
