import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFreePort } from "../../scripts/local-platform/find-free-port.ts";

let folder = "";
let origin = "";
let server: ChildProcess;
let printed = "";

/** This source as a clone has it, with the packages that are installed here. */
function copySource(to: string): void {
  const list = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--deduplicate"]);
  for (const file of list.toString().trim().split("\n")) {
    cpSync(file, join(to, file), { force: true });
  }
  symlinkSync(resolve("node_modules"), join(to, "node_modules"));
}

/** Waits until the server has printed something, or has ended. */
async function untilPrinted(text: string): Promise<void> {
  const ended = once(server, "exit").then(() => {
    throw new Error(`npm run dev has ended:\n${printed}`);
  });
  while (!printed.includes(text)) {
    await Promise.race([once(server.stdout ?? server, "data"), ended]);
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "enviro-dev-"));
  copySource(folder);
  const port = await findFreePort(8_900);
  origin = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, ["scripts/dev.ts", "--port", String(port)], {
    cwd: folder,
    // Nothing of whoever runs the test: as on a machine that has just got the clone.
    env: { PATH: process.env["PATH"] ?? "", HOME: folder, WRANGLER_SEND_METRICS: "false" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [server.stdout, server.stderr]) {
    stream?.on("data", (piece: Buffer) => (printed += piece.toString()));
  }
  await untilPrinted("Ctrl-C stops it");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run dev on a fresh clone", () => {
  it("prints a vote that is taken, and counted by the results that it prints", async () => {
    const token = /authorization: Bearer (\S+)'/.exec(printed)?.[1] ?? "";
    const body = /-d '(\{.*\})'/.exec(printed)?.[1] ?? "";
    const results = /^curl (\S+\/results)$/m.exec(printed)?.[1] ?? "";
    const count = async (): Promise<number> => {
      const answer = (await (await fetch(results)).json()) as { total: { ballots: number } };
      return answer.total.ballots;
    };
    const before = await count();
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const url = `${origin}/api/v1/voting/cast-vote`;
    const vote = await fetch(url, { method: "POST", headers, body });
    expect(vote.status, await vote.text()).toBe(201);
    await expect.poll(count, { timeout: 60_000 }).toBe(before + 1);
  });

  it("serves the page, and is ready with its migrated database", async () => {
    expect(await (await fetch(origin)).text()).toContain("<html");
    const ready = await (await fetch(`${origin}/readyz`)).json();
    expect(ready).toMatchObject({ status: "ready", database: { kind: "d1", problems: [] } });
  });

  it("has made secrets of its own, and takes the admin key among them", async () => {
    const [, key] =
      /^ADMIN_API_KEY=(\S+)$/m.exec(readFileSync(join(folder, ".dev.vars"), "utf8")) ?? [];
    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`${origin}/api/v1/api-keys`, { headers })).status).toBe(200);
    expect(printed).not.toContain(key);
  });

  it("ends when it is asked to", async () => {
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    await expect(fetch(origin)).rejects.toThrow("fetch failed");
  });
});
