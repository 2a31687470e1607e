import { describe, expect, it } from "vitest";
import { adminKey, api } from "../../../support/worker/api.ts";
import { amendDecision, createDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { putRoll, readRoll } from "../../../support/worker/rolls.ts";
import { limits } from "../../../../src/shared/limits.ts";

const faulty =
  "voter_id,region,weight\nana,north,1\nben,west,1\n,north,1\ncleo,south,0.5\ndan,east,2\n";
const refused = {
  rows: 4,
  reasons: [
    { code: "region.unknown", rows: 2 },
    { code: "voter_id.missing", rows: 1 },
    { code: "weight.not_whole", rows: 1 },
  ],
  problems: [
    { line: 3, code: "region.unknown" },
    { line: 4, code: "voter_id.missing" },
    { line: 5, code: "weight.not_whole" },
    { line: 6, code: "region.unknown" },
  ],
};

interface Entries {
  entries: { action: string; facts: Record<string, unknown> }[];
}

async function draftedWith(csv: string): Promise<string> {
  const id = await draftDecision({ electorate: "roll" });
  expect((await putRoll(id, csv)).status).toBe(200);
  return id;
}

describe("rows of a roll that were refused", () => {
  it("stay with the roll, also once it is open, and are in the audit log", async () => {
    const id = await draftedWith(faulty);
    expect((await readRoll(id)).body.roll?.refused).toEqual(refused);
    const log = await api<Entries>("GET", `/api/v1/decisions/${id}/audit-log`, { key: adminKey });
    expect(log.body.entries.at(-1)).toMatchObject({
      action: "roll.imported",
      facts: {
        voters: 1,
        refused: 4,
        refused_reasons: "region.unknown 2, voter_id.missing 1, weight.not_whole 1",
        refused_lines: "3 region.unknown, 4 voter_id.missing, 5 weight.not_whole, 6 region.unknown",
      },
    });
    expect((await takeStep(id, "open", { accept_refused_rows: 4 })).status).toBe(200);
    expect((await readRoll(id)).body.roll?.refused).toEqual(refused);
    const manifest = await api("GET", `/api/v1/decisions/${id}/manifest`);
    expect(manifest.body["roll"]).not.toHaveProperty("refused");
  });

  it.each([undefined, {}, { accept_refused_rows: 3 }, { accept_refused_rows: 5 }])(
    "keep a decision from being opened with %j, and tell how many they are",
    async (body) => {
      const id = await draftedWith(faulty);
      const answer = await takeStep(id, "open", body);
      expect([answer.status, answer.body.code]).toEqual([409, "roll.refused_rows"]);
      const accepted = body?.accept_refused_rows ?? 0;
      expect(answer.body.errors).toEqual([
        {
          pointer: "/accept_refused_rows",
          detail:
            "Rows of the roll in force that were refused: 4 (region.unknown 2, voter_id.missing 1, " +
            `weight.not_whole 1); accepted: ${accepted}.`,
        },
      ]);
    },
  );

  it("are acknowledged in public, once, and opening again changes nothing", async () => {
    const id = await draftedWith(faulty);
    expect((await takeStep(id, "open", { accept_refused_rows: 4 })).body.status).toBe("open");
    expect((await takeStep(id, "open")).body.status).toBe("open");
    const { body } = await api<Entries>("GET", `/api/v1/decisions/${id}/events`);
    expect(body.entries.map(({ action, facts }) => [action, facts["refused_rows"]])).toEqual([
      ["decision.opened", 4],
    ]);
  });

  it("are gone with a roll of which every row is loaded, which opens by itself", async () => {
    const id = await draftedWith(faulty);
    await putRoll(id, "voter_id,region\nana,north\n");
    expect((await readRoll(id)).body.roll?.refused).toEqual({ rows: 0, reasons: [], problems: [] });
    const outdated = await takeStep(id, "open", { accept_refused_rows: 4 });
    expect(outdated.body.code).toBe("roll.refused_rows");
    expect((await takeStep(id, "open", { accept_refused_rows: 0 })).body.status).toBe("open");
  });

  it("keep a draft from being opened by its creation sent again", async () => {
    const draft = {
      slug: "sent-again",
      title: "T",
      electorate: "roll",
      regions: [{ code: "north" }],
    };
    const { body: created } = await createDecision(draft);
    await putRoll(created.id, "voter_id,region\nana,north\nben,west\n");
    const again = await createDecision({ ...draft, open: true });
    expect([again.status, again.body]).toMatchObject([409, { code: "roll.refused_rows" }]);
  });

  it("do not concern a draft whose electorate is open by now", async () => {
    const id = await draftedWith(faulty);
    await amendDecision(id, { electorate: "open" });
    expect((await takeStep(id, "open")).body.status).toBe("open");
    const { body } = await api<Entries>("GET", `/api/v1/decisions/${id}/events`);
    expect(body.entries[0]?.facts).not.toHaveProperty("refused_rows");
  });

  it("are listed up to a bound, and counted beyond it", async () => {
    const bad = limits.rollProblemsKeptMax + 5;
    const id = await draftedWith(`voter_id,region\neve,north\n${"x,west\n".repeat(bad)}`);
    const roll = (await readRoll(id)).body.roll;
    expect([roll?.refused.rows, roll?.refused.problems.length]).toEqual([
      bad,
      limits.rollProblemsKeptMax,
    ]);
    const log = await api<Entries>("GET", `/api/v1/decisions/${id}/audit-log`, { key: adminKey });
    const lines = String(log.body.entries.at(-1)?.facts["refused_lines"]).split(", ");
    expect(lines).toHaveLength(limits.rollProblemsAuditedMax);
  });
});
