import { execFile } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { eventually } from "../support/worker/eventually.ts";
import { localId } from "../support/local-id.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-roll-"));
const slug = "river-basin";
const decision = localId(slug);
const path = `/api/v1/decisions/${decision}`;
const voters = 20_000;
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
  const regions = [{ code: "upper" }, { code: "lower" }];
  const draft = { slug, title: "Reopen the floodplain", electorate: "roll", shards: 2 };
  await call("POST", "/api/v1/decisions", {
    ...draft,
    regions,
    disclosure: "roll_call",
    ends_early: "by_organiser",
  });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

function call(method: string, at: string, body?: object): Promise<Response> {
  const headers = {
    authorization: `Bearer ${platform.adminKey}`,
    "content-type": "application/json",
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(`${platform.origin}${at}`, { method, headers, ...sent });
}

async function answerOf(method: string, at: string, body?: object): Promise<unknown> {
  return (await call(method, at, body)).json();
}

/** Runs a command as its user does, and gives its exit status and all it said. */
function run(command: string, ...more: string[]): Promise<{ status: number; said: string }> {
  const instance = ["--on", platform.origin, "--key", platform.adminKey];
  const args = ["src/cli/enviro.ts", command, ...instance];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...args, ...more], (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

function rows(count: number, name = "voter"): string {
  return Array.from(
    { length: count },
    (_, index) => `${name}-${index},${index % 2 === 0 ? "upper" : "lower"},${(index % 4) + 1}\n`,
  ).join("");
}

/** Begins an upload over a connection of its own and cuts the connection in the middle of the body. */
async function cutUpload(framing: "content-length" | "chunked"): Promise<void> {
  const text = `voter_id,region,weight\n${rows(100_000, "stranger")}`;
  const length = Buffer.byteLength(text);
  const head = [
    `PUT ${path}/roll HTTP/1.1`,
    "host: platform",
    `authorization: Bearer ${platform.adminKey}`,
    "content-type: text/csv",
    framing === "chunked" ? "transfer-encoding: chunked" : `content-length: ${length * 2}`,
  ];
  const chunk = framing === "chunked" ? `${length.toString(16)}\r\n` : "";
  const socket = connect(Number(new URL(platform.origin).port), "127.0.0.1");
  await once(socket, "connect");
  socket.write(`${head.join("\r\n")}\r\n\r\n${chunk}`);
  await new Promise((resolve) => socket.write(text, resolve));
  socket.destroy();
}

/** Returns once the platform knows of no upload that is under way. */
async function uploadEnded(): Promise<void> {
  await eventually("the end of the upload that was cut", async () => {
    const { upload } = rollSchema.parse(await answerOf("GET", `${path}/roll`));
    return upload === null ? true : null;
  });
}

const rollSchema = z.object({ upload: z.object({ rows: z.int() }).nullable() });

/** Gives one voter on the roll another weight in a shard's own file, behind everybody's back. */
function forgeWeight(): void {
  for (const file of globSync(join(folder, "state/**/*BallotShard/*.sqlite"))) {
    const database = new DatabaseSync(file, { timeout: 60_000 });
    try {
      const tables = database.prepare("SELECT name FROM sqlite_master WHERE name GLOB 'roll_*'");
      for (const table of tables.all()) {
        const name = String(table["name"]);
        const first = `SELECT pid FROM ${name} LIMIT 1`;
        database.exec(`UPDATE ${name} SET weight = weight + 1 WHERE pid IN (${first})`);
        return;
      }
    } finally {
      database.close();
    }
  }
  throw new Error("no shard has a roll");
}

describe("a roll through the deployable bundle", () => {
  it("is imported from a file, which is told its bad rows by line", async () => {
    const file = join(folder, "voters.csv");
    writeFileSync(file, `voter_id,region,weight\n${rows(voters)}voter-7,lower,4\neve,middle,1\n`);
    const { status, said } = await run(
      "roll",
      "--decision",
      decision,
      "--file",
      file,
      "--twins",
      "first",
    );
    expect(status, said).toBe(1);
    expect(said).toContain("20,002 rows: 20,000 loaded, 2 refused");
    expect(said).toContain("line 20002: voter_id.duplicate");
    expect(said).toContain("line 20003: region.unknown");
    expect(said).toContain("In force: 20,000 voters of weight 50000");
    expect(said).toContain("accept_refused_rows: 2");
  });

  it.each(["content-length", "chunked"] as const)(
    "stays in force when an upload's connection is cut (%s)",
    async (framing) => {
      const before = await answerOf("GET", path);
      await cutUpload(framing);
      await uploadEnded();
      expect(await answerOf("GET", path)).toEqual(before);
    },
  );

  it("decides who votes and what turnout is, and is found whole by a verification", async () => {
    const accepted = { accept_refused_rows: 2 };
    expect(await answerOf("POST", `${path}/open`, accepted)).toMatchObject({
      status: "open",
      roll: { voters, weight: "50000" },
    });
    const votes = [0, 1, 2].map((voter) => ({ voter_id: `voter-${voter}`, vote: "yes" }));
    const stranger = { voter_id: "stranger-0", vote: "no" };
    expect(
      await answerOf("POST", `${path}/votes/batch`, { votes: [...votes, stranger] }),
    ).toMatchObject({ accepted: 3, refused: 1 });
    await call("POST", `${path}/close`);
    expect(await answerOf("GET", `${path}/results`)).toMatchObject({
      electorate: { voters, weight: "50000" },
      turnout: { voters: 3, weight: "6" },
    });
    const { status, said } = await run("verify", "--decision", decision);
    expect(status, said).toBe(0);
    expect(said).toMatch(/= results; every voter on the roll$/m);
  });

  it("is marked from its file after the close, with as many marks as the outcome says", async () => {
    await eventually("the certificate", async () => {
      const { status } = z.object({ status: z.string() }).parse(await answerOf("GET", path));
      return status === "certified" ? true : null;
    });
    const [file, out] = [join(folder, "whole.csv"), join(folder, "register.csv")];
    writeFileSync(file, `voter_id,region,weight\n${rows(voters)}`);
    const more = ["--decision", decision, "--file", file, "--out", out];
    const { status, said } = await run("register", ...more);
    expect(status, said).toBe(0);
    expect(said).toContain("3 of 20,000 voters are marked, as many as 3 counted ballots");
    const lines = readFileSync(out, "utf8").split("\r\n");
    expect(lines).toHaveLength(voters + 2);
    expect(lines.slice(0, 5)).toEqual([
      "\uFEFFvoter_id,voted",
      "voter-0,yes",
      "voter-1,yes",
      "voter-2,yes",
      "voter-3,no",
    ]);
  });

  it("is found wanting when a shard's part of it was changed after opening", async () => {
    forgeWeight();
    const { status, said } = await run("verify", "--decision", decision);
    expect(status, said).toBe(1);
    expect(said).toContain(`wrong: ${decision}, roll, hash: expected`);
  });
});
