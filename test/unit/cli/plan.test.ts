import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { defineCommands } from "../../../src/cli/commands/commands.ts";
import { runCommandLine } from "../../../src/cli/command-line/run-command-line.ts";
import { runPlan } from "../../../src/cli/plan/run-plan.ts";

const paper = readFileSync("docs/scaling.md", "utf8");
const notCalled = () => Promise.reject(new Error("another command was called"));

afterEach(() => vi.restoreAllMocks());

/** What `enviro plan` prints and ends with. */
async function plan(args: string): Promise<{ status: number; printed: string }> {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  const define = defineCommands({
    verify: notCalled,
    roll: notCalled,
    register: notCalled,
    replay: notCalled,
    deadLetters: { list: notCalled, show: notCalled, replay: notCalled, dismiss: notCalled },
    rebuild: notCalled,
    reindex: notCalled,
    migrate: notCalled,
    backup: notCalled,
    restore: notCalled,
    plan: runPlan,
  });
  const status = await runCommandLine(["plan", ...args.split(" ")], define);
  const printed = log.mock.calls.map(([line]) => String(line)).join("\n");
  log.mockRestore();
  return { status, printed };
}

describe("docs/scaling.md", () => {
  const outputs = [
    ...paper.matchAll(/```console\n\$ npx enviro plan (?<args>.*)\n(?<printed>[^]*?)\n```/g),
  ].map(({ groups }) => [groups?.["args"] ?? "", groups?.["printed"] ?? ""] as const);

  it("has the three loads", () => {
    for (const load of [100, 1_000, 10_000])
      expect(outputs.map(([args]) => args)).toContain(`--votes-per-second ${load}`);
  });

  it.each(outputs)("has what the command prints of %s", async (args, printed) => {
    expect((await plan(args)).printed).toBe(printed);
  });

  it.each(outputs)("has what %s costs in its table", async (args) => {
    const { printed } = await plan(`${args} --json`);
    const { bill, votes } = JSON.parse(printed) as {
      bill: { a_month: number };
      votes: { a_month: number };
    };
    const month = votes.a_month.toLocaleString("en-GB");
    expect(paper).toContain(`| ${month} | $${bill.a_month.toFixed(2)} |`);
  });
});

describe("enviro plan", () => {
  it("ends with 1 where the load does not hold, and with 0 where it does", async () => {
    expect((await plan("--votes-per-second 10000")).status).toBe(1);
    expect((await plan("--votes-per-second 10000 --decisions 8")).status).toBe(0);
    expect((await plan("--votes-per-second 70000 --hours 0.1")).status).toBe(1);
  });

  it("takes every figure, and says what Kafka and Postgres need", async () => {
    const { printed } = await plan(
      "--votes-per-second 900.5 --hours 1.5 --sessions-a-month 2 --decisions 3 --voters 900000 --continents 4 --regions 5 --roll-call --watchers 600 --database postgres --log kafka",
    );
    expect(printed).toContain("900.5 votes a second, 2 × 1.5 hours a month");
    expect(printed).toMatch(/^Kafka +2 partitions, 3 brokers/m);
    expect(printed).toMatch(/^Postgres +2 processors/m);
    expect(printed).toMatch(/^places of shards +2, as location_hints/m);
    expect(printed).not.toContain("recommended");
    expect(printed).not.toContain("in the object of its room");
  });
});
