import { defineConfig } from "vitest/config";

/** Tests against a release of this repository's history; `npm run test:releases` names its commit. */
export default defineConfig({
  test: {
    name: "releases",
    include: ["test/releases/**/*.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
