import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defineCommands } from "../../../../src/cli/commands/commands.ts";
import { readReplayOptions } from "../../../../src/cli/commands/replay.ts";
import { runCommandLine } from "../../../../src/cli/command-line/run-command-line.ts";

let called: unknown[];
let written: string;

beforeEach(() => {
  called = [];
  written = "";
  vi.stubEnv("ENVIRO_KEY", "");
  const take = (text: unknown): boolean => {
    written += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(take);
  vi.spyOn(process.stderr, "write").mockImplementation(take);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Reads a command line; what it would do is noted, and ends with the given status. */
function enviro(line: string, status = 0): Promise<number> {
  const note = (name: string) => (options: object) => {
    called.push({ name, ...options });
    return Promise.resolve(status);
  };
  const define = defineCommands({
    verify: note("verify"),
    roll: note("roll"),
    register: note("register"),
    replay: note("replay"),
    deadLetters: {
      list: note("list"),
      show: note("show"),
      replay: note("replay dead letters"),
      dismiss: note("dismiss"),
    },
    rebuild: note("rebuild"),
    reindex: note("reindex"),
    backup: note("backup"),
    restore: note("restore"),
    migrate: note("migrate"),
    plan: note("plan"),
  });
  return runCommandLine(
    line.split(" ").filter((word) => word !== ""),
    define,
  );
}

const on = "--on http://127.0.0.1:1/ --key k";
const instance = { origin: "http://127.0.0.1:1", key: "k" };
const files = "--votes v.csv --roll-calls r.csv --voters p.csv";

test("the help lists the commands and the exit codes, and ends with 0", async () => {
  expect(await enviro("--help")).toBe(0);
  for (const name of [
    "verify",
    "roll",
    "register",
    "replay",
    "dead-letters",
    "rebuild",
    "reindex",
    "backup",
    "restore",
    "migrate",
    "plan",
  ]) {
    expect(written).toMatch(new RegExp(`^  ${name} `, "m"));
  }
  expect(written).toContain("Exit codes:");
});

test.each([
  "verify",
  "roll",
  "register",
  "replay",
  "dead-letters",
  "dead-letters list",
  "dead-letters show",
  "dead-letters replay",
  "dead-letters dismiss",
  "rebuild",
  "reindex",
  "backup",
  "restore",
  "migrate",
])("the help of %s says what it takes and the exit codes", async (name) => {
  expect(await enviro(`${name} --help`)).toBe(0);
  expect(written).toContain(`Usage: enviro ${name}`);
  expect(written.match(/^ {2}(0|1|2|130) /gm)).toHaveLength(4);
  if (!["dead-letters", "migrate"].includes(name)) expect(written).toContain("(env: ENVIRO_KEY)");
  expect(called).toEqual([]);
});

test.each(["", "verfy", "dead-letters", "dead-letters drop", "verify --speed", "verify a b"])(
  'a wrong command line ("enviro %s") ends with 2 and says what is wrong',
  async (line) => {
    expect(await enviro(line)).toBe(2);
    expect(written).toMatch(/error: |Usage: /);
    expect(called).toEqual([]);
  },
);

test.each([
  ["verify --key k --all", "--on is missing"],
  ["verify --on vote.example.org --key k --all", "--on takes an address"],
  ["verify --on ftp://vote.example.org --key k --all", "--on takes an address"],
  ["verify --on http://x --all", "set ENVIRO_KEY"],
  [`verify ${on}`, "--decision <id> or --all"],
  [`verify ${on} --all --decision d`, "either"],
  [`verify ${on} d --save here`, "--save goes without a key"],
  ["verify --on http://x", "give a decision"],
  ["verify d", "--on is missing"],
  ["verify --on http://x d --receipts r", "--receipts takes a key"],
  ["verify --from there --save here", "either --from or --save"],
  [`verify ${on} --all --concurrency 33`, "--concurrency takes"],
  [`verify ${on} --all --wait-seconds soon`, "--wait-seconds takes"],
  [`replay ${on} --votes v.csv`, "--roll-calls is missing"],
  [`replay ${on} ${files} --batch 1001`, "--batch takes"],
  [`replay ${on} ${files} --prefix UN`, "--prefix takes"],
  [`roll ${on} --decision d --file voters.xls`, "--file takes"],
  [`roll ${on} --file voters.csv`, "--decision is missing"],
  [`register ${on} --decision d --file voters.csv`, "--out is missing"],
  [`rebuild ${on}`, "--decision <id...> or --all"],
  [`rebuild ${on} --all --decision d`, "either"],
  ["rebuild --key k --all", "--on is missing"],
  ["rebuild --on http://x --all", "set ENVIRO_KEY"],
  ["reindex --key k", "--on is missing"],
  ["reindex --on http://x", "set ENVIRO_KEY"],
  [`backup ${on}`, "--to is missing"],
  [`restore ${on} --from f`, "--identity is missing"],
  [`restore ${on} --identity f`, "--from is missing"],
  ["migrate", "POSTGRES_URL is missing"],
])("what can't be used (%s) is refused with a hint", async (line, hint) => {
  vi.stubEnv("POSTGRES_URL", "");
  await expect(enviro(line)).rejects.toThrow(hint);
  expect(called).toEqual([]);
});

test("a stranger verifies one decision without a key, or what was saved", async () => {
  const paths = { from: null, save: null, receipts: [], trustedKeys: [] };
  const none = { name: "verify", kind: "public", on: null, decision: null, ...paths };
  await enviro("verify --on http://x river-2027");
  await enviro("verify --on http://x/ --decision river-2027 --save here --receipt a b");
  await enviro("verify --from there --trusted-key k1 --key k");
  expect(called).toEqual([
    { ...none, on: "http://x", decision: "river-2027" },
    { ...none, on: "http://x", decision: "river-2027", save: "here", receipts: ["a", "b"] },
    { ...none, from: "there", trustedKeys: ["k1"] },
  ]);
});

test("the key comes from the environment, and the command line goes before it", async () => {
  vi.stubEnv("ENVIRO_KEY", "from-environment");
  await enviro("dead-letters list --on http://x");
  await enviro("dead-letters list --on http://x --key given");
  expect(called).toMatchObject([{ key: "from-environment" }, { key: "given" }]);
});

test("a command is given what it was called with, and its exit status is the command line's", async () => {
  expect(await enviro(`verify ${on} --all --receipts a b --receipts c`, 1)).toBe(1);
  expect(
    await enviro(
      `roll ${on} --decision d --file voters.NDJSON --twins first --ignore email,name`,
      2,
    ),
  ).toBe(2);
  expect(await enviro(`replay ${on} ${files} --batch 1000 --shards 3`)).toBe(0);
  const receipts = ["a", "b", "c"];
  const bounds = { waitSeconds: 60, concurrency: 6 };
  const verify = { kind: "audit", ...instance, decision: null, receipts, ...bounds };
  const contentType = "application/x-ndjson";
  const roll = {
    ...instance,
    decisionId: "d",
    file: "voters.NDJSON",
    contentType,
    twins: "first",
    ignore: "email,name",
  };
  const options = {
    votes: "v.csv",
    rollCalls: "r.csv",
    voters: "p.csv",
    prefix: "un",
    batchVotes: 1_000,
    concurrency: 8,
    shards: 3,
    decisionsMax: 100_000,
    journal: null,
    receipts: null,
    isKeptOpen: false,
  };
  expect(called).toEqual([
    { name: "verify", ...verify },
    { name: "roll", ...roll },
    { name: "replay", instance, options },
  ]);
});

test("a replay elsewhere reads the same options without an address and a key", () => {
  const flags = { votes: "v.csv", rollCalls: "r.csv", voters: "p.csv" };
  expect(readReplayOptions(flags)).toMatchObject({ ...flags, batchVotes: 500, shards: 1 });
});

test("dead letters are listed, shown, dismissed and replayed by id, by decision, or all of them", async () => {
  await enviro(`dead-letters list ${on} --decision d --closed`);
  await enviro(`dead-letters show d:0:93 ${on}`);
  await enviro(`dead-letters replay d:0:93 ${on}`);
  await enviro(`dead-letters replay ${on} --decision d`);
  await enviro(`dead-letters replay ${on}`);
  await enviro(`dead-letters dismiss abcd ${on}`);
  expect(called).toEqual([
    { name: "list", ...instance, decision: "d", withClosed: true },
    { name: "show", ...instance, id: "d:0:93" },
    { name: "replay dead letters", ...instance, id: "d:0:93", decision: null },
    { name: "replay dead letters", ...instance, id: null, decision: "d" },
    { name: "replay dead letters", ...instance, id: null, decision: null },
    { name: "dismiss", ...instance, id: "abcd" },
  ]);
});

test("decisions are rebuilt by their ids, or all of them", async () => {
  await enviro(`rebuild ${on} --all`);
  expect(await enviro(`rebuild ${on} --decision a b --decision c`, 1)).toBe(1);
  expect(called).toEqual([
    { name: "rebuild", ...instance, decisions: null },
    { name: "rebuild", ...instance, decisions: ["a", "b", "c"] },
  ]);
});

test("the index is filled again with decisions by their ids, or with all", async () => {
  await enviro(`reindex ${on}`);
  await enviro(`reindex ${on} --decision a b`);
  expect(called).toEqual([
    { name: "reindex", ...instance, decisions: null },
    { name: "reindex", ...instance, decisions: ["a", "b"] },
  ]);
});

test("backup takes a folder to write to, and restore one to read with an identity", async () => {
  await enviro(`backup ${on} --to f`);
  await enviro(`restore ${on} --from f --identity i`);
  expect(called).toEqual([
    { name: "backup", ...instance, to: "f" },
    { name: "restore", ...instance, from: "f", identity: "i" },
  ]);
});

test("a migration takes its secrets from the environment alone", async () => {
  vi.stubEnv("POSTGRES_URL", "postgres://owner@host/enviro");
  vi.stubEnv("POSTGRES_WORKER_PASSWORD", "");
  await enviro("migrate");
  await expect(enviro("migrate --worker w")).rejects.toThrow("POSTGRES_WORKER_PASSWORD");
  vi.stubEnv("POSTGRES_WORKER_PASSWORD", "secret");
  await enviro("migrate --worker w");
  const postgresUrl = "postgres://owner@host/enviro";
  expect(called).toEqual([
    { name: "migrate", postgresUrl, worker: null },
    { name: "migrate", postgresUrl, worker: { name: "w", password: "secret" } },
  ]);
});
