import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { amendDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { roomOf, shardStub } from "../../../support/worker/objects.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { putRoll, readRoll, rollPath, type ImportBody } from "../../../support/worker/rolls.ts";

interface UploadBody {
  import: number;
  pieces: number;
  rows: number;
  refused: number;
}

const head = "voter_id,region,weight\n";

function uploadsPath(id: string): string {
  return `${rollPath(id)}/uploads`;
}

async function begin(id: string): Promise<number> {
  const { status, body } = await api<UploadBody>("POST", uploadsPath(id), { key: adminKey });
  expect(status).toBe(201);
  return body.import;
}

interface Piece {
  number: number;
  piece: number;
  rows: string;
  firstLine?: number;
}

function sendPiece(id: string, { number, piece, rows, firstLine = 2 }: Piece) {
  const query = new URLSearchParams({
    import: String(number),
    piece: String(piece),
    first_line: String(firstLine),
  });
  return send("PUT", `${uploadsPath(id)}?${query.toString()}`, {
    key: adminKey,
    text: head + rows,
    headers: { "content-type": "text/csv" },
  });
}

async function takenPiece(id: string, sent: Piece): Promise<UploadBody> {
  const answer = await sendPiece(id, sent);
  const body = await answer.json<UploadBody>();
  expect(answer.status, JSON.stringify(body)).toBe(200);
  return body;
}

function finish(id: string, body: { import: number; pieces: number; twins?: "first" }) {
  return send("POST", `${uploadsPath(id)}/finish`, { key: adminKey, body });
}

async function finished(id: string, body: Parameters<typeof finish>[1]): Promise<ImportBody> {
  const answer = await finish(id, body);
  const told = await answer.json<ImportBody>();
  expect(answer.status, JSON.stringify(told)).toBe(200);
  return told;
}

function rowsOf(from: number, to: number): string {
  const voters = Array.from({ length: to - from }, (_, index) => from + index);
  return voters
    .map((voter) => `voter-${voter},${voter % 2 === 0 ? "north" : "south"},2\n`)
    .join("");
}

describe("a roll that comes in pieces", () => {
  it("is in force once all are in, as one that came as one body", async () => {
    const id = await draftDecision({ electorate: "roll", shards: 3 });
    const before = await putRoll(id, `${head}ana,north,1\n`);
    const number = await begin(id);
    expect(number).toBe(2);
    await takenPiece(id, { number, piece: 0, rows: rowsOf(0, 500) });
    const bad = "ben,west,1\n\n,north,1\ncleo,south,x\n";
    await takenPiece(id, { number, piece: 1, rows: bad + rowsOf(500, 600), firstLine: 502 });
    expect((await readRoll(id)).body).toMatchObject({
      roll: before.body.roll,
      upload: { import: 2, pieces: 2, rows: 603, refused: 3 },
    });
    const told = await finished(id, { import: number, pieces: 2 });
    expect(told).toMatchObject({ rows: 603, loaded: 600, refused: 3 });
    expect(told.problems).toEqual([
      { line: 502, code: "region.unknown" },
      { line: 504, code: "voter_id.missing" },
      { line: 505, code: "weight.invalid" },
    ]);
    expect(told.roll).toMatchObject({
      import: 2,
      voters: 600,
      weight: "1200",
      refused: { rows: 3 },
    });
    expect((await readRoll(id)).body).toMatchObject({ roll: told.roll, upload: null });

    const whole = await draftDecision({ electorate: "roll", shards: 3 });
    const { body } = await putRoll(whole, head + rowsOf(0, 500) + rowsOf(500, 600));
    expect(told.roll.regions).toEqual(body.roll.regions);
    // Opening wants the rows that were refused in pieces, too.
    expect((await takeStep(id, "open")).body).toMatchObject({ code: "roll.refused_rows" });
  });

  it("goes on where it broke off, after the room began anew", async () => {
    const id = await draftDecision({ electorate: "roll", shards: 2 });
    const number = await begin(id);
    await takenPiece(id, { number, piece: 0, rows: rowsOf(0, 50) });
    await evictDurableObject(roomOf(id));
    for (const shard of [0, 1]) await evictDurableObject(shardStub(id, shard));
    expect((await readRoll(id)).body.upload).toMatchObject({ import: number, pieces: 1, rows: 50 });
    await takenPiece(id, { number, piece: 1, rows: rowsOf(50, 90) });
    expect((await finished(id, { import: number, pieces: 2 })).roll.voters).toBe(90);
  });

  it("loads a piece once that is sent again, whether its answer was lost or a shard's", async () => {
    const id = await draftDecision({ electorate: "roll", shards: 2 });
    const number = await begin(id);
    const first = await takenPiece(id, { number, piece: 0, rows: rowsOf(0, 50) });
    expect(await takenPiece(id, { number, piece: 0, rows: rowsOf(0, 50) })).toEqual(first);

    // One shard has taken its rows, with a voter of the first piece among them; the other is gone.
    const rows = rowsOf(40, 90);
    await runInDurableObject(shardStub(id, 1), (shard) => {
      Object.defineProperty(shard, "loadRoll", {
        value: () => Promise.reject(new Error("gone")),
        configurable: true,
      });
    });

    const refused = await sendPiece(id, { number, piece: 1, rows, firstLine: 52 });
    expect(refused.status).toBe(500);
    await expectLogged("http.failed");
    await evictDurableObject(shardStub(id, 1));
    const again = await takenPiece(id, { number, piece: 1, rows, firstLine: 52 });
    expect(again).toMatchObject({ pieces: 2, rows: 100, refused: 10 });
    const told = await finished(id, { import: number, pieces: 2, twins: "first" });
    expect(told.roll.voters).toBe(90);
    expect(told.problems.map(({ line }) => line)).toEqual([52, 53, 54, 55, 56, 57, 58, 59, 60, 61]);
  });

  it("takes no piece that is not the next, and none of another file", async () => {
    const id = await draftDecision({ electorate: "roll", shards: 2 });
    const number = await begin(id);
    const sent = { number, piece: 1, rows: rowsOf(0, 50) };
    await expectProblem(await sendPiece(id, sent), 409, "roll.pieces_missing");
    await expectProblem(
      await finish(id, { import: number, pieces: 1 }),
      409,
      "roll.pieces_missing",
    );
    // Loaded, and not noted: the Worker went away between the two.
    const loaded = await roomOf(id).continueRoll(number);
    if (loaded.kind !== "begun") throw new Error("it has begun");
    const batch = { piece: 0, batch: 0 };
    const row = JSON.stringify([["a".repeat(43), "north", 1]]);
    await shardStub(id, 0).loadRoll(loaded.roll, row, batch);
    await shardStub(id, 1).loadRoll(loaded.roll, row, batch);
    const other = await sendPiece(id, { number, piece: 0, rows: rowsOf(0, 50) });
    await expectProblem(other, 409, "roll.piece_changed");
  });

  it("is not put in force with rows of a piece that broke off and was left out then", async () => {
    const id = await draftDecision({ electorate: "roll", shards: 2 });
    const before = await putRoll(id, `${head}ana,north,1\n`);
    const number = await begin(id);
    await takenPiece(id, { number, piece: 0, rows: rowsOf(0, 50) });
    const loaded = await roomOf(id).continueRoll(number);
    if (loaded.kind !== "begun") throw new Error("it has begun");
    const row = JSON.stringify([["a".repeat(43), "north", 1]]);
    await shardStub(id, 0).loadRoll(loaded.roll, row, { piece: 1, batch: 0 });
    const refused = await finish(id, { import: number, pieces: 1 });
    await expectProblem(refused, 409, "roll.piece_changed");
    expect((await readRoll(id)).body.roll).toEqual(before.body.roll);
  });

  it("is over when a later import begins, or the draft changes under it", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const number = await begin(id);
    const sent = { number, piece: 0, rows: rowsOf(0, 5) };
    await takenPiece(id, sent);
    await putRoll(id, `${head}ana,north,1\n`);
    await expectProblem(await sendPiece(id, sent), 409, "roll.superseded");
    await expectProblem(await finish(id, { import: number, pieces: 1 }), 409, "roll.superseded");
    const next = { ...sent, number: await begin(id) };
    await takenPiece(id, next);
    await amendDecision(id, { shards: 3 });
    await expectProblem(await sendPiece(id, { ...next, piece: 1 }), 409, "roll.outdated");
    await expectProblem(await finish(id, { import: next.number, pieces: 1 }), 409, "roll.outdated");
    expect((await readRoll(id)).body.roll?.import).toBe(2);
  });

  it("is refused whole where it names a voter twice, has nobody, or its draft is none", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const number = await begin(id);
    await takenPiece(id, { number, piece: 0, rows: "Ana,north,1\nben,south,1\n" });
    await takenPiece(id, { number, piece: 1, rows: " ANA,south,1\n", firstLine: 4 });
    const problem = await expectProblem(
      await finish(id, { import: number, pieces: 2 }),
      422,
      "roll.twins",
    );
    expect(problem.detail).toContain("lines 4.");
    expect((await finished(id, { import: number, pieces: 2, twins: "first" })).loaded).toBe(2);
    // Asked again, since the answer was lost.
    const again = await finished(id, { import: number, pieces: 2, twins: "first" });
    expect(again.roll).toMatchObject({ import: number, voters: 2 });

    const empty = await begin(id);
    await takenPiece(id, { number: empty, piece: 0, rows: "ben,west,1\n" });
    await expectProblem(await finish(id, { import: empty, pieces: 1 }), 422, "roll.empty");
    await takeStep(id, "cancel");
    const late = await send("POST", uploadsPath(id), { key: adminKey });
    await expectProblem(late, 409, "decision.not_draft");
  });

  it("takes pieces of a bounded size alone", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const number = await begin(id);
    const rows = "voter,north,1\n".repeat(40_000);
    await expectProblem(await sendPiece(id, { number, piece: 0, rows }), 413, "body.too_large");
    expect((await readRoll(id)).body.upload).toMatchObject({ rows: 0 });
  });
});
