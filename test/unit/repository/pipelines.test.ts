import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const github = readFileSync("deploy/github-actions.yml", "utf8");
const gitlab = readFileSync("deploy/gitlab-ci.yml", "utf8");
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));

/** Commands in their order, without what the platforms fetch packages with. */
const commandsOf = (pipeline: string) =>
  [...pipeline.matchAll(/(?:run:|^ +-) ((?:npm run|sleep) .+)$/gm)].map(([, command]) => command);

/** The blocks of a mapping that begin in the first column, each with the names of its members. */
const blocksOf = (pipeline: string) =>
  new Map(
    pipeline
      .split(/\n(?=[a-z]+:)/)
      .map((block) => [
        /^(\w+):/m.exec(block)?.[1] ?? "",
        { block, members: [...block.matchAll(/^  (\w+):/gm)].map(([, name = ""]) => name) },
      ]),
  );

describe("the examples of pipelines", () => {
  it("run the same commands in the same order, and scripts that there are", () => {
    const commands = commandsOf(github);
    expect(commandsOf(gitlab)).toEqual(commands);
    expect(commands.filter((command) => command?.startsWith("npm run deploy"))).toEqual([
      "npm run deploy -- --env staging",
      "npm run deploy",
    ]);
    const named = commands.flatMap((command) => /^npm run (\S+)/.exec(command ?? "")?.[1] ?? []);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("hold no secret, and never make or replace one", () => {
    for (const text of [github, gitlab]) {
      const lines = text.split("\n").filter((line) => !line.startsWith("#"));
      expect(lines.join("\n")).not.toMatch(/--create|--secrets-file|[A-Za-z0-9_-]{32,}/);
    }
  });

  // By hand on 2026-11-30, GitLab's own JSON schema found nothing wrong (gitlab-ci-local 4.75.1 --list).
  it("are for GitLab of jobs whose members and stages there are, with one deploy at a time", () => {
    const blocks = blocksOf(gitlab);
    const stages = /^stages: \[(.+)\]$/m.exec(gitlab)?.[1]?.split(", ") ?? [];
    const known = new Set([
      "stage",
      "timeout",
      "interruptible",
      "resource_group",
      "environment",
      "rules",
      "script",
    ]);
    for (const job of ["check", "staging", "production"]) {
      const { block = "", members = [] } = blocks.get(job) ?? {};
      expect(
        members.filter((name) => !known.has(name)),
        job,
      ).toEqual([]);
      expect(stages).toContain(/^  stage: (\w+)$/m.exec(block)?.[1]);
      if (job === "check") continue;
      expect(block).toContain(`\n  resource_group: ${job}\n`);
      expect(block).toContain("\n  interruptible: false\n");
    }
    expect(blocks.get("production")?.block).toContain("when: manual");
  });
});
