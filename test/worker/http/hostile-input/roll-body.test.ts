import { beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, send } from "../../../support/worker/api.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import {
  draftWithRoll,
  putRoll,
  readRoll,
  rollPath,
  sendRoll,
} from "../../../support/worker/rolls.ts";

let decisionId = "";
beforeEach(async () => {
  decisionId = await draftWithRoll("voter_id,region\nana,north\nben,south\n");
});

/** The upload is refused so, and the roll in force stays. */
async function expectRefused(answer: () => Promise<Response>, status: number, code: string) {
  const before = (await readRoll(decisionId)).body;
  await expectProblem(await answer(), status, code);
  expect((await readRoll(decisionId)).body).toEqual(before);
}

describe("a roll that is none", () => {
  it.each([
    ["no header", "eve,north\n", 400, "roll.missing_column"],
    ["bars", "voter_id|region\neve|north\n", 400, "roll.missing_column"],
    ["another encoding", "voter_id,region\nan\uFFFDa,north\n", 400, "roll.unknown_encoding"],
    ["no region column", "voter_id\neve\n", 400, "roll.missing_column"],
    ["a misspelt column", "voter_id,region,wieght\neve,north,2\n", 400, "roll.unknown_column"],
    ["a column twice", "voter_id,region,voter_id\neve,north,eve\n", 400, "roll.duplicate_column"],
    ["an empty file", " ", 400, "roll.missing_column"],
    ["a header alone", "voter_id,region\n", 422, "roll.empty"],
    ["not one good row", "voter_id,region\neve,west\n,north\n", 422, "roll.empty"],
    ["JSON", '{"voter_id":"eve"}', 400, "roll.missing_column"],
    ["one line without an end", "x".repeat(100_000), 400, "roll.missing_column"],
  ])("is refused: %s", async (_, text, status, code) => {
    await expectRefused(() => sendRoll(decisionId, text), status, code);
  });

  it.each(["application/json", "text/plain", "multipart/form-data", "text/csvx", ""])(
    "is refused as the type %j",
    async (type) => {
      const text = "voter_id,region\neve,north\n";
      await expectRefused(() => sendRoll(decisionId, text, type), 415, "body.unsupported_type");
    },
  );

  it("is refused without a body", async () => {
    const headers = { "content-type": "text/csv" };
    const empty = () => send("PUT", rollPath(decisionId), { key: adminKey, headers });
    await expectRefused(empty, 422, "roll.empty");
  });

  it("is refused by the length that it states, before it is read", async () => {
    const headers = {
      "content-type": "text/csv",
      "content-length": String(limits.rollBytesMax + 1),
    };
    const text = "voter_id,region\neve,north\n";
    const tooLong = () => send("PUT", rollPath(decisionId), { key: adminKey, headers, text });
    await expectRefused(tooLong, 413, "body.too_large");
  });

  it("is refused by an open electorate, and where there is no decision", async () => {
    const text = "voter_id,region\neve,north\n";
    const open = await draftDecision();
    await expectProblem(await sendRoll(open, text), 409, "roll.open_electorate");
    await expectProblem(await sendRoll("never-drafted", text), 404, "decision.not_found");
  });
});

describe("rows made to do harm", () => {
  it("stay what they are: SQL, JSON, formulas and other scripts' letters are names like any other", async () => {
    const names = [
      "'); DROP TABLE roll_1; --",
      '"quoted"',
      "[1]",
      "=cmd|' /C calc'!A0",
      "Ægir Þórsson",
      "名前",
      "👩🚀",
      "__proto__",
      "constructor",
      "null",
    ];
    const ndjson = names.map((voter_id) => JSON.stringify({ voter_id, region: "north" }));
    const { body } = await putRoll(decisionId, ndjson.join("\n"), { format: "ndjson" });
    expect(body).toMatchObject({ loaded: names.length, refused: 0 });
    const csv = names.map((name) => `"${name.replaceAll('"', '""')}",north`);
    const same = await putRoll(decisionId, ["voter_id,region", ...csv].join("\n"));
    expect(same.body.roll.hash).toBe(body.roll.hash);
  });

  it("do not merge two voters: halves of a surrogate pair are refused by their lines", async () => {
    const lines = [
      String.raw`{"voter_id":"eve\ud83d","region":"north"}`,
      String.raw`{"voter_id":"eve\ude00","region":"north"}`,
      '{"voter_id":"eve","region":"north"}',
    ];
    const { body } = await putRoll(decisionId, lines.join("\n"), { format: "ndjson" });
    expect(body.problems).toEqual([
      { line: 1, code: "voter_id.malformed" },
      { line: 2, code: "voter_id.malformed" },
    ]);
    expect(body.loaded).toBe(1);
  });

  it("are one voter in other cases, spaces and composed letters, and another in other letters", async () => {
    const names = ["eve", "Eve", "eve ", " eve", "\u00e9ve", "e\u0301ve", "еve"];
    const csv = `voter_id,region\n${names.map((name) => `${name},north\n`).join("")}`;
    const { body } = await putRoll(decisionId, csv, { twins: "first" });
    expect(body).toMatchObject({ loaded: 3, refused: 4 });
    expect(body.twins.map(({ line, first_line }) => [line, first_line])).toEqual([
      [3, 2],
      [4, 2],
      [5, 2],
      [7, 6],
    ]);
  });

  it("are counted beyond what is listed", async () => {
    const bad = limits.rollProblemsMax + 5;
    const csv = `voter_id,region\neve,north\n${"x,west\n".repeat(bad)}`;
    const { body } = await putRoll(decisionId, csv);
    expect(body).toMatchObject({ rows: bad + 1, loaded: 1, refused: bad });
    expect(body.problems).toHaveLength(limits.rollProblemsMax);
    expect(body.reasons).toMatchObject([{ code: "region.unknown", rows: bad }]);
  });
});
