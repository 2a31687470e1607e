import { describe, expect, it } from "vitest";
import { adminKey, api } from "../../../support/worker/api.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { issueOrganiserKey } from "../../../support/worker/keys.ts";
import { refused } from "../../../support/worker/problems.ts";

const keysPath = "/api/v1/api-keys";

describe("an organiser", () => {
  it("takes a decision of its own from draft to close, and touches nobody else's", async () => {
    const { key } = await issueOrganiserKey("owners-own");
    const mine = await draftDecision({}, key);
    for (const step of ["open", "close"]) {
      expect((await api("POST", `/api/v1/decisions/${mine}/${step}`, { key })).status).toBe(200);
    }
    const theirKey = (await issueOrganiserKey("owners-other")).key;
    const theirs = await draftDecision({}, theirKey);
    const admins = await draftDecision();
    const refuse = async (id: string, status: number, code: string) => {
      const path = `/api/v1/decisions/${id}`;
      await refused("POST", `${path}/open`, { key }, status, code);
      await refused("GET", `${path}/audit-log`, { key }, status, code);
    };
    for (const id of [theirs, admins]) {
      await refuse(id, 404, "decision.not_found");
      await api("POST", `/api/v1/decisions/${id}/open`, { key: adminKey });
      await refuse(id, 403, "role.forbidden");
    }
  });

  it("keeps its decisions when its key is replaced: both keys work, then the new one alone", async () => {
    const old = await issueOrganiserKey("rotating");
    const id = await draftDecision({}, old.key);
    const path = `/api/v1/decisions/${id}`;
    const replaced = await issueOrganiserKey("rotating");
    for (const [index, { key }] of [old, replaced].entries()) {
      const answer = await api("PATCH", path, { key, body: { title: `Title ${index}` } });
      expect(answer.status).toBe(200);
    }
    await api("DELETE", `${keysPath}/${old.id}`, { key: adminKey });
    await refused("POST", `${path}/open`, { key: old.key }, 401, "key.invalid");
    expect((await api("POST", `${path}/open`, { key: replaced.key })).status).toBe(200);
  });

  it("does not come by another's decision by sending the same draft", async () => {
    const draft = { slug: "same-draft", title: "Protect the wetland" };
    await draftDecision(draft, (await issueOrganiserKey("first")).key);
    const ask = { key: (await issueOrganiserKey("second")).key, body: draft };
    await refused("POST", "/api/v1/decisions", ask, 409, "decision.exists");
  });

  it("hears of a decision that is not there what everybody hears", async () => {
    const { key } = await issueOrganiserKey("lonely");
    for (const id of ["nobodys", "No%20Name", "x".repeat(2_000)]) {
      await refused("POST", `/api/v1/decisions/${id}/open`, { key }, 404, "decision.not_found");
    }
  });

  it.each([
    ["without an owner", { role: "organiser" }],
    ["for one decision alone", { role: "organiser", owner: "x", decision_id: "y" }],
    ["under a name with spaces", { role: "organiser", owner: "River Keepers" }],
  ])("gets no key %s", async (_, grant) => {
    const ask = { key: adminKey, body: { label: "x", ...grant } };
    await refused("POST", keysPath, ask, 400, "body.invalid");
  });

  it("is the only one whose key has an owner", async () => {
    const ask = { key: adminKey, body: { label: "x", role: "station", owner: "x" } };
    await refused("POST", keysPath, ask, 400, "body.invalid");
  });
});
