import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runBackup } from "../../../../src/cli/backup/run-backup.ts";

const backup = "ab".repeat(32);
const registry = { object: "registry", location_hint: null, basis: null };
const certified = { object: "river", location_hint: null, basis: null };
const draft = (basis: string | null) => ({ object: "dune", location_hint: null, basis });
const shard = (number: number) => ({ object: `dune:${number}`, location_hint: null, basis: null });

let folder: string;
let server: Server;
let lists: object[][];
let read: string[];

/** An instance that lists its objects in turn, the last list for good, each of one page. */
function answer(method: string, path: string): object {
  if (method === "POST") return { backup, recipient: "age1", release: "1" };
  if (path.endsWith("/objects"))
    return { items: lists.length > 1 ? lists.shift() : lists[0], next: null };
  read.push(decodeURIComponent(path.split("/").at(-1) ?? ""));
  return { page: 1, next: null, ciphertext: Buffer.from(`${read.length}`).toString("base64") };
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "enviro-backup-"));
  read = [];
  server = createServer((request, response) => {
    response.writeHead(request.method === "POST" ? 201 : 200, {
      "content-type": "application/json",
    });
    response.end(JSON.stringify(answer(request.method ?? "", request.url ?? "")));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

function run(): Promise<number> {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return runBackup({ origin, key: "a key", to: join(folder, "copy") });
}

/** The objects of the backup, and which of the pages that were read each has. */
function kept(): Record<string, string[]> {
  const path = (name: string) => join(folder, "copy", name);
  const { objects } = JSON.parse(readFileSync(path("manifest.json"), "utf8")) as {
    objects: { object: string; pages: string[] }[];
  };
  const pageOf = (sha256: string) => readFileSync(path(`pages/${sha256}.age`), "utf8");
  return Object.fromEntries(objects.map(({ object, pages }) => [object, pages.map(pageOf)]));
}

describe("a backup", () => {
  it("copies a draft anew that has changed and was opened meanwhile, with the shards it has then", async () => {
    const opened = [draft(null), shard(0), shard(1)];
    lists = [
      [registry, draft("a"), certified],
      [registry, draft("b"), certified],
      [registry, ...opened, certified],
    ];
    expect(await run()).toBe(0);
    expect(read.toSorted()).toEqual(
      ["registry", "dune", "river", "dune", "dune", "dune:0", "dune:1"].toSorted(),
    );
    expect(Object.keys(kept())).toEqual(["registry", "dune", "dune:0", "dune:1", "river"]);
    expect(kept()["dune"]).toEqual([String(read.lastIndexOf("dune") + 1)]);
  });

  it("is not held up by what is created, deleted or changes after it was copied", async () => {
    lists = [
      [registry, draft("a"), certified],
      [registry, draft("b"), { ...certified, object: "new" }],
      [registry, draft("b"), { ...certified, location_hint: "weur" }],
    ];
    expect(await run()).toBe(0);
    expect(Object.keys(kept())).toEqual(["registry", "dune", "river"]);
    expect(readdirSync(join(folder, "copy", "pages"))).toHaveLength(4);
  });

  it("says which decision changes whenever it is copied", async () => {
    lists = Array.from({ length: 30 }, (_, at) => [registry, draft(`${at}`)]);
    await expect(run()).rejects.toThrow("dune");
    expect(readdirSync(join(folder, "copy"))).not.toContain("manifest.json");
  });
});
