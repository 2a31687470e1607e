import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { pseudonym } from "../../../../src/auth/pseudonym.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { amendDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { roomOf, shardStub } from "../../../support/worker/objects.ts";
import { makeDeafTo, type HomeObject, type HomeStub } from "../../../support/worker/shards.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import {
  draftWithRoll,
  putRoll,
  readRoll,
  rollPath,
  type ImportBody,
  type RollBody,
} from "../../../support/worker/rolls.ts";
import { sampleVoterId } from "../../../support/sample-voter-id.ts";

const smallRoll = "voter_id,region,weight\nana,north,3\nben,south,\ncleo,north,1000000000000\n";

function figuresOf({ voters, weight, regions }: RollBody) {
  return { voters, weight, regions };
}

/** An upload whose body goes on when the test says so, with a stated length where one is given. */
function slowUpload(decisionId: string, bytes: number | null = null) {
  const { readable, writable } =
    bytes === null ? new TransformStream<Uint8Array, Uint8Array>() : new FixedLengthStream(bytes);
  const writer = writable.getWriter();
  const headers = { authorization: `Bearer ${adminKey}`, "content-type": "text/csv" };
  const request = new Request(`https://enviro.example${rollPath(decisionId)}`, {
    method: "PUT",
    headers,
    body: readable,
  });
  return {
    answer: exports.default.fetch(request),
    write: (text: string) => writer.write(new TextEncoder().encode(text)),
    end: () => writer.close(),
    breakOff: () => writer.abort(new Error("the line went dead")),
  };
}

/** Voters in rows enough to fill batches, in turn in both regions. */
function manyRows(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) => {
    const voter = from + index;
    return `voter-${voter},${voter % 2 === 0 ? "north" : "south"},${(voter % 3) + 1}\n`;
  }).join("");
}

/** The first upload of a draft's roll, of which rows are in the shard and more are to come. */
async function uploadUnderWay() {
  const id = await draftDecision({ electorate: "roll" });
  const upload = slowUpload(id);
  await upload.write(`voter_id,region,weight\n${manyRows(70_000)}`);
  await eventually("rows of the first import", async () => {
    const rows = await roomOf(id).readRoll(1, "", 1);
    return rows.length > 0 ? rows : null;
  });
  return { id, upload };
}

describe("importing a roll", () => {
  it("loads every good row and tells what the roll came to", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const { status, body } = await putRoll(id, smallRoll);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body).toMatchObject({ rows: 3, loaded: 3, refused: 0, reasons: [], problems: [] });
    const regions = [
      { region: "north", voters: 2, weight: "1000000000003" },
      { region: "south", voters: 1, weight: "1" },
    ];
    expect(figuresOf(body.roll)).toEqual({ voters: 3, weight: "1000000000004", regions });
    expect((await readRoll(id)).body).toMatchObject({ roll: body.roll, upload: null });
  });

  it("loads the good rows beside the bad ones, which it reports by line and reason", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const csv =
      "voter_id,region,weight\nana,north,1\nben,west,1\n\n,north,1\nana,south,9\ncleo,south,x\ndan,south,2\n";
    const { body } = await putRoll(id, csv, { twins: "first" });
    expect(body).toMatchObject({ rows: 6, loaded: 2, refused: 4 });
    expect(body.problems).toEqual([
      { line: 3, code: "region.unknown" },
      { line: 5, code: "voter_id.missing" },
      { line: 6, code: "voter_id.duplicate" },
      { line: 7, code: "weight.invalid" },
    ]);
    expect(Object.fromEntries(body.reasons.map(({ code, rows }) => [code, rows]))).toEqual({
      "region.unknown": 1,
      "voter_id.duplicate": 1,
      "voter_id.missing": 1,
      "weight.invalid": 1,
    });
    // Of ana's two rows the first counts.
    expect(body.roll.regions).toEqual([
      { region: "north", voters: 1, weight: "1" },
      { region: "south", voters: 1, weight: "2" },
    ]);
  });

  it("takes 20,000 rows into 4 shards, finds duplicates across batches, and hashes the same in any order", async () => {
    const id = await draftDecision({ electorate: "roll", shards: 4 });
    const csv = `voter_id,region,weight\n${manyRows(20_000)}${manyRows(3, 100)}`;
    const first = await putRoll(id, csv, { twins: "first" });
    expect(first.body).toMatchObject({ rows: 20_003, loaded: 20_000, refused: 3 });
    expect(first.body.problems.map(({ line }) => line)).toEqual([20_002, 20_003, 20_004]);
    expect(first.body.roll).toMatchObject({ import: 1, voters: 20_000 });

    const [head = "", ...rows] = csv.trim().split("\n");
    const again = await putRoll(id, [head, ...rows.toReversed()].join("\n"), { twins: "first" });
    // The rows that name a voter again are the last now.
    const { refused: _again, ...loadedAgain } = again.body.roll;
    const { refused: _first, ...loaded } = first.body.roll;
    expect(loadedAgain).toEqual({ ...loaded, import: 2, hash: null });
    await takeStep(id, "open", { accept_refused_rows: 3 });
    const opened = await readRoll(id);
    expect(opened.body.roll?.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("keeps pseudonyms alone: no voter_id is in any shard or room", async () => {
    const name = "Wangari Maathai";
    const id = await draftWithRoll(`voter_id,region\n${name},north\n`);
    const key = await roomOf(id).voterKey();
    if (key === null) throw new Error("a decision has a key");
    const entries = await roomOf(id).readRoll(1, "", 10);
    expect(entries).toEqual([
      { pid: pseudonym(key.decisionKey, sampleVoterId(name)), region: "north", weight: 1 },
    ]);
    expect(JSON.stringify(await roomOf(id).read())).not.toContain(name);
  });

  it("shows how far an upload is while it goes on, and replaces the roll only at its end", async () => {
    const id = await draftWithRoll(smallRoll);
    const before = (await readRoll(id)).body.roll;
    const upload = slowUpload(id);
    await upload.write(`voter_id,region,weight\n${manyRows(12_000)}`);
    const seen = await eventually("progress of the upload", async () => {
      const { body } = await readRoll(id);
      return (body.upload?.rows ?? 0) > 0 ? body : null;
    });
    expect(seen.roll).toEqual(before);
    await upload.write(manyRows(1_000, 12_000));
    await upload.end();
    const body: ImportBody = await (await upload.answer).json();
    expect(body.roll.voters).toBe(13_000);
    expect((await readRoll(id)).body).toMatchObject({ roll: body.roll, upload: null });
  });
});

describe("an upload that does not come to its end", () => {
  it("leaves the roll in force as it was when it breaks off, and the next one is whole", async () => {
    const id = await draftWithRoll(smallRoll);
    const before = (await readRoll(id)).body.roll;
    const csv = `voter_id,region,weight\n${manyRows(80_000)}`;
    const upload = slowUpload(id, csv.length);
    // More than a batch, so that rows of it are in the shard.
    await upload.write(csv.slice(0, csv.length * 0.9));
    await upload.breakOff();
    await expectProblem(await upload.answer, 400, "body.cut_off");
    expect((await readRoll(id)).body).toMatchObject({ roll: before, upload: null });

    const after = await putRoll(id, `voter_id,region,weight\n${manyRows(10)}`);
    expect(after.body).toMatchObject({ loaded: 10, roll: { import: 3, voters: 10 } });
  });

  it("is overtaken by an import that begins later, and changes nothing", async () => {
    const { id, upload } = await uploadUnderWay();
    const later = await putRoll(id, smallRoll);
    await upload.write(manyRows(10, 70_000));
    await upload.end();
    await expectProblem(await upload.answer, 409, "roll.superseded");
    expect((await readRoll(id)).body.roll).toEqual(later.body.roll);
  });

  it("is refused when the decision opens meanwhile, with the roll that was in force", async () => {
    const id = await draftWithRoll(smallRoll);
    const upload = slowUpload(id);
    await upload.write(`voter_id,region,weight\n${manyRows(70_000)}`);
    const opened = await takeStep(id, "open");
    expect(opened.body).toMatchObject({ status: "open", roll: { import: 1, voters: 3 } });
    await upload.end();
    const answer = await upload.answer;
    expect(answer.status).toBe(409);
    await answer.body?.cancel();
    expect((await readRoll(id)).body.roll).toMatchObject({ import: 1, voters: 3 });
  });
});

/** The tables in which a shard holds imports: one of several, or the one in the room. */
function rollTables(id: string, shard: number | "room"): Promise<unknown[]> {
  const stub: HomeStub = shard === "room" ? roomOf(id) : shardStub(id, shard);
  return runInDurableObject<HomeObject, unknown[]>(stub, (_, { storage }) =>
    storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name LIKE 'roll_%'")
      .toArray()
      .map(({ name }) => name),
  );
}

describe("an import that nobody can adopt any more", () => {
  const csv = `voter_id,region,weight\n${manyRows(100)}`;

  it("is dropped at the opening by the shards that the decision does not have any more, and not before", async () => {
    const id = await draftWithRoll(csv, { shards: 4 });
    await amendDecision(id, { shards: 2 });
    await putRoll(id, csv);
    // Amended back, the first roll could be in force again.
    expect(await rollTables(id, 3)).toEqual(["roll_1"]);
    await takeStep(id, "open");
    expect([await rollTables(id, 2), await rollTables(id, 3)]).toEqual([[], []]);
    expect([await rollTables(id, 0), await rollTables(id, 1)]).toEqual([["roll_2"], ["roll_2"]]);
  });

  it.each([
    { before: 1, after: 2, dropped: ["room"], kept: [0, 1] },
    { before: 2, after: 1, dropped: [0, 1], kept: ["room"] },
  ] as const)(
    "is dropped at the opening also where $before became $after, and the only shard lives in the room",
    async ({ before, after, dropped, kept }) => {
      const id = await draftWithRoll(csv, { shards: before });
      await amendDecision(id, { shards: after });
      await putRoll(id, csv);
      for (const shard of dropped) expect(await rollTables(id, shard)).toEqual(["roll_1"]);
      await takeStep(id, "open");
      for (const shard of dropped) expect(await rollTables(id, shard)).toEqual([]);
      for (const shard of kept) expect(await rollTables(id, shard)).toEqual(["roll_2"]);
    },
  );

  it("is dropped by every shard when its draft is cancelled, which has no roll then", async () => {
    const id = await draftWithRoll(csv, { shards: 2 });
    await amendDecision(id, { shards: 1 });
    await putRoll(id, csv);
    await takeStep(id, "cancel");
    expect([await rollTables(id, 0), await rollTables(id, 1)]).toEqual([[], []]);
    expect(await rollTables(id, "room")).toEqual([]);
    expect((await readRoll(id)).body.roll).toBeNull();
  });

  it("is kept when a decision is cancelled that had opened: its voters are part of the record", async () => {
    const id = await draftWithRoll(csv);
    await takeStep(id, "open");
    await takeStep(id, "cancel");
    expect(await rollTables(id, "room")).toEqual(["roll_1"]);
    expect((await readRoll(id)).body.roll?.voters).toBe(100);
  });

  it("is not begun anew by an upload that goes on after its draft was cancelled", async () => {
    const { id, upload } = await uploadUnderWay();
    await takeStep(id, "cancel");
    await upload.write(manyRows(10, 70_000));
    await upload.end();
    await expectProblem(await upload.answer, 409, "roll.superseded");
    expect(await rollTables(id, "room")).toEqual([]);
  });

  it("is dropped later by a shard that did not answer", async () => {
    const id = await draftWithRoll(csv, { shards: 2 });
    await makeDeafTo(shardStub(id, 0), "dropRolls");
    expect((await takeStep(id, "cancel")).status).toBe(200);
    await expectLogged("room.rolls_not_dropped", { decision: id });
    expect(await rollTables(id, 0)).toEqual(["roll_1"]);
    await evictDurableObject(shardStub(id, 0));
    await eventually("the end of the table", async () =>
      (await rollTables(id, 0)).length === 0 ? true : null,
    );
  });
});

describe("a large roll", () => {
  it("of long region names is taken by a decision's only shard, whole", async () => {
    const region = "界".repeat(64);
    const voters = 40_000;
    const id = await draftDecision({ electorate: "roll", regions: [{ code: region }] });
    const rows = Array.from({ length: voters }, (_, voter) => `voter-${voter},${region}\n`);
    const answer = await putRoll(id, `voter_id,region\n${rows.join("")}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body.roll).toMatchObject({ voters, weight: String(voters) });
  });
});

describe("opening a decision with a roll", () => {
  it("freezes the roll into the manifest, whose hash changes with it", async () => {
    const id = await draftWithRoll(smallRoll);
    const { body } = await takeStep(id, "open");
    const roll = (await readRoll(id)).body.roll;
    expect(body).toMatchObject({ electorate: "roll", roll: { hash: roll?.hash, voters: 3 } });
    const context = await roomOf(id).votingContext();
    expect(context?.manifest.roll).toMatchObject({ hash: roll?.hash, regions: roll?.regions });
  });

  it("is refused without a roll, and with one that no longer fits the draft", async () => {
    const id = await draftDecision({ electorate: "roll" });
    expect((await takeStep(id, "open")).body).toMatchObject({ status: 409, code: "roll.missing" });
    await putRoll(id, smallRoll);
    await amendDecision(id, { shards: 2 });
    expect((await takeStep(id, "open")).body).toMatchObject({ status: 409, code: "roll.outdated" });
    await amendDecision(id, { shards: 1, regions: [{ code: "south" }] });
    expect((await takeStep(id, "open")).body).toMatchObject({ status: 409, code: "roll.outdated" });
    await amendDecision(id, { regions: [{ code: "south" }, { code: "north" }, { code: "east" }] });
    expect((await takeStep(id, "open")).status).toBe(200);
    expect((await readRoll(id)).body.roll?.regions.map(({ region }) => region)).toEqual([
      "south",
      "north",
      "east",
    ]);
  });

  it.each(["open", "closed", "cancelled"])(
    "ends imports: a decision that is %s takes none",
    async (status) => {
      const id = await draftWithRoll(smallRoll);
      await takeStep(id, status === "cancelled" ? "cancel" : "open");
      if (status === "closed") await takeStep(id, "close");
      const answer = await putRoll<{ code: string }>(id, "voter_id,region\neve,north\n");
      expect([answer.status, answer.body.code]).toEqual([409, "decision.not_draft"]);
      const voters = status === "cancelled" ? undefined : 3;
      expect((await readRoll(id)).body.roll?.voters).toBe(voters);
    },
  );

  it("ends imports also while the window has not begun", async () => {
    const id = await draftWithRoll(smallRoll, { opens_at: "2099-01-01T00:00:00Z" });
    expect((await takeStep(id, "open")).body.status).toBe("scheduled");
    const answer = await putRoll<{ code: string }>(id, smallRoll);
    expect([answer.status, answer.body.code]).toEqual([409, "decision.not_draft"]);
  });

  it("has no roll when the draft has gone back to an open electorate", async () => {
    const id = await draftWithRoll(smallRoll);
    await amendDecision(id, { electorate: "open" });
    expect((await takeStep(id, "open")).body).toMatchObject({ electorate: "open", roll: null });
    expect(await roomOf(id).readRoll(1, "", 10)).toEqual([]);
    const results = await api("GET", `/api/v1/decisions/${id}/results`);
    expect(results.body).not.toHaveProperty("electorate");
  });
});
