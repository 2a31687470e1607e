import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyWithoutHtml } from "../../../../src/web/build/announce-without-html.ts";

const library = dirname(createRequire(import.meta.url).resolve("react-aria/package.json"));
const file = join(library, "dist/private/live-announcer/LiveAnnouncer.mjs");

describe("the announcer of React Aria", () => {
  it("empties what it announces without markup, which Trusted Types refuse", () => {
    const code = readFileSync(file, "utf8");
    expect(code).toContain("innerHTML");
    expect(emptyWithoutHtml(code)).not.toContain("innerHTML");
    expect(emptyWithoutHtml(code)).toContain("this.politeLog.replaceChildren()");
  });

  it("ends the build where a release writes other markup", () => {
    expect(() => emptyWithoutHtml("node.innerHTML = text")).toThrow("writes markup");
  });
});
