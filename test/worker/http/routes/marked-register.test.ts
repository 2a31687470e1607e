import { describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, api, send, type ReceiptBody } from "../../../support/worker/api.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import {
  cast,
  draftDecision,
  openedDecision,
  tokenFor,
} from "../../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey } from "../../../support/worker/keys.ts";
import { expectProblem } from "../../../support/worker/problems.ts";
import { openedWithRoll } from "../../../support/worker/rolls.ts";
import { certifyNow, drainNow } from "../../../support/worker/whole-life.ts";
import { labelNonce } from "../../../support/label-nonce.ts";

const roll =
  'voter_id,region,weight\nana,north,3\n=ben,south,\ncleo,north,1\n"dee, junior",south,1\n';

function mark(id: string, text: string, key = adminKey, type = "text/csv") {
  const path = `/api/v1/decisions/${id}/marked-register`;
  return send("POST", path, { key, text, headers: { "content-type": type } });
}

async function partsOf(id: string) {
  type Events = {
    entries: { action: string; facts: { voters: number }; actor: { role: string } }[];
  };
  const { body } = await api<Events>("GET", `/api/v1/decisions/${id}/events`);
  return body.entries
    .filter(({ action }) => action === "roll.marked")
    .map(({ facts, actor }) => [actor.role, facts.voters]);
}

/** Ana and =ben vote, and ana takes her vote back. */
async function voted(shards: number): Promise<string> {
  const id = await openedWithRoll(roll, { shards, revote_policy: "revisable" });
  const token = await tokenFor(id, "ana");
  const nonce = labelNonce("ana's vote");
  const { body } = await cast<ReceiptBody>(id, token, "yes", undefined, { nonce });
  const taken = { decision_id: id, proof: body.r, nonce: labelNonce("ana takes it back") };
  const back = await api("POST", "/api/v1/voting/withdraw", { key: token, body: taken });
  expect(back.status).toBe(201);
  expect((await castBatch(id, [{ voter_id: "=ben", vote: "no" }])).body.accepted).toBe(1);
  return id;
}

describe("a marked register", () => {
  it.each([1, 3])(
    "says in the order of the rows who has voted, in %i shards, and is recorded in public",
    async (shards) => {
      const id = await voted(shards);
      await takeStep(id, "close");
      const { key } = await issueKey("auditor", id);
      const answer = await mark(id, roll, key);
      expect([
        answer.status,
        answer.headers.get("content-type"),
        answer.headers.get("cache-control"),
      ]).toEqual([200, "text/csv; charset=utf-8", "no-store"]);
      // What a spreadsheet would take for a formula is marked as in every other list.
      expect(await answer.text()).toBe(
        'voter_id,voted\r\nana,yes\r\n\'=ben,yes\r\ncleo,no\r\n"dee, junior",no\r\n',
      );
      const again = await mark(id, "\uFEFFname,voter_id\r\nX,  ANA \r\n\r\nY,eve");
      expect(await again.text()).toBe("voter_id,voted\r\n  ANA ,yes\r\neve,no\r\n");
      expect(await partsOf(id)).toEqual([
        ["auditor", 4],
        ["admin", 2],
      ]);
    },
  );

  it("has as many marked as the certified outcome has counted and withdrawn", async () => {
    const id = await voted(2);
    await drainNow({ id, shards: 2 });
    await takeStep(id, "close");
    expect(await certifyNow(id)).toBe("certified");
    type Published = { publication: { counted: { size: number }; standing_withdrawals: number } };
    const { body } = await api<Published>("GET", `/api/v1/decisions/${id}/outcome`);
    const { counted, standing_withdrawals: withdrawn } = body.publication;
    expect([counted.size, withdrawn]).toEqual([1, 1]);
    const text = await (await mark(id, roll)).text();
    expect(text.match(/,yes\r\n/g)).toHaveLength(counted.size + withdrawn);
  });

  it("is refused until voting is over, and of what was cancelled, and nothing is recorded", async () => {
    const id = await voted(1);
    await expectProblem(await mark(id, roll), 409, "register.not_ready");
    await takeStep(id, "cancel");
    await expectProblem(await mark(id, roll), 409, "register.not_ready");
    expect(await partsOf(id)).toEqual([]);
    const draft = await draftDecision();
    await expectProblem(await mark(draft, roll), 409, "register.not_ready");
  });

  it("is its organiser's, not another's", async () => {
    const { key } = await issueOrganiserKey("register-own");
    const other = await issueOrganiserKey("register-other");
    const id = await draftDecision({}, key);
    await takeStep(id, "open");
    await takeStep(id, "close");
    expect(await (await mark(id, "voter_id\nana\n", key)).text()).toContain("ana,no");
    await expectProblem(await mark(id, "voter_id\nana\n", other.key), 403, "role.forbidden");
    expect(await partsOf(id)).toEqual([["organiser", 1]]);
  });

  it("takes CSV with the column, whole rows, good voter_ids, and no more than a part's rows", async () => {
    const id = await openedDecision();
    await takeStep(id, "close");
    const refused = async (text: string, status: number, code: string, type?: string) =>
      expectProblem(await mark(id, text, adminKey, type), status, code);
    await refused("{}", 415, "body.unsupported_type", "application/json");
    await refused("name\nana\n", 400, "roll.missing_column");
    await refused("", 400, "roll.missing_column");
    await refused("voter_id,name\nana\n", 400, "register.bad_line");
    await refused('voter_id\n"ana\n', 400, "register.bad_line");
    await refused("voter_id\nan\uFFFDa\n", 400, "roll.unknown_encoding");
    await refused("voter_id\nana\n\u0007\n", 400, "voter.invalid_id");
    const rows = (count: number) => `voter_id\n${"ana\n".repeat(count)}`;
    await refused(rows(limits.registerVotersMax + 1), 413, "register.too_many_rows");
    expect(await partsOf(id)).toEqual([]);
    expect((await mark(id, rows(limits.registerVotersMax))).status).toBe(200);
    expect(await (await mark(id, "voter_id\n")).text()).toBe("voter_id,voted\r\n");
  });
});
