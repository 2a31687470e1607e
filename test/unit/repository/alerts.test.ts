import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const lines = readFileSync("deploy/alerts.yml", "utf8").split("\n");
const alerts = lines.flatMap((line, index) => {
  const [, name] = /^ +- alert: (\w+)$/.exec(line) ?? [];
  return name === undefined ? [] : [{ name, rest: lines.slice(index + 1) }];
});

/** The anchors of a paper's headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  const headings = readFileSync(file, "utf8").match(/^#+ .*$/gm) ?? [];
  return headings.map((heading) =>
    heading
      .replace(/^#+ /, "")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("the alerts", () => {
  it("are there", () => {
    expect(alerts.length).toBeGreaterThan(10);
  });

  it.each(alerts)("say what to do: $name", ({ rest }) => {
    const end = rest.findIndex((line) => line.includes("- alert:"));
    const own = end === -1 ? rest : rest.slice(0, end);
    const runbook = own.find((line) => line.includes("runbook:"))?.split("runbook: ")[1] ?? "";
    const [file = "", anchor] = runbook.split("#");
    expect(file).toBe("docs/operations.md");
    expect(anchorsOf(file)).toContain(anchor);
  });
});
