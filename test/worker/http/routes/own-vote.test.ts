import { describe, expect, it } from "vitest";
import { api, type ProblemBody, type ReceiptBody } from "../../../support/worker/api.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { draftWithRoll } from "../../../support/worker/rolls.ts";
import { labelNonce } from "../../../support/label-nonce.ts";

function ask(id: string, token: string, r: string) {
  const path = `/api/v1/decisions/${id}/votes/mine`;
  return api<{ counted: boolean } & ProblemBody>("POST", path, { key: token, body: { r } });
}

async function castBy(id: string, token: string, vote: string, proof?: string) {
  const nonce = labelNonce(`${id} ${vote}`);
  const more = proof === undefined ? { nonce } : { nonce, proof };
  const answer = await cast<ReceiptBody>(id, token, vote, undefined, more);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.r;
}

const nobodysR = labelNonce("nobody's r");

describe("is my vote counted?", () => {
  it.each(["live", "turnout", "sealed"])(
    "is yes for the r of the newest vote under %s, during and after the window",
    async (visibility) => {
      const id = await openedDecision({ visibility, shards: 3, disclosure: "pseudonymous" });
      const token = await tokenFor(id, "ana");
      const r = await castBy(id, token, "yes");
      expect((await ask(id, token, r)).body).toEqual({ counted: true });
      await takeStep(id, "close");
      expect((await ask(id, token, r)).body).toEqual({ counted: true });
    },
  );

  it("is answered with the same bytes without a ballot, without its r, and for a replaced one", async () => {
    const id = await openedDecision({ revote_policy: "revisable" });
    const [ana, ben, cleo] = [
      await tokenFor(id, "ana"),
      await tokenFor(id, "ben"),
      await tokenFor(id, "cleo"),
    ];
    const first = await castBy(id, ana, "yes");
    const second = await castBy(id, ana, "no", first);
    const bens = await castBy(id, ben, "yes");
    const noes = await Promise.all([
      ask(id, ana, first),
      ask(id, ana, bens),
      ask(id, ana, nobodysR),
      ask(id, cleo, nobodysR),
      ask(id, cleo, second),
    ]);
    const seen = noes.map(({ status, body, headers }) => [status, body, [...headers]]);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(noes[0].body).toEqual({ counted: false });
    expect((await ask(id, ana, second)).body).toEqual({ counted: true });
  });

  it("is no after the vote was taken back, and after a station has overridden it", async () => {
    const id = await openedDecision({ revote_policy: "revisable", stations: "overrides" });
    const [ana, ben] = [await tokenFor(id, "ana"), await tokenFor(id, "ben")];
    const [anas, bens] = [await castBy(id, ana, "yes"), await castBy(id, ben, "yes")];
    const withdrawn = await api<ReceiptBody>("POST", "/api/v1/voting/withdraw", {
      key: ana,
      body: { decision_id: id, proof: anas, nonce: labelNonce("taken back") },
    });
    expect(withdrawn.status).toBe(201);
    expect((await ask(id, ana, anas)).body).toEqual({ counted: false });
    expect((await ask(id, ana, withdrawn.body.r)).body).toEqual({ counted: false });
    const overridden = await castBatch(id, [{ voter_id: "ben", vote: "no", region: "north" }]);
    expect(overridden.body).toMatchObject({ accepted: 1 });
    expect((await ask(id, ben, bens)).body).toEqual({ counted: false });
  });

  it("takes a token of this decision, of the keys in force, once it is open", async () => {
    const id = await openedDecision();
    const elsewhere = await tokenFor(await openedDecision(), "ana");
    const other = await ask(id, elsewhere, nobodysR);
    expect([other.status, other.body.code]).toEqual([403, "token.wrong_decision"]);
    const key = await api<ProblemBody>("POST", `/api/v1/decisions/${id}/votes/mine`, {
      body: { r: nobodysR },
    });
    expect([key.status, key.body.code]).toEqual([401, "credential.missing"]);
    const malformed = await ask(id, await tokenFor(id, "ana"), "abc");
    expect(malformed.status).toBe(400);
    const draft = await draftWithRoll("voter_id,region,weight\nana,north,1\n");
    const early = await ask(draft, await tokenFor(draft, "ana"), nobodysR);
    expect([early.status, early.body.code]).toEqual([404, "decision.not_found"]);
    const none = await draftDecision();
    expect((await ask(none, elsewhere, nobodysR)).status).toBe(404);
  });
});
