import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Numbers of levels 1 and 2 of ASVS 5.0.0, as OWASP publishes them. */
const required = readFileSync("test/data/asvs-5.0.0-level-2.txt", "utf8").trim().split("\n");
const rows = [...readFileSync("docs/asvs.md", "utf8").matchAll(/^\| (V[\d.]+) +\| (.*)$/gm)].map(
  ([, id = "", rest = ""]) => ({ id, rest, tests: testsIn(rest) }),
);
/** What no test of ours can hold, and says why. */
const reasons = /\| (?:Not applicable|By the platform|By the operator|Open): /;

interface NamedTest {
  file: string;
  /** A title in the file; undefined for the whole file. */
  title: string | undefined;
}

function testsIn(row: string): NamedTest[] {
  return [...row.matchAll(/`(test\/[^`]+)`(?:: "([^"]+)")?/g)].map(([, file = "", title]) => ({
    file,
    title,
  }));
}

function isThere({ file, title }: NamedTest): boolean {
  if (!file.endsWith(".test.ts") || !existsSync(file)) return false;
  return title === undefined || readFileSync(file, "utf8").includes(title);
}

describe("the table of security requirements", () => {
  it("has each requirement of levels 1 and 2 once, in their order", () => {
    expect(rows.map(({ id }) => id)).toEqual(required);
  });

  it("says of each which test holds it, or why none does", () => {
    const bare = rows.filter(({ rest, tests }) => tests.length === 0 && !reasons.test(rest));
    expect(bare).toEqual([]);
  });

  it("names tests alone that there are", () => {
    expect(rows.flatMap(({ tests }) => tests).filter((each) => !isThere(each))).toEqual([]);
  });

  it("would see a test that is gone, or a title", () => {
    const file = "test/unit/repository/asvs.test.ts";
    expect(isThere({ file, title: "would see a test that is gone, or a title" })).toBe(true);
    expect(isThere({ file, title: ["never", "written"].join(" ") })).toBe(false);
    expect(isThere({ file: "test/unit/repository/no-such.test.ts", title: undefined })).toBe(false);
  });
});
