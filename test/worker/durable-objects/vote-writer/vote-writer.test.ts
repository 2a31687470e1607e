import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import type { Ballot } from "../../../../src/ballot/ballot.ts";
import { d1Database } from "../../../../src/database/d1/d1.ts";
import type { Database } from "../../../../src/database/database.ts";
import { logSignature } from "../../../../src/platform/log-signature.ts";
import { memoryDeadLetters } from "../../../../src/vote-log/memory.ts";
import { signText } from "../../../../src/vote-log/signed-text.ts";
import { encodeRecord } from "../../../../src/vote-log/vote-record.ts";
import { writeRecords, type WriterDependencies } from "../../../../src/vote-log/write-records.ts";

const signature = logSignature("delta-deployment", `k:${"A".repeat(43)}`);

let database: Database;
let deadLetters: ReturnType<typeof memoryDeadLetters>;
let confirmed: Record<string, number>;
let confirmedEpochs: Record<string, number>;
let logged: string[];
let deps: WriterDependencies;

beforeEach(async () => {
  await env.DB.batch([
    env.DB.prepare("DELETE FROM votes"),
    env.DB.prepare("DELETE FROM shard_progress"),
  ]);
  database = d1Database(env.DB);
  deadLetters = memoryDeadLetters();
  confirmed = {};
  confirmedEpochs = {};
  logged = [];
  deps = {
    store: database,
    deadLetters,
    confirm: async ({ decisionId, shard }, { epoch, appliedSeq }) => {
      confirmed[`${decisionId}/${shard}`] = appliedSeq;
      confirmedEpochs[`${decisionId}/${shard}`] = epoch;
    },
    onWritten: () => undefined,
    onDeadLetter: (deadLetter) => logged.push(deadLetter.id),
    signature,
    now: () => 1,
    digest: sha256Hex,
  };
});

function ballot(seq: number, more: Partial<Ballot> = {}): Ballot {
  const pid = String(seq).padStart(22, "p");
  return {
    seq,
    pid,
    choice: "yes",
    region: "north",
    weight: 1,
    acceptedAt: 1_700_000_000_000,
    ...more,
  };
}

function record(
  shard: number,
  from: number,
  count: number,
  spoil: (seq: number) => Partial<Ballot> = () => ({}),
  epoch = 1,
): string {
  const seqs = Array.from({ length: count }, (_, index) => from + index);
  const ballots = seqs.map((seq) => ballot(seq, spoil(seq)));
  return signText(signature, encodeRecord({ decisionId: "delta", shard, epoch, ballots }));
}

async function storedSeqs(shard: number): Promise<number[]> {
  const page = await database.listBallots({
    decisionId: "delta",
    after: { shard, seq: 0 },
    perPage: 10_000,
  });
  return page.items.filter((row) => row.shard === shard).map((row) => row.seq);
}

const upTo = (seq: number) => Array.from({ length: seq }, (_, index) => index + 1);

describe("the vote writer", () => {
  it("stores every ballot of a batch and confirms up to the last", async () => {
    await writeRecords(deps, [record(0, 1, 500), record(0, 501, 500), record(1, 1, 700)]);
    expect(await storedSeqs(0)).toEqual(upTo(1_000));
    expect(await storedSeqs(1)).toEqual(upTo(700));
    expect(confirmed).toEqual({ "delta/0": 1_000, "delta/1": 700 });
  });

  it("changes no row when every record comes twice and in another order", async () => {
    const records = [record(0, 1, 400), record(0, 401, 300), record(0, 701, 299)];
    await writeRecords(deps, records);
    const rows = await env.DB.prepare("SELECT * FROM votes ORDER BY seq").all();
    await writeRecords(deps, records.toReversed());
    for (const text of [...records, ...records]) await writeRecords(deps, [text]);
    expect((await env.DB.prepare("SELECT * FROM votes ORDER BY seq").all()).results).toEqual(
      rows.results,
    );
    expect(confirmed).toEqual({ "delta/0": 999 });
  });

  it("confirms each shard with the newest epoch of its records", async () => {
    const asItIs = () => ({});
    await writeRecords(deps, [
      record(0, 1, 10, asItIs, 3),
      record(0, 11, 10, asItIs, 2),
      record(1, 1, 10, asItIs, 2),
    ]);
    expect(confirmed).toEqual({ "delta/0": 20, "delta/1": 10 });
    expect(confirmedEpochs).toEqual({ "delta/0": 3, "delta/1": 2 });
  });

  it("never confirms past a gap, and jumps to the end once the gap is filled", async () => {
    await writeRecords(deps, [record(0, 101, 100)]);
    expect(confirmed).toEqual({});
    await writeRecords(deps, [record(0, 1, 50)]);
    expect(confirmed).toEqual({ "delta/0": 50 });
    await writeRecords(deps, [record(0, 51, 50)]);
    expect(confirmed).toEqual({ "delta/0": 200 });
  });

  it("finds single poison ballots by halves, lands all good ones, and buries the poison with its cause and retries", async () => {
    const poison = new Set([7, 500, 999]);
    const spoil = (seq: number) => (poison.has(seq) ? { pid: "x".repeat(65) } : {});
    await writeRecords(deps, [record(0, 1, 500, spoil), record(0, 501, 500, spoil)]);
    expect(await storedSeqs(0)).toEqual(upTo(1_000).filter((seq) => !poison.has(seq)));
    expect(deadLetters.kept.map(({ seq }) => seq)).toEqual([7, 500, 999]);
    expect(logged).toEqual(["delta:0:7", "delta:0:500", "delta:0:999"]);
    expect(deadLetters.kept[0]).toMatchObject({ decisionId: "delta", shard: 0, retries: 3 });
    expect(deadLetters.kept[0]?.cause).toContain("constraint failed");
    expect(confirmed).toEqual({ "delta/0": 6 });
  });

  it("confirms the shards of both halves of a batch that has poison in one of them", async () => {
    const spoil = (seq: number) => (seq === 8 ? { pid: "x".repeat(65) } : {});
    await writeRecords(deps, [record(0, 1, 10), record(1, 1, 10, spoil), record(2, 1, 10)]);
    expect(confirmed).toEqual({ "delta/0": 10, "delta/1": 7, "delta/2": 10 });
  });

  it("buries what can't be read, and lands the rest", async () => {
    await writeRecords(deps, ["not a record", record(0, 1, 3)]);
    expect(await storedSeqs(0)).toEqual([1, 2, 3]);
    expect(deadLetters.kept).toMatchObject([
      { body: "not a record", seq: null, cause: expect.stringContaining("has no version") },
    ]);
  });

  it("replaces a poison ballot's dead letter when it comes again, and heals once the ballot can be stored", async () => {
    const spoiled = record(0, 1, 3, (seq) => (seq === 2 ? { pid: "x".repeat(65) } : {}));
    await writeRecords(deps, [spoiled]);
    await writeRecords(deps, [spoiled]);
    expect(deadLetters.kept).toHaveLength(1);
    await writeRecords(deps, [record(0, 1, 3)]);
    expect(confirmed).toEqual({ "delta/0": 3 });
  });

  it("makes no dead letters of an outage: it throws, and the same records land later", async () => {
    let isDown = true;
    const flaky: WriterDependencies = {
      ...deps,
      store: {
        ...database,
        applyBallots: (ballots) =>
          isDown
            ? Promise.reject(new Error("D1_ERROR: Network connection lost"))
            : database.applyBallots(ballots),
      },
    };
    await expect(writeRecords(flaky, [record(0, 1, 10)])).rejects.toThrow(
      "Network connection lost",
    );
    expect(deadLetters.kept).toEqual([]);
    isDown = false;
    await writeRecords(flaky, [record(0, 1, 10)]);
    expect(await storedSeqs(0)).toEqual(upTo(10));
  });

  it("applied everything but died before it could acknowledge: the repeat changes nothing", async () => {
    const dying: WriterDependencies = {
      ...deps,
      confirm: () => Promise.reject(new Error("killed")),
    };
    await expect(writeRecords(dying, [record(0, 1, 600)])).rejects.toThrow("killed");
    await writeRecords(deps, [record(0, 1, 600)]);
    expect(await storedSeqs(0)).toEqual(upTo(600));
    expect(confirmed).toEqual({ "delta/0": 600 });
  });
});
