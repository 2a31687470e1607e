import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const obtained =
  /\.getByName\(|\bgetStub\b|\.newUniqueId\(|_(SHARD|ROOM|WRITER)\.get\(|REGISTRY\.get\(/;

it("objects are reached through calls with versions alone", () => {
  const files = globSync("{src,durable-objects,workers}/**/*.ts");
  const found = files.filter((file) => obtained.test(readFileSync(file, "utf8")));
  expect(found).toEqual(["src/platform/objects/versioned-stubs.ts"]);
});

it("what version a form has is asked of versionOf alone, which knows of releases to come", () => {
  const files = globSync("{src,durable-objects,workers}/**/*.ts");
  const found = files.filter((file) => /\b\w*Form\.version\b/.test(readFileSync(file, "utf8")));
  expect(found).toEqual([]);
});
