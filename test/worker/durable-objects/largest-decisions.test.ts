import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { adminKey, api } from "../../support/worker/api.ts";
import { castBatch, type VoteItem } from "../../support/worker/batches.ts";
import { amendDecision, createDecision, takeStep } from "../../support/worker/decision-calls.ts";
import { largestDrafts, type LargeDraft } from "../../support/worker/largest-drafts.ts";
import { reportToRoom } from "../../support/worker/objects.ts";
import { putRoll } from "../../support/worker/rolls.ts";
import {
  certifyNow,
  drainNow,
  expectExact,
  restartAll,
  storedRoom,
} from "../../support/worker/whole-life.ts";

const { ballotWeightMax, batchVotesMax, voterIdCharactersMax } = limits;
const voters = 1_000;

function voterId(index: number): string {
  return String(index).padStart(voterIdCharactersMax, "界");
}

/** A vote of each voter, in regions in turn: each ballot of a batch in another one where there are so many. */
function votesOfAll({ regions, body }: LargeDraft, vote: string): VoteItem[] {
  const isOpen = body["electorate"] !== "roll";
  return Array.from({ length: voters }, (_, index) => ({
    voter_id: voterId(index),
    vote,
    ...(isOpen && { region: regions[index % regions.length] ?? "", weight: ballotWeightMax }),
  }));
}

async function importRoll(id: string, { regions }: LargeDraft): Promise<void> {
  const rows = Array.from(
    { length: voters },
    (_, index) => `${voterId(index)},${regions[index % regions.length]},${ballotWeightMax}\n`,
  );
  const answer = await putRoll(id, `voter_id,region,weight\n${rows.join("")}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(answer.body.roll).toMatchObject({ voters, weight: `${voters}${"0".repeat(12)}` });
}

/** Casts votes with the longest request key, which each ballot is kept with. */
async function castAll(id: string, votes: VoteItem[], key: string): Promise<number> {
  const idempotencyKey = key.padStart(limits.idempotencyKeyCharactersMax, "k");
  let accepted = 0;
  for (let from = 0; from < votes.length; from += batchVotesMax) {
    const some = votes.slice(from, from + batchVotesMax);
    const answer = await castBatch(id, some, { idempotencyKey });
    expect(answer.status, JSON.stringify(answer.body).slice(0, 500)).toBe(200);
    accepted += answer.body.accepted;
  }
  return accepted;
}

describe("the largest decisions that may be drafted live their life within half of the platform's limits", () => {
  it.each(largestDrafts())("$name", async (draft) => {
    const slug = `largest-${crypto.randomUUID()}`.padEnd(limits.decisionSlugCharactersMax, "x");
    const created = await createDecision({ ...draft.body, slug });
    expect(created.status, JSON.stringify(created.body).slice(0, 500)).toBe(201);
    const { id } = created.body;
    const lived = { id, shards: draft.shards };
    const amended = await amendDecision(id, draft.changes);
    expect(amended.status, JSON.stringify(amended.body).slice(0, 500)).toBe(200);
    if (draft.body["electorate"] === "roll") await importRoll(id, draft);
    expect((await takeStep(id, "open")).status).toBe(200);
    let accepted = await castAll(id, votesOfAll(draft, "yes"), "first");
    await restartAll(lived);
    accepted += await castAll(id, votesOfAll(draft, "no"), "second");
    expect(accepted).toBe(2 * voters);
    await restartAll(lived);
    await reportToRoom(id);
    await expectExact(id, accepted);
    expect((await takeStep(id, "close")).body.status).toBe("closed");
    await drainNow(lived);
    await restartAll(lived);
    // An object that has begun anew first says when it will look.
    await certifyNow(id);
    expect(await certifyNow(id)).toBe("certified");
    await restartAll(lived);
    expect(await storedRoom(id)).toEqual({ status: "certified", seals: draft.shards });
    await expectExact(id, accepted);
    const outcome = await api("GET", `/api/v1/decisions/${id}/outcome`, { key: adminKey });
    expect(outcome.status).toBe(200);
    const { manifest_hash: hash } = (await api("GET", `/api/v1/decisions/${id}`)).body;
    expect(outcome.body).toMatchObject({ manifest_hash: hash });
  });
});
