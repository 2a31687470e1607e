import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { idsFound } from "../../../support/search/find.ts";
import { titled } from "../../../support/search/samples.ts";
import { adminKey } from "../../../support/worker/api.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { refused } from "../../../support/worker/problems.ts";
import { ownWord, reindex, reindexAll, sendTo, theIndex } from "../../../support/worker/search.ts";
import { refusingSearch } from "../../../../src/search/refusing.ts";
import { reindexOf } from "../../../../src/platform/adapters/reindex.ts";

const path = "/api/v1/search/reindex";
describe("a reindex", () => {
  const word = ownWord();
  let opened: string;
  let draft: string;

  beforeAll(async () => {
    opened = await openedDecision({ title: `Protect ${word}` });
    draft = await draftDecision({ title: `Draft of ${word}` });
  });

  it("leaves what the record has, in place of what it has not", async () => {
    await theIndex().indexDecisions([titled("nowhere", `Made up ${word}`)]);
    expect(await idsFound(theIndex(), word)).toContain("nowhere");
    await reindexAll();
    expect(await idsFound(theIndex(), word)).toEqual([opened]);
  });

  it("of one decision brings it alone into the index that there is", async () => {
    await theIndex().indexDecisions([titled("kept", `Kept ${word}`)]);
    await env.SEARCH_DB.prepare("DELETE FROM search_decisions WHERE id = ?").bind(opened).run();
    const { body } = await reindex({ decision_id: opened });
    expect(body).toEqual({ done: true, decisions: 1, ballots: 0, refused: [], next: null });
    expect(await idsFound(theIndex(), word)).toEqual([opened, "kept"].toSorted());
    expect((await reindex({ decision_id: draft })).body.decisions).toBe(0);
  });

  it("is refused where a portion belongs to none that is under way", async () => {
    const { body } = await reindex({});
    await reindexAll();
    const ask = { key: adminKey, body: { after: body.next } };
    await refused("POST", path, ask, 409, "search.reindex_not_begun");
  });

  it("is refused of a decision that is not there, and from a cursor that is none", async () => {
    const of = (body: object) => ({ key: adminKey, body });
    await refused("POST", path, of({ decision_id: "nobody" }), 404, "decision.not_found");
    for (const after of ["e30", "no cursor"])
      await refused("POST", path, of({ after }), 400, "body.invalid");
  });

  it("says where there is no search, and where the index is away", async () => {
    const ask = async (replaced: Parameters<typeof sendTo>[0]) => {
      const answer = await sendTo(replaced, path, {
        method: "POST",
        headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json" },
        body: "{}",
      });
      return [answer.status, (await answer.json<{ code: string }>()).code];
    };
    expect(await ask({ searchReindex: null })).toEqual([404, "search.off"]);
    const away = reindexOf(env, refusingSearch("away"));
    expect(await ask({ searchReindex: away })).toEqual([503, "search.unavailable"]);
    await expectLogged("http.failed");
  });
});
