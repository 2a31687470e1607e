import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { ShardStore } from "../../../../durable-objects/ballot-shard/shard-store.ts";
import { api } from "../../../support/worker/api.ts";
import { amendDecision, readDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { roomOf } from "../../../support/worker/objects.ts";

const manifestOf = async (id: string) =>
  (await api("GET", `/api/v1/decisions/${id}/manifest`)).body;

const termsOf = (id: string) =>
  runInDurableObject(roomOf(id), (_, { storage }) => new ShardStore(storage).terms);

describe("a rehearsal", () => {
  it("is drafted as one, by a change too, and is frozen as one when it opens", async () => {
    const id = await draftDecision();
    expect((await readDecision(id)).body).toMatchObject({ rehearsal: false });
    const amended = await amendDecision(id, { rehearsal: true });
    expect([amended.status, amended.body]).toMatchObject([200, { rehearsal: true }]);
    expect((await takeStep(id, "open")).body).toMatchObject({ rehearsal: true });
    expect(await manifestOf(id)).toMatchObject({ rehearsal: true });
    expect((await amendDecision(id, { rehearsal: false })).status).toBe(409);
  });

  it("is known to its shard, and what is none is not", async () => {
    expect(await termsOf(await openedDecision({ rehearsal: true }))).toMatchObject({
      rehearsal: true,
    });
    expect(await termsOf(await openedDecision())).toMatchObject({ rehearsal: false });
  });

  it("is what a manifest says of rehearsals alone: all others are as they always were", async () => {
    expect(Object.keys(await manifestOf(await openedDecision()))).not.toContain("rehearsal");
  });
});
