import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const actionlint = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7";
const example = "deploy/github-actions.yml";
const folder = mkdtempSync(join(tmpdir(), "enviro-pipelines-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What actionlint says of a workflow; Go fetches and builds it once. */
function lint(file: string): { status: number | null; said: string } {
  const { status, stdout, stderr, error } = spawnSync(
    "go",
    ["run", actionlint, "-no-color", file],
    {
      encoding: "utf8",
    },
  );
  if (error !== undefined || stderr.includes("cannot find") || stderr.includes("dial tcp"))
    throw new Error(`Go runs ${actionlint}: apt-get install golang-go, and the Go module proxy`, {
      cause: error ?? stderr,
    });
  // What Go says of fetching it the first time is not said of the workflow.
  return { status, said: stdout + stderr.replaceAll(/^go: downloading .*\n/gm, "") };
}

describe("the example for GitHub Actions", () => {
  it("is a workflow that actionlint finds nothing wrong with", () => {
    expect(lint(example)).toEqual({ status: 0, said: "" });
  });

  it.each([
    ["a job that there is not", "needs: check", "needs: chek"],
    ["a context that there is not", "vars.ORIGIN", "variables.ORIGIN"],
    ["a member that there is not", "timeout-minutes:", "time-out:"],
  ])("would be refused with %s", (_, right, wrong) => {
    const text = readFileSync(example, "utf8");
    expect(text).toContain(right);
    const file = join(folder, "wrong.yml");
    writeFileSync(file, text.replace(right, wrong));
    expect(lint(file).status).not.toBe(0);
  });
});
