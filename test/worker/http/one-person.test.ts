import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { adminKey, api } from "../../support/worker/api.ts";
import { castBatch } from "../../support/worker/batches.ts";
import { amendDecision } from "../../support/worker/decision-calls.ts";
import { cast, draftDecision, openedDecision, tokenFor } from "../../support/worker/decisions.ts";
import { expectProblem, refused } from "../../support/worker/problems.ts";
import { recordOf } from "../../support/worker/record.ts";
import {
  draftWithRoll,
  openedWithRoll,
  putRoll,
  rollPath,
  sendRoll,
  type StandingBody,
} from "../../support/worker/rolls.ts";

/** One person's name as twelve people might write it. */
const spellings = [
  "Zoë Ana",
  "zoë ana",
  "ZOË ANA",
  "Zoe\u0308 Ana",
  "ZOE\u0308 ANA",
  " Zoë Ana",
  "Zoë Ana ",
  "Zoë  Ana",
  "Zoë\u00A0Ana",
  "Zoë\u3000Ana",
  "Ｚoë Ana",
  "Ｚｏｅ\u0308 Ａｎａ",
];
const hidden = ["Zoë\u200B Ana", "\uFEFFZoë Ana", "Zoë A\u200Dna", "Zoë\u00AD Ana", "Zoë\tAna"];
const [name = ""] = spellings;

const vote = (voter_id: string) => ({ voter_id, vote: "yes", region: "north" });

async function votersOf(id: string): Promise<number> {
  return new Set((await recordOf(id)).map(({ pid }) => pid)).size;
}

function lookUp(id: string, voter_ids: readonly string[]) {
  const path = `/api/v1/decisions/${id}/eligibility`;
  return api<{ voters: ({ voter_id: string } & StandingBody)[] }>("POST", path, {
    key: adminKey,
    body: { voter_ids },
  });
}

describe("one person in twelve spellings", () => {
  it("is one voter to a station, whether the spellings come together or one by one", async () => {
    const together = await openedDecision({ revote_policy: "revisable" });
    const { body } = await castBatch(together, spellings.map(vote));
    expect(body.accepted + body.repeated).toBe(spellings.length);
    expect(await votersOf(together)).toBe(1);

    const oneByOne = await openedDecision();
    for (const spelling of spellings) await castBatch(oneByOne, [vote(spelling)]);
    expect(await votersOf(oneByOne)).toBe(1);
  });

  it("is one voter with twelve tokens, and the one that a station has seen", async () => {
    const id = await openedDecision();
    expect((await castBatch(id, [vote(name)])).body.accepted).toBe(1);
    for (const spelling of spellings) await cast(id, await tokenFor(id, spelling), "yes");
    expect(await votersOf(id)).toBe(1);
    expect(await recordOf(id)).toHaveLength(1);
  });

  it("is on the roll in each of them, is looked up as it was asked for, and votes once", async () => {
    const id = await openedWithRoll(
      `voter_id,region,weight\n${spellings[3]},north,3\nben,south,1\n`,
    );
    expect((await castBatch(id, [{ voter_id: name, vote: "no" }])).body.accepted).toBe(1);
    const { body } = await lookUp(id, spellings);
    expect(body.voters).toEqual(
      spellings.map((voter_id) => ({
        voter_id,
        eligible: true,
        region: "north",
        weight: 3,
      })),
    );
    for (const spelling of spellings) await castBatch(id, [{ voter_id: spelling, vote: "no" }]);
    expect(await votersOf(id)).toBe(1);
  });
});

describe("a voter_id with what cannot be seen", () => {
  it("is refused with its place on every path, and nothing is done of what stood beside it", async () => {
    const id = await openedDecision();
    const rolled = await openedWithRoll("voter_id,region\nana,north\n");
    const path = `/api/v1/decisions/${id}`;
    for (const odd of [...hidden, "   "]) {
      const asks = [
        [`${path}/votes/batch`, { votes: [vote("ben"), vote(odd)] }, "/votes/1/voter_id"],
        [
          `${path}/tokens`,
          {
            voters: [
              { voter_id: "ben", region: "north" },
              { voter_id: odd, region: "north" },
            ],
          },
          "/voters/1/voter_id",
        ],
        [`/api/v1/decisions/${rolled}/eligibility`, { voter_ids: ["ana", odd] }, "/voter_ids/1"],
      ] as const;
      for (const [to, body, pointer] of asks) {
        const ask = { key: adminKey, body };
        const { errors } = await refused("POST", to, ask, 400, "voter.invalid_id");
        expect(errors).toMatchObject([{ pointer }]);
        expect(errors?.[0]?.detail).not.toContain("Ana");
      }
    }
    expect(await votersOf(id)).toBe(0);
  });

  it("refuses its row of a roll alone, by line and reason", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const rows = hidden.map((odd) => `${odd},north\n`).join("");
    const { body } = await putRoll(id, `voter_id,region\nben,north\n${rows}`);
    expect(body).toMatchObject({ loaded: 1, refused: hidden.length });
    expect(new Set(body.problems.map(({ code }) => code))).toEqual(
      new Set(["voter_id.forbidden_character"]),
    );
  });
});

describe("a roll that names a voter twice", () => {
  const csv = "voter_id,region\nana,north\nben,south\nANA,south\nＢen ,north\nana,south\n";
  const twins = [
    { line: 4, first_line: 2 },
    { line: 5, first_line: 3 },
    { line: 6, first_line: 2 },
  ];

  it("is refused as a whole with both lines of each, and the roll in force stays", async () => {
    const id = await draftWithRoll("voter_id,region\ncleo,north\n");
    const problem = await expectProblem(await sendRoll(id, csv), 422, "roll.twins");
    expect(problem).toMatchObject({ twins });
    expect(problem.detail).toContain("line 4 the voter of line 2");
    const { body } = await api("GET", rollPath(id), { key: adminKey });
    expect(body).toMatchObject({ roll: { import: 1, voters: 1 } });
  });

  it("is told how many rows there are of a voter beyond those that are listed", async () => {
    const id = await draftDecision({ electorate: "roll" });
    const again = limits.rollProblemsMax + 5;
    const rows = `voter_id,region\nana,north\n${"Ana,north\n".repeat(again)}`;
    const problem = await expectProblem(await sendRoll(id, rows), 422, "roll.twins");
    expect(problem.twins).toHaveLength(limits.rollProblemsMax);
    expect(problem.detail).toContain(`earlier row: ${again}; line 3 the voter of line 2, `);
    expect(problem.detail).toContain("line 7 the voter of line 2, …");
    expect(problem.detail).not.toContain("line 8");
  });

  it("is loaded with the first row of each where the organiser says so", async () => {
    const id = await draftDecision({ electorate: "roll", shards: 3 });
    const { body } = await putRoll(id, csv, { twins: "first" });
    expect(body).toMatchObject({ rows: 5, loaded: 2, refused: 3, twins });
    const voters = body.roll.regions.map(({ region, voters: count }) => `${count} in ${region}`);
    expect(voters.toSorted()).toEqual(["1 in north", "1 in south"]);
  });

  it("is what its voters' case makes of it, where case is preserved", async () => {
    const id = await draftDecision({ electorate: "roll", voter_ids: "case_preserved" });
    const { body } = await putRoll(id, "voter_id,region\nana,north\nAna,south\n");
    expect(body).toMatchObject({ loaded: 2, twins: [] });
    await api("POST", `/api/v1/decisions/${id}/open`, { key: adminKey });
    const { results } = (
      await castBatch(
        id,
        ["ana", "Ana", "ANA"].map((voter_id) => ({ voter_id, vote: "yes" })),
      )
    ).body;
    expect(results.map(({ status }) => status)).toEqual(["accepted", "accepted", "refused"]);
    const manifest = await api("GET", `/api/v1/decisions/${id}/manifest`);
    expect(manifest.body).toMatchObject({ voterIds: "case_preserved", voterIdRules: 1 });
  });
});

describe("the form of a decision's voter_ids", () => {
  it("is mapped in an open electorate, whatever its draft says", async () => {
    const id = await openedDecision({ voter_ids: "case_preserved" });
    const path = `/api/v1/decisions/${id}`;
    expect((await api("GET", path)).body).toMatchObject({ voter_ids: "case_mapped" });
    expect((await api("GET", `${path}/manifest`)).body).toMatchObject({ voterIds: "case_mapped" });
    await castBatch(id, ["ana", "Ana"].map(vote));
    expect(await votersOf(id)).toBe(1);
  });

  it("cannot be changed under a roll: it is imported again", async () => {
    const id = await draftWithRoll("voter_id,region\nana,north\n");
    await amendDecision(id, { voter_ids: "case_preserved" });
    const open = `/api/v1/decisions/${id}/open`;
    await refused("POST", open, { key: adminKey }, 409, "roll.outdated");
    await putRoll(id, "voter_id,region\nana,north\nAna,north\n");
    expect((await api("POST", open, { key: adminKey })).status).toBe(200);
  });
});
