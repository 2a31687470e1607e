import { spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

/** Whatever the papers' commands call, in place of which a program runs that only takes notes. */
const programs = [
  "curl",
  "kafka-topics.sh",
  "node",
  "npm",
  "npx",
  "pg_dump",
  "pg_restore",
  "psql",
  "python3",
  "sleep",
  ".schemathesis/bin/pip",
];

/** Blocks that are lists to choose from, by how they begin: no script, so nobody runs them whole. */
const lists = [
  "npm start ",
  "npx vitest run --project unit test/unit/ballot  ",
  "npx wrangler deployments list",
  "npx enviro dead-letters list",
  'curl --fail-with-body -X POST http://127.0.0.1:8787/api/v1/decisions \\\n  -H "authorization: Bearer $ADMIN_KEY"',
];

const papers = ["README.md", "CONTRIBUTING.md", "SECURITY.md"].concat(
  readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
);
const blocks = papers.flatMap((paper) =>
  [...readFileSync(paper, "utf8").matchAll(/```sh\n([^]*?)```/g)].map(([, block = ""]) => ({
    name: `${paper}: ${block.trim().split("\n")[0]}`,
    block,
  })),
);
const isList = (block: string): boolean => lists.some((start) => block.startsWith(start));
const scripts = blocks.filter(({ block }) => !isList(block));

const folder = mkdtempSync(join(tmpdir(), "enviro-papers-"));
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, ".schemathesis/bin"), { recursive: true });
  // The failing call is known by its number: a program may be called several times.
  const note = `#!/bin/bash
echo "$0" >> "$FOLDER/calls"
echo an answer
[ "$(wc -l < "$FOLDER/calls")" != "$FAILING" ]
`;
  for (const program of [...programs, "read-a-line"]) {
    const file = join(folder, program.includes("/") ? program : `bin/${program}`);
    writeFileSync(file, note);
    chmodSync(file, 0o755);
  }
});

const gateway = {
  GATEWAY_KAFKA_USERNAME: "a name",
  GATEWAY_KAFKA_PASSWORD: "a password",
  GATEWAY_REDIS_TOKEN: "a token",
};

interface Run {
  status: number | null;
  calls: number;
}

/** Runs a block of commands, of which the given call fails; 0 for none. */
function run(block: string, failing: number, environment: Record<string, string> = gateway): Run {
  const calls = join(folder, "calls");
  writeFileSync(calls, "");
  // As in a terminal, where somebody types the line.
  const script = `read() { read-a-line; }\n${block}`;
  const { status } = spawnSync("/bin/bash", ["-c", script], {
    cwd: folder,
    env: {
      FOLDER: folder,
      FAILING: String(failing),
      PATH: `${join(folder, "bin")}:/usr/bin:/bin`,
      ...environment,
    },
  });
  return { status, calls: readFileSync(calls, "utf8").split("\n").length - 1 };
}

describe("the commands of the papers", () => {
  it.each(scripts)("end well where each of their calls does: $name", ({ block }) => {
    const { status, calls } = run(block, 0);
    expect(status).toBe(0);
    expect(calls).toBeGreaterThan(0);
  });

  it.each(scripts)(
    "fail with whichever of their calls fails, and stop there: $name",
    ({ block }) => {
      const { calls } = run(block, 0);
      for (let failing = 1; failing <= calls; failing += 1) {
        const broken = run(block, failing);
        expect(broken.calls, `after the failing call ${failing}`).toBe(failing);
        expect(broken.status, `where call ${failing} fails`).not.toBe(0);
      }
    },
  );

  it.each(Object.keys(gateway))("fail where %s is not set, which they name", (name) => {
    const block = scripts.find((one) => one.block.includes(`\${${name}`))?.block ?? "";
    expect(run(block, 0, { ...gateway, [name]: "" }).status).not.toBe(0);
    expect(run(block, 0).status).toBe(0);
  });

  it("are lists to choose from where they say so, each of which there is", () => {
    const found = lists.filter((start) => blocks.some(({ block }) => block.startsWith(start)));
    expect(found).toEqual(lists);
  });

  it("fail where a server refuses", () => {
    const calls = blocks.flatMap(({ block }) => block.match(/\bcurl .*/g) ?? []);
    expect(calls.length).toBeGreaterThan(4);
    expect(calls.filter((call) => !call.includes("curl --fail-with-body "))).toEqual([]);
  });
});
