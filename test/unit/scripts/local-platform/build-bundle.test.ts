import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isBundleFresh } from "../../../../scripts/local-platform/build-bundle.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "enviro-bundle-"));
  write("src/web/page.ts", 10);
  age("src/web", 10);
  age("src", 10);
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, seconds: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), "");
  age(path, seconds);
}

function age(path: string, seconds: number): void {
  utimesSync(join(root, path), seconds, seconds);
}

describe("the bundle of a project", () => {
  it("is not fresh before it is built", () => {
    expect(isBundleFresh(root)).toBe(false);
  });

  it("is fresh also where its first build has left a folder of its own beside the page", () => {
    write("dist/worker/index.js", 20);
    write("src/web/.wrangler/deploy/config.json", 21);
    age("src/web", 21);
    expect(isBundleFresh(root)).toBe(true);
  });

  it.each(["src/web/page.ts", "src/new.ts", "wrangler.toml"])(
    "is not fresh once %s is newer",
    (path) => {
      write("dist/worker/index.js", 20);
      write(path, 21);
      expect(isBundleFresh(root)).toBe(false);
    },
  );
});
