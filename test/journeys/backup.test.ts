import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { secretsFile } from "../../scripts/local-platform/keep-secrets.ts";
import { localId } from "../support/local-id.ts";
import { eventually } from "../support/worker/eventually.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-backup-"));
const copy = join(folder, "copy");
const identityFile = join(folder, "identity.txt");
const receipts = join(folder, "receipts.ndjson");
const [certified, open, draft] = [
  localId("restored-river"),
  localId("open-marsh"),
  localId("draft-dune"),
];
const regions = [{ code: "upper" }, { code: "lower" }];
let recipient: string;
let platform: LocalPlatform;

/** What backups are read through: a server before the platform that can stop giving pages. */
const front = { origin: "", pagesLeft: Number.POSITIVE_INFINITY };
const server = createServer((request, response) => {
  if (/\/objects\/./.test(request.url ?? "") && (front.pagesLeft -= 1) < 0) return;
  void forward(request).then(({ status, text }) =>
    response.writeHead(status, { "content-type": "application/json" }).end(text),
  );
});

async function forward({ url = "/", method = "GET", headers }: IncomingMessage) {
  const { authorization = "" } = headers;
  const answer = await fetch(platform.origin + url, { method, headers: { authorization } });
  return { status: answer.status, text: await answer.text() };
}

async function boot(state: string, vars: Record<string, string>): Promise<LocalPlatform> {
  return bootPlatform({ stateFolder: join(folder, state), port: 0, vars });
}

beforeAll(async () => {
  const identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  writeFileSync(identityFile, `# of a test\n${identity}\n`);
  platform = await boot("before", { BACKUP_RECIPIENT: recipient });
  await holdVotes();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  front.origin = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await platform.stop();
  rmSync(folder, { recursive: true });
});

async function call(method: string, path: string, body?: object | string): Promise<unknown> {
  const answer = await fetch(`${platform.origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${platform.adminKey}`,
      "content-type": typeof body === "string" ? "text/csv" : "application/json",
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const said: unknown = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(said)}`);
  return said;
}

/** Runs a command as its user does, and gives its exit status and all it said. */
function enviro(...args: string[]): Promise<{ status: number; said: string }> {
  const origin = args[0] === "backup" ? front.origin : platform.origin;
  const words = ["src/cli/enviro.ts", ...args, "--on", origin, "--key", platform.adminKey];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, words, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

const batchSchema = z.object({
  results: z.array(z.looseObject({ status: z.string(), receipt: z.unknown().optional() })),
});

function votesOf(prefix: string, count: number, of: readonly string[] = ["yes", "no", "abstain"]) {
  return Array.from({ length: count }, (_, index) => ({
    voter_id: `${prefix}-${index}`,
    vote: of[index % of.length],
    nonce: index.toString(16).padStart(64, "a"),
  }));
}

async function cast(id: string, votes: readonly object[]) {
  const results: z.infer<typeof batchSchema>["results"] = [];
  for (let from = 0; from < votes.length; from += 1_000) {
    const body = { votes: votes.slice(from, from + 1_000) };
    const said = await call("POST", `/decisions/${id}/votes/batch`, body);
    results.push(...batchSchema.parse(said).results);
  }
  return results;
}

/** One decision to its certificate with a roll in two shards, one open with votes, and a draft. */
async function holdVotes(): Promise<void> {
  const common = { title: "Of a backup", ends_early: "by_organiser", regions };
  await call("POST", "/decisions", {
    ...common,
    slug: "restored-river",
    electorate: "roll",
    shards: 2,
  });
  const roll = votesOf("voter", 3_000).map(
    ({ voter_id }, at) => `${voter_id},${at % 2 ? "upper" : "lower"}\n`,
  );
  await call("PUT", `/decisions/${certified}/roll`, `voter_id,region\n${roll.join("")}`);
  await call("POST", `/decisions/${certified}/open`);
  const given = await cast(certified, votesOf("voter", 2_500));
  writeFileSync(receipts, given.map(({ receipt }) => `${JSON.stringify(receipt)}\n`).join(""));
  await call("POST", `/decisions/${certified}/close`);
  await eventually("the certificate", async () => {
    const { status } = z
      .object({ status: z.string() })
      .parse(await call("GET", `/decisions/${certified}`));
    return status === "certified" ? true : null;
  });
  await call("POST", "/decisions", {
    ...common,
    slug: "open-marsh",
    revote_policy: "revisable",
    disclosure: "roll_call",
    visibility: "live",
  });
  await call("POST", `/decisions/${open}/open`);
  const more = votesOf("voter", 2_000).map((vote) => ({ ...vote, region: "upper" }));
  await cast(open, more);
  await call("POST", "/decisions", { ...common, slug: "draft-dune", title: "A draft" });
}

async function figuresOf(id: string): Promise<unknown> {
  const {
    age_ms: _,
    as_of: __,
    ...figures
  } = z
    .looseObject({ age_ms: z.number(), as_of: z.string() })
    .parse(await call("GET", `/decisions/${id}/results`));
  return figures;
}

describe("a backup", () => {
  it("that was killed goes on in its folder", async () => {
    front.pagesLeft = 2;
    const words = ["src/cli/enviro.ts", "backup", "--to", copy, "--on", front.origin];
    const child = spawn(process.execPath, [...words, "--key", platform.adminKey]);
    const journal = join(copy, "pages.jsonl");
    const ended = once(child, "exit");
    await eventually("a page on the disk", async () => {
      const isKept = existsSync(journal) && statSync(journal).size > 0;
      return isKept || child.exitCode !== null ? true : null;
    });
    child.kill("SIGKILL");
    await ended;
    front.pagesLeft = Number.POSITIVE_INFINITY;
    expect(existsSync(join(copy, "manifest.json"))).toBe(false);
    const kept = readFileSync(journal, "utf8");
    expect((await enviro("backup", "--to", copy)).status).toBe(0);
    expect(readFileSync(journal, "utf8").startsWith(kept)).toBe(true);
    const log = JSON.stringify(await call("GET", "/audit-log"));
    expect(log.match(/"record.backed_up"/g)).toHaveLength(1);
  });

  it("is whole, and holds nothing that can be read", async () => {
    const { status, said } = await enviro("backup", "--to", copy);
    expect(said).toContain("whole: 6 objects");
    expect(status).toBe(0);
    const pages = readdirSync(join(copy, "pages"));
    expect(pages.length).toBeGreaterThanOrEqual(6);
    for (const name of pages) {
      const page = readFileSync(join(copy, "pages", name), "latin1");
      expect(page.startsWith("age-encryption.org/v1\n")).toBe(true);
      expect(page).not.toContain("CREATE TABLE");
    }
  });

  it("is found out where a page of it was changed or is missing", async () => {
    const [name = ""] = readdirSync(join(copy, "pages"));
    const path = join(copy, "pages", name);
    const page = readFileSync(path);
    writeFileSync(path, page.subarray(1));
    const changed = await enviro("backup", "--to", copy);
    expect(changed.said).toContain("has changed since it was written");
    expect(changed.status).toBe(2);
    rmSync(path);
    const lost = await enviro("restore", "--from", copy, "--identity", identityFile);
    expect(lost.said).toContain("is missing");
    expect(lost.status).toBe(2);
    writeFileSync(path, page);
    expect((await enviro("backup", "--to", copy)).status).toBe(0);
  });

  it("is restored into an empty deployment, which goes on where the other was", async () => {
    const before = [await figuresOf(certified), await figuresOf(open)];
    await platform.stop();
    mkdirSync(join(folder, "after"));
    cpSync(secretsFile(join(folder, "before")), secretsFile(join(folder, "after")));
    platform = await boot("after", {});
    expect((await enviro("verify", "--all")).said).not.toContain(certified);

    const restored = await enviro("restore", "--from", copy, "--identity", identityFile);
    expect(restored.said).toContain(`${certified}  begun`);
    expect(restored.status).toBe(0);

    const verified = await enviro("verify", "--all", "--receipts", receipts);
    expect(verified.said).toMatch(/^wrong +0$/m);
    expect(verified.status).toBe(0);
    expect([await figuresOf(certified), await figuresOf(open)]).toEqual(before);
    expect(await call("GET", `/decisions/${draft}`)).toMatchObject({
      title: "A draft",
      status: "draft",
    });
  });

  it("has every voter: a repeat is the same vote, and a change counts once", async () => {
    const again = votesOf("voter", 2_000).map((vote) => ({ ...vote, region: "upper" }));
    const repeated = await cast(open, again);
    expect(new Set(repeated.map(({ status }) => status))).toEqual(new Set(["repeated"]));
    const proofs = repeated.map(({ receipt }) => z.looseObject({ r: z.string() }).parse(receipt).r);
    const changed = again.map((vote, at) => ({
      ...vote,
      vote: "yes",
      nonce: vote.nonce.replace("a", "b"),
      proof: proofs[at],
    }));
    const outcomes = await cast(open, changed);
    expect(outcomes.filter(({ status }) => status !== "accepted")).toEqual([]);
    // What is shown may be a second old.
    await expect
      .poll(() => figuresOf(open))
      .toMatchObject({ total: { yes: { ballots: 2_000 }, no: { ballots: 0 } } });
    expect((await enviro("verify", "--decision", open)).said).toMatch(/^wrong +0$/m);
  });

  it("says in every log that it was restored, and by whom", async () => {
    const said = JSON.stringify([
      await call("GET", "/audit-log"),
      await call("GET", `/decisions/${certified}/audit-log`),
    ]);
    for (const action of ["record.backed_up", "record.restored", "decision.restored"])
      expect(said).toContain(`"${action}"`);
  });

  it("changes nothing where it is restored again, and overwrites nothing", async () => {
    expect((await enviro("restore", "--from", copy, "--identity", identityFile)).status).toBe(0);
    expect(await figuresOf(open)).toMatchObject({ total: { yes: { ballots: 2_000 } } });
    const other = join(folder, "other");
    await platform.stop();
    platform = await boot("after", { BACKUP_RECIPIENT: recipient });
    expect((await enviro("backup", "--to", other)).status).toBe(0);
    const refused = await enviro("restore", "--from", other, "--identity", identityFile);
    expect(refused.said).toContain("restore.not_empty");
    expect(refused.status).toBe(2);
  });
});
