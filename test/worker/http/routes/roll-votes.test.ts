import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { adminKey, api } from "../../../support/worker/api.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { issueKey } from "../../../support/worker/keys.ts";
import { reportToRoom, roomOf } from "../../../support/worker/objects.ts";
import { certified, publishedRows } from "../../../support/worker/published.ts";
import {
  draftWithRoll,
  openedWithRoll,
  putRoll,
  type StandingBody,
} from "../../../support/worker/rolls.ts";

const roll = "voter_id,region,weight\nana,north,3\nben,south,\ncleo,north,1000000000000\n";

function eligibilityOf(decisionId: string, token: string) {
  return api<StandingBody & { electorate: string; code?: string }>(
    "GET",
    `/api/v1/decisions/${decisionId}/eligibility`,
    { key: token },
  );
}

function lookUp(decisionId: string, voterIds: string[], key = adminKey) {
  return api<{ voters: ({ voter_id: string } & StandingBody)[]; code?: string }>(
    "POST",
    `/api/v1/decisions/${decisionId}/eligibility`,
    { key, body: { voter_ids: voterIds } },
  );
}

function resultsOf(decisionId: string, region = "") {
  const path = region === "" ? "results" : `results/${region}`;
  return api("GET", `/api/v1/decisions/${decisionId}/${path}`, { afresh: true });
}

describe("a vote in a decision with a roll", () => {
  it("counts by the roll's region and weight, whatever the token says", async () => {
    const id = await openedWithRoll(roll);
    const token = await tokenFor(id, "ana", { region: "south", weight: 1 });
    expect((await cast(id, token, "yes")).status).toBe(201);
    await reportToRoom(id);
    const { body } = await resultsOf(id, "north");
    expect(body).toMatchObject({ total: { yes: { ballots: 1, weight: "3" } } });
  });

  it("counts by the roll whatever a station says, and a station may leave both out", async () => {
    const id = await openedWithRoll(roll);
    const { body } = await castBatch(id, [
      { voter_id: "ana", vote: "yes" },
      { voter_id: "ben", vote: "no", region: "atlantis", weight: 77 },
      { voter_id: "eve", vote: "no", region: "north", weight: 1 },
    ]);
    expect(body).toMatchObject({ accepted: 2, refused: 1 });
    expect(body.results[2]).toMatchObject({ status: "refused", code: "vote.not_on_roll" });
    await reportToRoom(id);
    expect((await resultsOf(id)).body).toMatchObject({
      total: { yes: { ballots: 1, weight: "3" }, no: { ballots: 1, weight: "1" } },
    });
  });

  it("is refused with 403 vote.not_on_roll for whoever is not on it, and nothing is counted", async () => {
    const id = await openedWithRoll(roll);
    const answer = await cast<{ code: string }>(id, await tokenFor(id, "eve"), "yes");
    expect([answer.status, answer.body.code]).toEqual([403, "vote.not_on_roll"]);
    await reportToRoom(id);
    expect((await resultsOf(id)).body).toMatchObject({ total: { ballots: 0 } });
  });

  it("is decided by the same roll after an eviction", async () => {
    const id = await openedWithRoll(roll);
    await evictDurableObject(roomOf(id));
    const { body } = await castBatch(id, [
      { voter_id: "cleo", vote: "abstain" },
      { voter_id: "eve", vote: "yes" },
    ]);
    expect(body.results).toMatchObject([{ status: "accepted" }, { code: "vote.not_on_roll" }]);
  });
});

describe("turnout", () => {
  it("is given against the roll, whole and by region, in exact integers", async () => {
    const id = await openedWithRoll(roll);
    await castBatch(id, [
      { voter_id: "ana", vote: "yes" },
      { voter_id: "cleo", vote: "abstain" },
    ]);
    await reportToRoom(id);
    const { body } = await resultsOf(id);
    expect(body).toMatchObject({
      electorate: { voters: 3, weight: "1000000000004" },
      turnout: { voters: 2, weight: "1000000000003" },
      regions: [
        {
          region: "north",
          electorate: { voters: 2, weight: "1000000000003" },
          turnout: { voters: 2, weight: "1000000000003" },
        },
        {
          region: "south",
          electorate: { voters: 1, weight: "1" },
          turnout: { voters: 0, weight: "0" },
        },
      ],
    });
    expect((await resultsOf(id, "south")).body).toMatchObject({
      electorate: { voters: 1, weight: "1" },
      turnout: { voters: 0, weight: "0" },
    });
  });

  it("counts a voter who has changed the vote once", async () => {
    const id = await openedWithRoll(roll, { revote_policy: "revisable" });
    for (const vote of ["yes", "no"]) await castBatch(id, [{ voter_id: "ana", vote }]);
    await takeStep(id, "close");
    expect((await resultsOf(id)).body).toMatchObject({
      final: true,
      turnout: { voters: 1, weight: "3" },
    });
  });
});

describe("am I eligible", () => {
  it("is answered before the window from the roll in force, and never shows a choice", async () => {
    const id = await draftWithRoll(roll, { opens_at: "2099-01-01T00:00:00Z" });
    const token = await tokenFor(id, "ana");
    expect((await eligibilityOf(id, token)).status).toBe(404);
    await takeStep(id, "open");
    const { status, body } = await eligibilityOf(id, token);
    expect(status).toBe(200);
    expect(body).toEqual({
      decision_id: id,
      electorate: "roll",
      eligible: true,
      region: "north",
      weight: 3,
    });
    const stranger = await eligibilityOf(id, await tokenFor(id, "eve"));
    expect(stranger.body).toMatchObject({ eligible: false, region: null, weight: null });
  });

  it.each(["live", "turnout", "sealed"])(
    "is answered alike before and after a vote, to a voter and of one, under %s",
    async (visibility) => {
      const id = await openedWithRoll(roll, { visibility, shards: 3 });
      const tokens = [await tokenFor(id, "ana"), await tokenFor(id, "ben")];
      const answers = async () => [
        ...(await Promise.all(tokens.map(async (token) => (await eligibilityOf(id, token)).body))),
        (await lookUp(id, ["ana", "ben"])).body,
      ];
      const before = await answers();
      expect((await cast(id, await tokenFor(id, "ana"), "no", "own")).status).toBe(201);
      expect(await answers()).toEqual(before);
      await takeStep(id, "close");
      expect(await answers()).toEqual(before);
    },
  );

  it("is what the token says in an open electorate", async () => {
    const id = await openedDecision({ weight_max: 5 });
    const { body } = await eligibilityOf(id, await tokenFor(id, "ana", { weight: 5 }));
    expect(body).toMatchObject({ electorate: "open", eligible: true, region: "north", weight: 5 });
  });

  it("has no answer before the first import, nor for the token of another decision", async () => {
    const early = await lookUp(await draftDecision({ electorate: "roll" }), ["ana"]);
    expect([early.status, early.body.code]).toEqual([409, "roll.missing"]);
    const id = await openedWithRoll(roll);
    const other = await eligibilityOf(id, await tokenFor(await openedDecision(), "ana"));
    expect([other.status, other.body.code]).toEqual([403, "token.wrong_decision"]);
  });

  it("is looked up for many by a station, in their order", async () => {
    const id = await openedWithRoll(roll, { shards: 4 });
    await castBatch(id, [{ voter_id: "ben", vote: "yes" }]);
    const { key } = await issueKey("station", id);
    const { body } = await lookUp(id, ["eve", "ben", "ana", "ben"], key);
    const ben = { voter_id: "ben", eligible: true, region: "south", weight: 1 };
    expect(body.voters).toEqual([
      { voter_id: "eve", eligible: false, region: null, weight: null },
      ben,
      { voter_id: "ana", eligible: true, region: "north", weight: 3 },
      ben,
    ]);
    const open = await lookUp(await openedDecision(), ["ana"]);
    expect([open.status, open.body.code]).toEqual([409, "roll.open_electorate"]);
  });
});

describe("a roll call of a roll with names", () => {
  const names = 'voter_id,region,name\nana,north,"Ilić, Ana"\nben,south,\ndan,south,Dan\n';

  it("publishes each vote beside the roll's name, whatever a station calls the voter", async () => {
    const id = await openedWithRoll(names, { disclosure: "roll_call" });
    const token = await tokenFor(id, "ana");
    const { status } = await api("POST", "/api/v1/voting/cast-vote", {
      key: token,
      body: { decision_id: id, vote: "yes", statement: "It floods." },
    });
    expect(status).toBe(201);
    await castBatch(id, [
      { voter_id: "ben", vote: "no", name: "Ben" },
      { voter_id: "dan", vote: "no", name: "Somebody" },
    ]);
    await takeStep(id, "close");
    const rows = await publishedRows(await certified(id), "votes");
    const said = rows.map(({ name, statement, choice }) => [name, statement, choice]);
    expect(said).toHaveLength(3);
    expect(said).toContainEqual(["Ilić, Ana", "It floods.", "yes"]);
    expect(said).toContainEqual(["Ben", null, "no"]);
    expect(said).toContainEqual(["Dan", null, "no"]);
  });

  it("shows auditors the name beside the pid, as the roll's hash has it", async () => {
    const id = await openedWithRoll(names, { disclosure: "roll_call" });
    const path = `/api/v1/decisions/${id}/audit/shards/0/roll`;
    const { body } = await api<{ voters: { name?: string }[] }>("GET", path, { key: adminKey });
    const named = body.voters.map(({ name }) => name ?? "nobody");
    expect(new Set(named)).toEqual(new Set(["Dan", "Ilić, Ana", "nobody"]));
  });

  it("is refused elsewhere, and fits the draft no more once it publishes no names", async () => {
    const other = await draftDecision({ electorate: "roll", disclosure: "pseudonymous" });
    const refused = await putRoll<{ code: string }>(other, names);
    expect([refused.status, refused.body.code]).toEqual([422, "vote.statement_not_published"]);

    const id = await draftWithRoll(names, { disclosure: "roll_call" });
    const change = { key: adminKey, body: { disclosure: "pseudonymous" } };
    expect((await api("PATCH", `/api/v1/decisions/${id}`, change)).status).toBe(200);
    const opened = await api<{ code: string }>("POST", `/api/v1/decisions/${id}/open`, {
      key: adminKey,
    });
    expect([opened.status, opened.body.code]).toEqual([409, "roll.outdated"]);
  });
});
