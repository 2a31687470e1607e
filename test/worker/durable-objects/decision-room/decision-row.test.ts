import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { expectLogged } from "../../../support/error-lines.ts";
import { amendDecision, takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { firstAdmin } from "../../../support/worker/keys.ts";
import { roomOf } from "../../../support/worker/objects.ts";

const readRow = (id: string) =>
  env.DB.prepare("SELECT status, title FROM decisions WHERE id = ?")
    .bind(id)
    .first<{ status: string; title: string }>();

describe("a decision's row in the database", () => {
  it("follows a decision that was just created by itself", async () => {
    const id = await draftDecision();
    expect(await eventually("the row", () => readRow(id))).toMatchObject({ status: "draft" });
  });

  it("is written by the room's alarm, with the last of what was done in one go", async () => {
    const id = await draftDecision();
    await amendDecision(id, { title: "Protect the whole wetland" });
    await takeStep(id, "open");
    await runDurableObjectAlarm(roomOf(id));
    expect(await readRow(id)).toEqual({ status: "open", title: "Protect the whole wetland" });
  });

  it("is written with the close and with a cancellation, before their answers", async () => {
    const [closed, cancelled] = [await openedDecision(), await openedDecision()];
    await takeStep(closed, "close");
    await takeStep(cancelled, "cancel");
    expect(await readRow(closed)).toMatchObject({ status: "closed" });
    expect(await readRow(cancelled)).toMatchObject({ status: "cancelled" });
  });

  it("follows also where the room was evicted before it had written it", async () => {
    const id = await draftDecision();
    await evictDurableObject(roomOf(id));
    await runDurableObjectAlarm(roomOf(id));
    expect(await eventually("the row", () => readRow(id))).toMatchObject({ status: "draft" });
  });

  it("has its alarm in the transaction of each change, so that a crash leaves one behind", async () => {
    const id = await openedDecision();
    await runDurableObjectAlarm(roomOf(id));
    const left = await runInDurableObject(roomOf(id), async (room, { storage }) => {
      const before = await storage.getAlarm();
      const closing = room.close(firstAdmin);
      const during = await storage.getAlarm();
      await closing;
      return { before, during };
    });
    expect([left.before, typeof left.during]).toEqual([null, "number"]);
  });

  it("follows once the database is back, though it was away when the row was due", async () => {
    await env.DB.exec("ALTER TABLE decisions RENAME TO decisions_away");
    const id = await draftDecision();
    await runDurableObjectAlarm(roomOf(id));
    const cause = "Error: no such table: decisions: SQLITE_ERROR";
    await expectLogged("room.projection_failed", { cause });
    await env.DB.exec("ALTER TABLE decisions_away RENAME TO decisions");
    expect(await eventually("the row", () => readRow(id))).toMatchObject({ status: "draft" });
  });
});
