import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { appOf } from "../../../../workers/app.ts";
import { adminKey } from "../../../support/worker/api.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";

const [oldKey, newKey] = [`k1:${"C".repeat(43)}`, `k2:${"D".repeat(43)}`];

/** An isolate of the deployment with these keys: while a release is rolled out, isolates of both releases answer. */
function isolateWith(ballotKeys: string) {
  const app = appOf({ ...env, BALLOT_TOKEN_KEYS: ballotKeys });
  return async (path: string, key: string, body: object): Promise<Response> => {
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    return app.request(path, { method: "POST", headers, body: JSON.stringify(body) }, env);
  };
}

type Isolate = ReturnType<typeof isolateWith>;

async function tokenFrom(isolate: Isolate, decisionId: string, voter: string): Promise<string> {
  const voters = [{ voter_id: voter, region: "north" }];
  const answer = await isolate(`/api/v1/decisions/${decisionId}/tokens`, adminKey, { voters });
  const { tokens } = await answer.json<{ tokens: { token: string }[] }>();
  return tokens[0]?.token ?? "";
}

async function voteAt(isolate: Isolate, decisionId: string, token: string): Promise<number> {
  const body = { decision_id: decisionId, vote: "yes" };
  return (await isolate("/api/v1/voting/cast-vote", token, body)).status;
}

describe("keys of ballot tokens", () => {
  it("are exchanged in three releases without a vote that fails, whichever isolates issue and take it", async () => {
    const decisionId = await openedDecision();
    const releases = [oldKey, `${oldKey},${newKey}`, `${newKey},${oldKey}`].map(isolateWith);
    let voters = 0;
    for (const [index, release] of releases.entries()) {
      const next = releases[index + 1] ?? release;
      // Both releases answer at once: each issues, and each takes what the other has issued.
      for (const [issuing, taking] of [
        [release, release],
        [release, next],
        [next, release],
        [next, next],
      ] as const) {
        voters += 1;
        const token = await tokenFrom(issuing, decisionId, `voter-${voters}`);
        expect(await voteAt(taking, decisionId, token)).toBe(201);
      }
    }
    expect(voters).toBe(12);
  });

  it("that were dropped verify nothing any more", async () => {
    const decisionId = await openedDecision();
    const token = await tokenFrom(isolateWith(oldKey), decisionId, "ana");
    expect(await voteAt(isolateWith(newKey), decisionId, token)).toBe(401);
  });

  it("that sign before every isolate knows them fail votes, so the new one first comes second", async () => {
    const decisionId = await openedDecision();
    const token = await tokenFrom(isolateWith(`${newKey},${oldKey}`), decisionId, "ana");
    expect(await voteAt(isolateWith(oldKey), decisionId, token)).toBe(401);
  });
});
