import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { allowLogged } from "../../support/error-lines.ts";
import { adminKey, api } from "../../support/worker/api.ts";
import { castBatch, votesOf, type BatchBody, type VoteItem } from "../../support/worker/batches.ts";
import { takeStep } from "../../support/worker/decision-calls.ts";
import { failNthWrite, letWritesSucceed, writeFault } from "../../support/worker/failing-writes.ts";
import { roomOf } from "../../support/worker/objects.ts";
import { putRoll } from "../../support/worker/rolls.ts";
import {
  certifyNow,
  drainNow,
  expectExact,
  restartAll,
  storedRoom,
  type Lived,
} from "../../support/worker/whole-life.ts";
import { ownId } from "../../support/worker/own-id.ts";

afterEach(letWritesSucceed);

/** What may be logged where one write fails; each is claimed, and what follows is asserted. */
const events = [
  "http.failed",
  "edge.shard_failed",
  "room.clock_failed",
  "room.open_failed",
  "room.seal_failed",
  "room.rolls_not_dropped",
  "room.projection_failed",
  "room.certify_failed",
  "room.publication_failed",
  "room.shard_no_answer",
  "room.search_not_told",
  "room.checks_not_told",
  "room.waiting_not_told",
  "shard.backlog_not_told",
  "shard.drain_failed",
  "shard.alarm_not_set",
  "writer.confirm_failed",
  "writer.waits",
];

const voters = 5;
const roll = `voter_id,region\n${Array.from({ length: voters }, (_, index) => `voter-${index},north\n`).join("")}`;
const votes = votesOf(voters, "yes", "north", "voter");
const changed = votes.slice(0, 2).map((vote) => ({ ...vote, vote: "no" }));

const triesMax = 5;

/** Does a step as a careful caller does: again, until it is done. Fails where that takes ever longer. */
async function persist(step: string, run: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < triesMax; tries += 1) if (await run()) return;
  throw new Error(`does not go on after a failure: ${step}`);
}

function isAllTaken({ body }: { body: BatchBody }): boolean {
  return body.results.every(({ status }) => status === "accepted" || status === "repeated");
}

async function castAll(id: string, items: VoteItem[], idempotencyKey: string): Promise<boolean> {
  const answer = await castBatch(id, items, { idempotencyKey });
  return answer.status === 200 && isAllTaken(answer);
}

/** Creates a decision with a roll, opens it, votes, restarts, votes again, closes and certifies. */
async function liveOnce(lived: Lived & { slug: string }): Promise<void> {
  const { id, slug, shards } = lived;
  const draft = {
    slug,
    title: "Restore the mangroves",
    regions: [{ code: "north" }],
    electorate: "roll",
    ends_early: "by_organiser",
    revote_policy: "revisable",
    disclosure: "roll_call",
    stations: "overrides",
    shards,
  };
  await persist("create", async () => {
    const { status } = await api("POST", "/api/v1/decisions", { key: adminKey, body: draft });
    return status === 201 || status === 200;
  });
  await persist("import", async () => (await putRoll(id, roll)).status === 200);
  await persist("import again", async () => (await putRoll(id, roll)).status === 200);
  await persist("open", async () => (await takeStep(id, "open")).status === 200);
  await persist("vote", () => castAll(id, votes, "first"));
  await persist("vote again", () => castAll(id, changed, "second"));
  await persist("restart", () => restartAll(lived).then(() => true));
  await persist("repeat", () => castAll(id, votes, "first"));
  await persist("drain", () => drainNow(lived).then(() => true));
  await persist("close", async () => (await takeStep(id, "close")).status === 200);
  await persist("certify", async () => {
    try {
      await runDurableObjectAlarm(roomOf(id));
      return (await certifyNow(id)) === "certified";
    } catch (error) {
      if (!String(error).includes(writeFault)) throw error;
      // The platform begins an object anew whose alarm could not be set.
      await restartAll(lived);
      return false;
    }
  });
}

describe("a decision whose objects fail to write once", () => {
  it.each([1, 2])(
    "loses nothing, counts nobody twice and goes on, whichever write it was, in %d shards",
    async (shards) => {
      for (const event of events) allowLogged(event, {});
      let writes = 0;
      for (let nth = 1; ; nth += 1) {
        const slug = `fails-${shards}-${nth}-${crypto.randomUUID().slice(0, 8)}`;
        const id = ownId(slug);
        const lived = { id, slug, shards };
        const fault = await failNthWrite(nth);
        await liveOnce(lived).catch((error: unknown) => {
          throw new Error(`write ${nth}: ${fault.failed}`, { cause: error });
        });
        letWritesSucceed();
        await restartAll(lived);
        const context = `write ${nth}: ${fault.failed}`;
        expect(await storedRoom(id), context).toEqual({ status: "certified", seals: shards });
        await expectExact(id, votes.length + changed.length);
        if (fault.failed === null) break;
        writes = nth;
      }
      expect(writes).toBeGreaterThan(30);
    },
  );
});
