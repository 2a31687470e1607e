import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { registryStub } from "../../../support/worker/backlog.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { issueKey, issueOrganiserKey, type KeyBody } from "../../../support/worker/keys.ts";
import { refused, type ProblemDocument } from "../../../support/worker/problems.ts";

const pathOf = (id: string, keyId = "") =>
  `/api/v1/decisions/${id}/station-keys${keyId === "" ? "" : `/${keyId}`}`;
const oneVote = (voter_id: string) => [{ voter_id, vote: "yes", region: "north" }];

async function issue(id: string, key: string): Promise<KeyBody> {
  const answer = await api<KeyBody>("POST", pathOf(id), { key, body: { label: "Town hall" } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

async function openedOf(owner: string, more: object = {}): Promise<{ id: string; key: string }> {
  const { key } = await issueOrganiserKey(owner);
  const id = await draftDecision({ visibility: "turnout", ...more }, key);
  expect((await api("POST", `/api/v1/decisions/${id}/open`, { key })).status).toBe(200);
  return { id, key };
}

async function actionsOf(id: string): Promise<string[]> {
  const path = `/api/v1/decisions/${id}/events`;
  const { body } = await api<{ entries: { action: string }[] }>("GET", path);
  return body.entries.map(({ action }) => action);
}

describe("an organiser's key for a station", () => {
  it("casts votes in that decision and no other, is listed without its secret, and is public", async () => {
    const { id, key } = await openedOf("stations-own");
    const other = await openedOf("stations-other");
    const station = await issue(id, key);
    expect(station).toMatchObject({ role: "station", decision_id: id, owner: "stations-own" });
    const cast = await castBatch(id, oneVote("ana"), { key: station.key });
    expect(cast.body).toMatchObject({ accepted: 1 });
    const elsewhere = await castBatch<ProblemDocument>(other.id, oneVote("ana"), {
      key: station.key,
    });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([403, "role.forbidden"]);
    const { key: secret, ...shown } = station;
    const list = await api<{ items: object[] }>("GET", pathOf(id), { key });
    expect(list.body.items).toEqual([shown]);
    expect(JSON.stringify(list.body)).not.toContain(secret.split("_")[2]);
    expect(await actionsOf(id)).toEqual(["decision.opened", "station_key.issued"]);
    const log = await api<{ entries: object[] }>("GET", "/api/v1/audit-log", { key: adminKey });
    expect(log.body.entries.at(-1)).toMatchObject({
      action: "key.issued",
      actor: { role: "organiser", owner: "stations-own" },
      facts: { key_id: station.id, role: "station", decision_id: id },
    });
  });

  it("looks up who is on the roll, and is not told who has voted: organisers hold tokens", async () => {
    const { id, key } = await openedOf("stations-curious");
    const station = await issue(id, key);
    const token = await tokenFor(id, "ana");
    const ask = { key: station.key, body: { token } };
    await refused("POST", `/api/v1/decisions/${id}/look-ups`, ask, 403, "role.forbidden");
    const admins = await issueKey("station", id);
    const told = await api("POST", `/api/v1/decisions/${id}/look-ups`, { ...ask, key: admins.key });
    expect(told.status).toBe(200);
  });

  it("is revoked by its organiser, whom an admin's key is not given to revoke", async () => {
    const { id, key } = await openedOf("stations-revoked");
    const station = await issue(id, key);
    const admins = await issueKey("station", id);
    await refused("DELETE", pathOf(id, admins.id), { key }, 404, "key.not_found");
    await refused("DELETE", pathOf(id, "nobody"), { key }, 404, "key.not_found");
    expect((await api("DELETE", pathOf(id, station.id), { key })).status).toBe(204);
    const after = await castBatch<ProblemDocument>(id, oneVote("ben"), { key: station.key });
    expect([after.status, after.body.code]).toEqual([401, "key.invalid"]);
    expect((await actionsOf(id)).at(-1)).toBe("station_key.revoked");
    const byAdmin = await api("DELETE", pathOf(id, admins.id), { key: adminKey });
    expect(byAdmin.status).toBe(204);
  });

  it("is one of so many of its organiser, and one too many is told of as taken back", async () => {
    const { id, key } = await openedOf("stations-many");
    const fill = `INSERT INTO api_keys (id, role, label, decision_id, owner, digest, created_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      SELECT 'many-' || i, 'station', 'hall', 'another', 'stations-many', 'none', 0 FROM n`;
    const inRegistry = (statement: string, ...values: number[]) =>
      runInDurableObject(registryStub(), (_, { storage }) => {
        storage.sql.exec(statement, ...values);
      });
    await inRegistry(fill, limits.stationKeysAnOwnerMax - 1);
    try {
      await issue(id, key);
      await refused("POST", pathOf(id), { key, body: { label: "One more" } }, 409, "keys.full");
    } finally {
      await inRegistry("DELETE FROM api_keys WHERE digest = 'none'");
    }
    expect(await actionsOf(id)).toEqual([
      "decision.opened",
      "station_key.issued",
      "station_key.issued",
      "station_key.revoked",
    ]);
  });

  it("is issued between opening and close alone, for own decisions alone", async () => {
    const { key } = await issueOrganiserKey("stations-times");
    const body = { label: "Town hall" };
    const id = await draftDecision({}, key);
    await refused("POST", pathOf(id), { key, body }, 409, "manifest.none");
    expect((await api("POST", `/api/v1/decisions/${id}/open`, { key })).status).toBe(200);
    await issue(id, key);
    await takeStep(id, "close");
    await refused("POST", pathOf(id), { key, body }, 409, "decision.already_ended");
    const theirs = await openedOf("stations-theirs");
    await refused("POST", pathOf(theirs.id), { key, body }, 403, "role.forbidden");
    await refused("GET", pathOf(theirs.id), { key }, 403, "role.forbidden");
  });

  it("is an admin's to issue where stations replace votes, and nobody's where there are none", async () => {
    const body = { label: "Town hall" };
    const overriding = await openedOf("stations-strong", { stations: "overrides" });
    const ask = { key: overriding.key, body };
    await refused("POST", pathOf(overriding.id), ask, 403, "station_key.replaces_votes");
    expect(await issue(overriding.id, adminKey)).toMatchObject({ owner: null });
    const none = await openedOf("stations-none", { stations: "none" });
    for (const each of [none.key, adminKey]) {
      const asked = { key: each, body };
      await refused("POST", pathOf(none.id), asked, 403, "vote.stations_excluded");
    }
  });
});
