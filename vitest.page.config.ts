import { defineConfig } from "vitest/config";

/** The page in a real Chromium, against the whole system; `npm run test:page`. */
export default defineConfig({
  test: {
    name: "page",
    include: ["test/page/**/*.test.ts"],
    globalSetup: ["test/support/page/start-system.ts"],
    // The files share one system and one machine: a browser each at a time.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 100_000 } },
  },
});
