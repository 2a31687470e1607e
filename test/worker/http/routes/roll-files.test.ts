import { describe, expect, it } from "vitest";
import { adminKey, send } from "../../../support/worker/api.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { openedWithRoll, putRoll, readRoll, sendRoll } from "../../../support/worker/rolls.ts";

/** What Excel, LibreOffice and registers of towns write, of the same voters. */
const plain = "voter_id,region,weight\nZoë,north,3\nJürg,south,1\n";
const semicolons = "Voter ID;Region;Weight\r\nZoë;north;3\r\nJürg;south;\r\n;;\r\n";
const tabs = "voter_id\tregion\tweight\r\nZoë\tnorth\t3\r\nJürg\tsouth\t1\r\n";

function utf16(text: string, isBigEndian = false): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  for (const [at, unit] of [0xfeff, ...Array.from(text, (one) => one.charCodeAt(0))].entries())
    view.setUint16(2 * at, unit, !isBigEndian);
  return bytes;
}

describe("a roll as an office has it", () => {
  it.each([
    ["with semicolons, capitals in its header and a blank last row", semicolons],
    ["with a byte order mark, as Excel's CSV UTF-8", `\uFEFF${semicolons}`],
    ["with tabs", tabs],
    ["in UTF-16, as Excel's Unicode text", utf16(tabs)],
    ["in UTF-16 with the larger byte first", utf16(tabs, true)],
    ["with carriage returns alone", tabs.replaceAll("\n", "")],
  ])("is the same roll %s", async (_, file) => {
    const id = await draftDecision({ electorate: "roll" });
    const first = await putRoll(id, plain);
    const again = await putRoll(id, file);
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    expect(again.body.refused).toBe(0);
    expect(again.body.roll).toEqual({ ...first.body.roll, import: 2 });
  });

  it("is refused in Windows-1252, with the line and what to do", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const file = Uint8Array.from(semicolons, (one) => one.charCodeAt(0));
    const problem = await expectProblem(await sendRoll(id, file), 400, "roll.unknown_encoding");
    expect(problem.detail).toMatch(/^Line 2 is not UTF-8, .* Save the file as UTF-8/);
    expect((await readRoll(id)).body.roll).toBeNull();
  });

  it("is refused with columns that are not known, by name, and taken without them where that is asked", async () => {
    const id = await draftDecision({ electorate: "roll", disclosure: "pseudonymous" });
    const file = "voter_id;E-Mail;region;Name\nana;a@b.example;north;Ana\n";
    const refused = await expectProblem(await sendRoll(id, file), 400, "roll.unknown_column");
    expect(refused.detail).toContain("`?ignore=e_mail`");
    const named = await putRoll<{ code: string; detail: string }>(id, file, { ignore: "E-Mail" });
    expect([named.status, named.body.code]).toEqual([422, "vote.statement_not_published"]);
    expect(named.body.detail).toContain("`?ignore=name`");
    const { status, body } = await putRoll(id, file, { ignore: "e_mail,name" });
    expect([status, body.loaded]).toEqual([200, 1]);
  });

  it("keeps the names of a roll call", async () => {
    const id = await draftDecision({ electorate: "roll", disclosure: "roll_call" });
    const file = "Voter_ID;Region;Name;Phone\nana;north;Ána;7\n";
    const { body } = await putRoll(id, file, { ignore: "phone" });
    expect(body).toMatchObject({ loaded: 1, refused: 0 });
  });

  it("has its decimal weights refused by line, with what to do", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const file = "voter_id;region;weight\nana;north;1,5\nben;north;0.25\ncleo;north;2\n";
    const { body } = await putRoll(id, file);
    expect(body.problems).toEqual([
      { line: 2, code: "weight.not_whole" },
      { line: 3, code: "weight.not_whole" },
    ]);
    expect(body.reasons[0]?.detail).toContain("multiply all by one number");
  });
});

describe("a marked register of an office's file", () => {
  it.each([
    ["semicolons", semicolons],
    ["UTF-16", utf16(tabs)],
  ])("is read with %s", async (_, text) => {
    const id = await openedWithRoll(plain);
    await takeStep(id, "close");
    const headers = { "content-type": "text/csv" };
    const path = `/api/v1/decisions/${id}/marked-register`;
    const answer = await send("POST", path, { key: adminKey, text, headers });
    const bytes = await answer.bytes();
    const written = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    expect(written).toBe("\uFEFFvoter_id,voted\r\nZoë,no\r\nJürg,no\r\n");
  });
});
