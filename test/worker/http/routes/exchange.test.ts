import { describe, expect, it } from "vitest";
import { expectLogged } from "../../../support/error-lines.ts";
import { adminKey, api, send } from "../../../support/worker/api.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";
import { assembleToken, signToken } from "../../../support/worker/tokens.ts";

/** What vitest.config.ts names; nobody answers where its keys should be. */
const issuer = "https://login.example";
const login = assembleToken({ alg: "ES256", kid: "first" }, { sub: "ana" }, "AAAA");
const exchangePath = (id: string) => `/api/v1/decisions/${id}/tokens/exchange`;

describe("the exchange of a login", () => {
  it("is refused where the decision names no issuer", async () => {
    const id = await openedDecision();
    await refused("POST", exchangePath(id), { key: login }, 409, "login.not_offered");
    await refused("POST", exchangePath("nowhere"), { key: login }, 404, "decision.not_found");
  });

  it("takes neither API keys nor ballot tokens for logins", async () => {
    const id = await openedDecision({ login: { issuer } });
    for (const key of [adminKey, await signToken(id)]) {
      await refused("POST", exchangePath(id), { key }, 403, "role.forbidden");
    }
  });

  it("says when to come again while the issuer is silent, and gives no token", async () => {
    const id = await openedDecision({ login: { issuer } });
    const response = await send("POST", exchangePath(id), { key: login, afresh: true });
    expect(response.headers.get("retry-after")).toBe("5");
    await expectProblem(response, 503, "login.unavailable");
    await expectLogged("login.keys_unavailable");
  });
});

describe("the issuer of a decision", () => {
  const unknown = { issuer: "https://login.example/" };

  it("is one that the deployment trusts, to the letter, when it is drafted and when it is changed", async () => {
    const body = { title: "Protect the wetland", login: unknown };
    const ask = { key: adminKey, body };
    await refused("POST", "/api/v1/decisions", ask, 422, "login.unknown_issuer");
    const path = `/api/v1/decisions/${await draftDecision()}`;
    await refused("PATCH", path, { key: adminKey, body }, 422, "login.unknown_issuer");
    expect((await api("GET", path, { key: adminKey })).body).toMatchObject({ login: null });
  });

  it("is shown, frozen with the manifest, and its choice is recorded", async () => {
    const id = await draftDecision();
    const path = `/api/v1/decisions/${id}`;
    const chosen = { issuer, voter_claim: "member", region_claim: "basin" };
    const amended = await api("PATCH", path, { key: adminKey, body: { login: chosen } });
    expect(amended.body).toMatchObject({ login: chosen });
    await api("POST", `${path}/open`, { key: adminKey });
    const ask = { key: adminKey, body: { login: null } };
    await refused("PATCH", path, ask, 409, "decision.not_draft");
    const { body } = await api<{ entries: { action: string; facts: object }[] }>(
      "GET",
      `${path}/audit-log`,
      {
        key: adminKey,
      },
    );
    expect(body.entries[1]).toMatchObject({
      action: "decision.amended",
      facts: { members: "login" },
    });
  });
});
