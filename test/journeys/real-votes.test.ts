import { execFile } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createClient } from "../../src/client/client.ts";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { eventually } from "../support/worker/eventually.ts";
import { localId } from "../support/local-id.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-journey-"));
const sealedSlug = "sealed-for-now";
const receipts = join(folder, "receipts.ndjson");
const extract = ["votes", "roll-calls", "voters"].flatMap((name) => [
  `--${name}`,
  `test/data/un-extract/${name.replace("-", "_")}.csv`,
]);
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

/** Runs the command line as its user does, with the key in the environment, and gives its exit status and all it said. */
function enviro(...args: string[]): Promise<{ status: number; said: string }> {
  const env = { ...process.env, ENVIRO_KEY: platform.adminKey };
  return new Promise((resolve) => {
    const command = ["src/cli/enviro.ts", ...args];
    const child = execFile(process.execPath, command, { env }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

/** Takes one row out of the database's own file, behind everybody's back, and tells whose it was. */
function loseOneBallot(): string {
  const files = globSync(join(folder, "state/**/*D1DatabaseObject/*.sqlite"));
  for (const file of files) {
    const database = new DatabaseSync(file, { timeout: 60_000 });
    try {
      if (!hasVotes(database)) continue;
      const lost = database
        .prepare(
          "DELETE FROM votes WHERE (decision_id, shard, seq) IN (SELECT decision_id, shard, seq FROM votes LIMIT 1) RETURNING decision_id",
        )
        .get();
      return String(lost?.["decision_id"]);
    } finally {
      database.close();
    }
  }
  throw new Error("there is no file of the database");
}

/** Of the search index's database, and of the runtime's own notes, there is a file as well. */
function hasVotes(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'votes'").get() !== undefined;
}

/** Returns once the database has confirmed to the decision's shard all that was sent to it again. */
async function confirmedAgain(decision: string): Promise<void> {
  const headers = { authorization: `Bearer ${platform.adminKey}` };
  await eventually("the end of the rebuild", async () => {
    const answer = await fetch(`${platform.origin}/api/v1/decisions/${decision}/audit`, {
      headers,
    });
    const { shards } = auditSchema.parse(await answer.json());
    return shards.every((shard) => shard.confirmed_seq === shard.seq) ? true : null;
  });
}

const auditSchema = z.object({
  shards: z.array(z.object({ seq: z.int(), confirmed_seq: z.int() })),
});

const replay = () => enviro("replay", "--on", platform.origin, "--receipts", receipts, ...extract);
const verifyOnly = (...what: string[]) => enviro("verify", "--on", platform.origin, ...what);
const verify = (...more: string[]) => verifyOnly("--all", ...more);

describe("real roll calls through the deployable bundle", () => {
  it("come out as they went in, whole and by region, and once more the same when they are sent again", async () => {
    const first = await replay();
    expect(first, first.said).toMatchObject({ status: 0 });
    expect(first.said).toMatch(/differences\s+0/);
    const again = await replay();
    expect(again, again.said).toMatchObject({ status: 0 });
    expect(again.said).toMatch(/ 0 accepted/);
  });

  it("are the same in the shards, their tallies, the room and the database, and every receipt is recorded", async () => {
    const { status, said } = await verify("--receipts", receipts);
    expect(status, said).toBe(0);
  });

  it("are found wanting when a receipt names a ballot that is not in the record", async () => {
    const forged = join(folder, "forged.ndjson");
    const [line = ""] = readFileSync(receipts, "utf8").split("\n");
    writeFileSync(
      forged,
      `${line.replace(/"ballot_hash":"[0-9a-f]{8}/, '"ballot_hash":"00000000')}\n`,
    );
    const { status, said } = await verify("--receipts", forged);
    expect(status, said).not.toBe(0);
  });

  it("are found wanting when the database has lost a ballot, until it is rebuilt from the record", async () => {
    const decision = loseOneBallot();
    const lost = await verify("--wait-seconds", "1");
    expect(lost.status, lost.said).not.toBe(0);
    expect(lost.said).toContain(decision);
    const begun = await enviro("rebuild", "--on", platform.origin, "--decision", decision, "none");
    expect(begun, begun.said).toMatchObject({ status: 1 });
    expect(begun.said).toContain(`1/2  ${decision}  begun`);
    expect(begun.said).toContain("not known to be begun:\n  none\n");
    await confirmedAgain(decision);
    const rebuilt = await verify();
    expect(rebuilt.status, rebuilt.said).toBe(0);
  });
});

describe("what a verification looked at", () => {
  const client = () => createClient({ origin: platform.origin, credential: platform.adminKey });
  let receipt: { decision_id: string };
  let other: string;

  /** A sealed decision that is open, with one vote, and the receipt of it in a file of its own. */
  const sealedReceipts = async (): Promise<string> => {
    const body = {
      slug: sealedSlug,
      title: "x",
      visibility: "sealed",
      disclosure: "roll_call",
      ends_early: "by_organiser",
      open: true,
    } as const;
    const { id: decisionId } = await client().call("POST /api/v1/decisions", { body });
    const { results } = await client().call("POST /api/v1/decisions/{decisionId}/votes/batch", {
      path: { decisionId },
      body: { votes: [{ voter_id: "ana", vote: "yes", nonce: "5f".repeat(32) }] },
    });
    const [result] = results;
    if (result === undefined || result.status === "refused") throw new Error("the vote is taken");
    const file = join(folder, "sealed.ndjson");
    writeFileSync(file, `${JSON.stringify(result.receipt)}\n`);
    return file;
  };

  beforeAll(() => {
    const [line = ""] = readFileSync(receipts, "utf8").split("\n");
    // The replay wrote it.
    receipt = JSON.parse(line) as typeof receipt;
    other = join(folder, "other.ndjson");
    writeFileSync(other, `${line}\n`);
  });

  it("is all that it vouches for: of one decision neither the list, nor receipts that were not given", async () => {
    const { status, said } = await verifyOnly("--decision", receipt.decision_id);
    expect(status, said).toBe(0);
    expect(said).toMatch(/^logs = tallies = room = database = results$/m);
    const whole = await verify("--receipts", receipts);
    expect(whole.said).toMatch(/= results = list; every receipt is recorded$/m);
  });

  it.each(["delta-2207", "Not an id"])(
    "is never a decision that there is not (%s): the asker is told",
    async (id) => {
      const { status, said } = await verifyOnly("--decision", id);
      expect(status, said).toBe(2);
      expect(said).toContain(`there is no decision ${id}`);
      expect(said).not.toContain("logs =");
    },
  );

  it("is nothing where the counts are hidden: neither success nor a difference", async () => {
    const file = await sealedReceipts();
    const { status, said } = await verifyOnly(
      "--decision",
      localId(sealedSlug),
      "--receipts",
      file,
    );
    expect(status, said).toBe(2);
    expect(said).toMatch(/^NOTHING was verified/m);
    expect(said).not.toContain("logs =");
  });

  it("is not every receipt while one is of a decision that hides its counts", async () => {
    const { status, said } = await verify("--receipts", join(folder, "sealed.ndjson"));
    expect(status, said).toBe(2);
    expect(said).toMatch(/receipts +0 acknowledged ballots looked up, 1 not yet/);
    expect(said).not.toContain("logs =");
    const without = await verify();
    expect(without.status, without.said).toBe(0);
  });

  it("is no receipt where the files have none of the decision: the asker is told", async () => {
    const what = ["--decision", localId(sealedSlug), "--receipts", other];
    const { status, said } = await verifyOnly(...what);
    expect(status, said).toBe(2);
    expect(said).toContain(`no receipt of ${localId(sealedSlug)}`);
  });
});
