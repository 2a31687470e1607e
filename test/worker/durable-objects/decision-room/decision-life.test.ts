import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { adminKey, api } from "../../../support/worker/api.ts";
import { iso, releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import {
  amendDecision,
  decisionsPath,
  readDecision,
  takeStep,
  type DecisionBody,
} from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { roomOf } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import { openedWithRoll } from "../../../support/worker/rolls.ts";
import { readAfresh } from "../../../support/worker/results.ts";

const anHour = 3_600_000;

afterEach(releaseClock);

describe("the life of a decision", () => {
  it("opens once: the same again changes nothing, its manifest has a hash", async () => {
    const id = await draftDecision();
    const first = await takeStep(id, "open");
    const second = await takeStep(id, "open");
    expect(first.body).toMatchObject({ status: "open" });
    expect(first.body.manifest_hash).toMatch(/^[0-9a-f]{64}$/);
    expect([second.status, second.body]).toEqual([200, first.body]);
  });

  it("closes once and can't be opened or cancelled after", async () => {
    const id = await openedDecision();
    const first = await takeStep(id, "close");
    const second = await takeStep(id, "close");
    expect(first.body).toMatchObject({ status: "closed" });
    expect([second.status, second.body]).toEqual([200, first.body]);
    for (const name of ["open", "cancel"]) {
      const { status, body } = await takeStep(id, name);
      expect([name, status, body.code]).toEqual([name, 409, "decision.already_ended"]);
    }
  });

  it.each(["draft", "scheduled", "open"])(
    "is cancelled once from %s and can't be opened or closed after",
    async (status) => {
      const later = status === "scheduled" ? { opens_at: iso(Date.now() + anHour) } : {};
      const id = await draftDecision(later);
      if (status !== "draft") expect((await takeStep(id, "open")).body).toMatchObject({ status });
      const first = await takeStep(id, "cancel");
      const second = await takeStep(id, "cancel");
      expect(first.body).toMatchObject({ status: "cancelled" });
      expect([second.status, second.body]).toEqual([200, first.body]);
      for (const name of ["open", "close"]) {
        const refusal = await takeStep(id, name);
        expect([refusal.status, refusal.body.code]).toEqual([409, "decision.already_ended"]);
      }
    },
  );

  it("can't close before it is open", async () => {
    const draft = await draftDecision();
    const scheduled = await draftDecision({ opens_at: iso(Date.now() + anHour) });
    await takeStep(scheduled, "open");
    for (const id of [draft, scheduled]) {
      const { status, body } = await takeStep(id, "close");
      expect([status, body.code]).toEqual([409, "decision.not_open"]);
    }
  });

  it.each(["never", "by_rule"])(
    "is not closed before its time where it ends early %s",
    async (ends_early) => {
      const closes_at = iso(Date.now() + anHour);
      const id =
        ends_early === "never"
          ? await openedDecision({ ends_early, closes_at })
          : await openedWithRoll("voter_id,region\na,north\n", { ends_early, closes_at });
      const { status, body } = await takeStep(id, "close");
      expect([status, body.code]).toEqual([409, "decision.not_over"]);
      expect((await readDecision(id)).body.status).toBe("open");
      expect((await takeStep(id, "cancel")).status).toBe(200);
    },
  );

  it("is opened by a request without a body, whatever content type it states", async () => {
    const id = await draftDecision();
    const headers = { "content-type": "application/json" };
    const ask = { key: adminKey, headers };
    expect((await api("POST", `${decisionsPath}/${id}/open`, ask)).status).toBe(200);
  });

  it("is not opened while nothing would end it", async () => {
    const id = await draftDecision({ ends_early: "never" });
    const { status, body } = await takeStep(id, "open");
    expect([status, body.code]).toEqual([409, "decision.no_end"]);
    await amendDecision(id, { closes_at: iso(Date.now() + anHour) });
    expect((await takeStep(id, "open")).status).toBe(200);
  });

  it.each(["open", "close", "cancel"])(
    "knows no step %s of a decision that there is not",
    async (name) => {
      const ask = { key: adminKey };
      await refused("POST", `${decisionsPath}/nobody/${name}`, ask, 404, "decision.not_found");
      await refused("POST", `${decisionsPath}/NOBODY/${name}`, ask, 404, "decision.not_found");
    },
  );

  it("opens and closes by the clock: reads say so at once, and the alarm makes it last", async () => {
    const start = Date.now();
    stopClockAt(start);
    const opens_at = iso(start + anHour);
    const closes_at = iso(start + 2 * anHour);
    const id = await draftDecision({ opens_at, closes_at });
    expect((await takeStep(id, "open")).body).toMatchObject({
      status: "scheduled",
      opens_at,
      closes_at,
    });

    stopClockAt(start + anHour);
    expect((await readDecision(id)).body.status).toBe("open");
    await runDurableObjectAlarm(roomOf(id));
    expect(
      (await api<{ items: DecisionBody[] }>("GET", `${decisionsPath}?status=open`)).body.items,
    ).toMatchObject(expect.arrayContaining([expect.objectContaining({ id, status: "open" })]));

    stopClockAt(start + 2 * anHour);
    expect((await readDecision(id)).body.status).toBe("closing");
    await runDurableObjectAlarm(roomOf(id));
    expect((await readDecision(id)).body.status).toBe("closed");
    expect((await readAfresh(id)).body).toMatchObject({ final: true });
  });

  it("does not open where its whole window has passed, and stays a draft", async () => {
    const start = Date.now();
    const soon = { opens_at: iso(start + anHour), closes_at: iso(start + 2 * anHour) };
    for (const window of [soon, { closes_at: soon.closes_at }]) {
      stopClockAt(start);
      const id = await draftDecision(window);
      stopClockAt(start + 3 * anHour);
      const { status, body } = await takeStep(id, "open");
      expect([status, body.code]).toEqual([409, "decision.window_passed"]);
      expect((await readDecision(id)).body).toMatchObject({ status: "draft", manifest_hash: null });
    }
  });

  it("that should have opened already opens now, and says so in opens_at", async () => {
    const now = Date.now();
    stopClockAt(now);
    const id = await draftDecision({ opens_at: iso(now - anHour) });
    expect((await takeStep(id, "open")).body).toMatchObject({ status: "open", opens_at: iso(now) });
  });

  it("has another manifest hash for another manifest", async () => {
    const hashes = new Set<string | null>();
    for (const other of [{}, { title: "Another" }, { weight_max: 2 }, { shards: 2 }]) {
      const id = await draftDecision(other);
      hashes.add((await takeStep(id, "open")).body.manifest_hash);
    }
    expect(hashes.size).toBe(4);
  });

  it("tells when it really closed: with its last seal where it was ended before its time", async () => {
    const closes_at = iso(Date.now() + anHour);
    const id = await openedDecision({ closes_at, shards: 3 });
    expect((await readDecision(id)).body.closed_at).toBeNull();
    const { body } = await takeStep(id, "close");
    expect(body.closes_at).toBe(closes_at);
    type Outcome = { seals: { sealed_at: string }[] };
    const outcome = await api<Outcome>("GET", `${decisionsPath}/${id}/outcome`);
    const seals = outcome.body.seals.map(({ sealed_at }) => sealed_at);
    expect(body.closed_at).toBe(seals.toSorted().at(-1));
  });

  it("tells when it really closed: at the end of its window where the clock closed it, and never where it was cancelled", async () => {
    const start = Date.now();
    stopClockAt(start);
    const closes_at = iso(start + anHour);
    const [id, cancelled] = [
      await openedDecision({ closes_at }),
      await openedDecision({ closes_at }),
    ];
    await takeStep(cancelled, "cancel");
    stopClockAt(start + anHour + 5_000);
    expect((await readDecision(id)).body).toMatchObject({
      status: "closing",
      closed_at: closes_at,
    });
    await runDurableObjectAlarm(roomOf(id));
    expect((await readDecision(id)).body).toMatchObject({ status: "closed", closed_at: closes_at });
    expect((await readDecision(cancelled)).body.closed_at).toBeNull();
  });
});
