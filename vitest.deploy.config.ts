import { defineConfig } from "vitest/config";

/** `npm run dev` and `npm run deploy` as they are, with the installed wrangler: `npm run test:deploy`. */
export default defineConfig({
  test: {
    name: "deploy",
    include: ["test/deploy/**/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Each starts wrangler many times: one after another.
    fileParallelism: false,
  },
});
