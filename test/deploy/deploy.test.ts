import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBundle } from "../../scripts/local-platform/build-bundle.ts";
import { makeSecrets } from "../../scripts/local-platform/make-secrets.ts";
import {
  startFakeCloudflare,
  uploadedMetadata,
  type FakeCloudflare,
} from "../support/cloudflare/fake-api.ts";

// The installed wrangler, with a fake of Cloudflare's API: what the real one says is another matter.
let cloudflare: FakeCloudflare;
let folder: string;
let secretsFile: string;

beforeAll(async () => {
  cloudflare = await startFakeCloudflare();
  folder = mkdtempSync(join(tmpdir(), "enviro-deploy-"));
  secretsFile = join(folder, "secrets.env");
  const lines = Object.entries(makeSecrets("k1")).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(secretsFile, lines.join(""));
});
afterAll(async () => {
  await cloudflare.stop();
  rmSync(folder, { recursive: true });
});

async function deploy(args: readonly string[], env: Record<string, string> = cloudflare.env) {
  // A home of its own: the login of whoever runs the test is none of its business.
  const deploying = spawn(process.execPath, ["scripts/deploy.ts", ...args], {
    env: { ...process.env, ...env, HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [status]] = await Promise.all([
    text(deploying.stdout),
    text(deploying.stderr),
    once(deploying, "exit"),
  ]);
  return { status: status as number | null, said: `${stdout}${stderr}` };
}

describe("npm run deploy", () => {
  it("says in one line that nobody is logged in", async () => {
    const { status, said } = await deploy(["--check"], { CLOUDFLARE_API_TOKEN: "" });
    expect(status).toBe(2);
    expect(said).toMatch(/^Nobody is logged in at Cloudflare.*`npx wrangler login`/m);
    expect(said).not.toContain("    at ");
  });

  it("refuses a short secret before it asks anybody", async () => {
    const file = join(folder, "short.env");
    writeFileSync(file, "ADMIN_API_KEY=short\n");
    const { status, said } = await deploy(["--secrets-file", file]);
    expect(status).toBe(2);
    expect(said).toContain("ADMIN_API_KEY must have 32 characters or more");
    expect(cloudflare.account.changes).toEqual([]);
  });

  it("looks, and tells what it would do to an account that has nothing", async () => {
    const { status, said } = await deploy(["--check"]);
    expect(status).toBe(2);
    expect(said.split("\n").filter((line) => line.startsWith("  "))).toEqual([
      "  database enviro-governance is missing: npx wrangler d1 create enviro-governance",
      "  database enviro-governance-search is missing: npx wrangler d1 create enviro-governance-search",
      "  queue enviro-governance-vote-log is missing: npx wrangler queues create enviro-governance-vote-log",
      "  queue enviro-governance-votes-dlq is missing: npx wrangler queues create enviro-governance-votes-dlq",
      "  queue enviro-governance-search-feed is missing: npx wrangler queues create enviro-governance-search-feed",
      expect.stringMatching(/^  missing secrets, .*: ADMIN_API_KEY, BALLOT_TOKEN_KEYS, ID_KEYS, /),
    ]);
    expect(said).toContain("`npm run deploy -- --create` creates and makes them.");
    expect(cloudflare.account.changes).toEqual([]);
  });

  it("creates what is missing, migrates, and then uploads the very bundle that is tested", async () => {
    const bundle = readFileSync(
      buildBundle(() => {}),
      "utf8",
    );
    const { status, said } = await deploy(["--create", "--secrets-file", secretsFile]);
    expect(status, said).toBe(0);
    const { account } = cloudflare;
    expect(account.databases.map(({ name }) => name)).toEqual([
      "enviro-governance",
      "enviro-governance-search",
    ]);
    expect(account.queues.map(({ queue_name }) => queue_name)).toEqual([
      "enviro-governance-vote-log",
      "enviro-governance-votes-dlq",
      "enviro-governance-search-feed",
    ]);
    expect(account.statements.join()).toContain("CREATE TABLE `votes`");
    expect(account.statements.join()).toContain("CREATE VIRTUAL TABLE search_words");
    expect(account.upload?.get("index.js")).toBe(bundle);
    const upload = account.changes.indexOf("PUT /workers/scripts/enviro-governance");
    const migration = account.changes.findLastIndex((change) => change.endsWith("/query"));
    expect([migration > 0, upload > migration]).toEqual([true, true]);
    const { bindings } = uploadedMetadata(account);
    const id = account.databases[0]?.uuid;
    expect(bindings).toContainEqual(expect.objectContaining({ name: "DB", id }));
    expect([...account.secrets].toSorted()).toEqual(Object.keys(makeSecrets("k1")).toSorted());
    expect(account.consumers).toHaveLength(3);
  });

  it("refuses to move what is deployed to another jurisdiction, where nothing of it would be found", async () => {
    const { account } = cloudflare;
    const metadata = account.upload?.get("metadata") ?? "";
    const elsewhere = metadata.replace(/("JURISDICTION"[^}]*)"none"/, '$1"eu"');
    expect(elsewhere).not.toBe(metadata);
    account.upload?.set("metadata", elsewhere);
    account.changes = [];
    const { status, said } = await deploy(["--create"]);
    expect(status).toBe(2);
    expect(said).toContain('deployed with JURISDICTION = "eu"');
    expect(account.changes).toEqual([]);
    account.upload?.set("metadata", metadata);
  });
});
