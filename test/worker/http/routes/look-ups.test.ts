import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { adminKey, api, type ProblemBody, type ReceiptBody } from "../../../support/worker/api.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueKey } from "../../../support/worker/keys.ts";
import { roomOf } from "../../../support/worker/objects.ts";
import { openedWithRoll, type StandingBody } from "../../../support/worker/rolls.ts";
import { labelNonce } from "../../../support/label-nonce.ts";

const roll = "voter_id,region,weight\nana,north,3\nben,south,\n";

type LookUpBody = StandingBody & { has_voted: boolean | null } & ProblemBody;

function lookUp(id: string, token: string, key: string) {
  const path = `/api/v1/decisions/${id}/look-ups`;
  return api<LookUpBody>("POST", path, { key, body: { token } });
}

async function lookUpsOf(id: string): Promise<number> {
  const path = `/api/v1/decisions/${id}/events`;
  return (await api<{ look_ups: number }>("GET", path)).body.look_ups;
}

async function vote(id: string, token: string) {
  const more = { nonce: labelNonce(`a vote in ${id}`) };
  const answer = await cast<ReceiptBody>(id, token, "yes", undefined, more);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.r;
}

describe("a station's look-up", () => {
  it.each([1, 3])(
    "tells of whoever shows a token, and is counted in public, in %i shards",
    async (shards) => {
      const id = await openedWithRoll(roll, { visibility: "turnout", shards });
      const { key } = await issueKey("station", id);
      const [ana, ben, eve] = [
        await tokenFor(id, "ana"),
        await tokenFor(id, "ben"),
        await tokenFor(id, "eve"),
      ];
      await vote(id, ana);
      const [ofAna, ofBen, ofEve] = [
        await lookUp(id, ana, key),
        await lookUp(id, ben, key),
        await lookUp(id, eve, key),
      ];
      expect(ofAna.body).toEqual({ eligible: true, region: "north", weight: 3, has_voted: true });
      expect(ofBen.body).toEqual({ eligible: true, region: "south", weight: 1, has_voted: false });
      expect(ofEve.body).toMatchObject({ eligible: false, region: null, has_voted: false });
      expect(await lookUpsOf(id)).toBe(3);
      await evictDurableObject(roomOf(id));
      await lookUp(id, ana, key);
      expect(await lookUpsOf(id)).toBe(4);
      await takeStep(id, "close");
      const outcome = await api("GET", `/api/v1/decisions/${id}/outcome`);
      expect(outcome.body).toMatchObject({ final: true, look_ups: 4 });
    },
  );

  it("says that who has taken a vote back has voted: nobody is told of that", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const token = await tokenFor(id, "ana", { weight: 1 });
    const body = { decision_id: id, proof: await vote(id, token), nonce: labelNonce("back") };
    const gone = await api("POST", "/api/v1/voting/withdraw", { key: token, body });
    expect(gone.status).toBe(201);
    const found = await lookUp(id, token, adminKey);
    expect(found.body).toEqual({ eligible: true, region: "north", weight: 1, has_voted: true });
  });

  it("tells nothing of votes while a decision is sealed, and is counted all the same", async () => {
    const id = await openedWithRoll(roll, { visibility: "sealed" });
    const token = await tokenFor(id, "ana");
    const before = await lookUp(id, token, adminKey);
    expect(before.body).toMatchObject({ eligible: true, has_voted: null });
    await vote(id, token);
    expect((await lookUp(id, token, adminKey)).body).toEqual(before.body);
    expect(await lookUpsOf(id)).toBe(2);
  });

  it("wants a good token of the decision; what is refused tells nothing and is not counted", async () => {
    const id = await openedWithRoll(roll);
    const elsewhere = await tokenFor(await openedWithRoll(roll), "ana");
    for (const token of [elsewhere, "t.o.k", adminKey]) {
      const refused = await lookUp(id, token, adminKey);
      expect([refused.status, refused.body.code]).toEqual([422, "look_up.token_refused"]);
    }
    expect(await lookUpsOf(id)).toBe(0);
  });

  it("is for stations alone, and for none where they are excluded", async () => {
    const id = await openedDecision({ stations: "none" });
    const refused = await lookUp(id, await tokenFor(id, "ana"), adminKey);
    expect([refused.status, refused.body.code]).toEqual([403, "vote.stations_excluded"]);
  });

  it("ends with the voting, so that the outcome has all of them", async () => {
    const id = await openedWithRoll(roll);
    const token = await tokenFor(id, "ana");
    await takeStep(id, "close");
    const refused = await lookUp(id, token, adminKey);
    expect([refused.status, refused.body.code]).toEqual([409, "decision.closed"]);
    expect(await lookUpsOf(id)).toBe(0);
  });
});
