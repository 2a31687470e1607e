import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { invariant } from "../../../src/shared/invariant.ts";

const root = new URL("../../../", import.meta.url);
const paper = readFileSync(new URL("docs/operations.md", root), "utf8");
const section = /^## Runbooks\n([^]*?)(?=^## |$(?![^]))/m.exec(paper)?.[1] ?? "";
const runbooks = section
  .split(/^### /m)
  .slice(1)
  .map((text): [title: string, text: string] => [text.split("\n")[0] ?? "", text]);

/** Files of tests that a line names. */
function testsIn(line: string): string[] {
  return [...line.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file = ""]) => file);
}

describe("the runbooks of docs/operations.md", () => {
  it("are there", () => {
    expect(runbooks.length).toBeGreaterThan(10);
  });

  it.each(runbooks)("say what is seen, what to do and what tried it: %s", (_, text) => {
    expect(text).toMatch(/^- \*\*Seen\*\*: /m);
    expect(text).toMatch(/^- \*\*Do\*\*: /m);
    const tried = text.split("\n").filter((line) => /^- \*\*(?:Tried by|Untried)\*\*/.test(line));
    expect(tried).toHaveLength(1);
    const [line] = tried;
    invariant(line !== undefined, "there is one");
    const files = testsIn(line);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(existsSync(new URL(file, root)), file).toBe(true);
  });
});
