import { defineConfig } from "vitest/config";

/** The largest roll, once a release and by hand: it takes minutes, a gigabyte of disk and a core. */
export default defineConfig({
  test: {
    name: "large",
    include: ["test/large/**/*.test.ts"],
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
  },
});
