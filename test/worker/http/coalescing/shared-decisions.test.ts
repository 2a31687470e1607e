import { afterEach, describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { isolateThatCounts } from "../../../support/worker/counted-objects.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";

afterEach(releaseClock);

const iso = (at: number) => new Date(at).toISOString();

/** An isolate, and how it answers a read of a decision to a reader who shows `seen`. */
function newIsolate() {
  const { fetch, reached } = isolateThatCounts();
  const read = async (id: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`/api/v1/decisions/${id}`, { headers });
    const text = await response.text();
    const { status = null } = text === "" ? {} : (JSON.parse(text) as { status?: string });
    return { code: response.status, etag: response.headers.get("etag") ?? "", status };
  };
  return { read, fetch, reached };
}

describe("an opened decision", () => {
  it("is read from its room once a second, however many readers ask", async () => {
    const start = Date.now();
    const id = await openedDecision();
    const { read, fetch, reached } = newIsolate();
    stopClockAt(start);
    for (let reads = 0; reads < 50; reads += 1) expect((await read(id)).status).toBe("open");
    for (let reads = 0; reads < 10; reads += 1) {
      expect((await fetch(`/api/v1/decisions/${id}/manifest`)).status).toBe(200);
    }
    // One for the decision, one for its manifest.
    expect(reached).toEqual(["DECISION_ROOM", "DECISION_ROOM"]);
    stopClockAt(start + limits.sharedReadMs - 1);
    await read(id);
    expect(reached).toHaveLength(2);
    stopClockAt(start + limits.sharedReadMs);
    await read(id);
    expect(reached).toHaveLength(3);
  });

  it("is read anew by whoever has a key, and by no made-up one", async () => {
    const id = await openedDecision();
    const { read, reached } = newIsolate();
    stopClockAt(Date.now());
    await read(id);
    await takeStep(id, "close");
    expect((await read(id, { authorization: "Bearer made-up" })).status).toBe("open");
    expect(reached).toHaveLength(1);
    expect((await read(id, { authorization: `Bearer ${adminKey}` })).status).toBe("closed");
    expect(reached).toHaveLength(2);
    // What it found is newer than what was shared.
    expect((await read(id)).status).toBe("closed");
    expect(reached).toHaveLength(2);
  });

  it("never goes back for a reader who says what it has seen, whichever isolate answers", async () => {
    const id = await openedDecision();
    const [behind, ahead] = [newIsolate(), newIsolate()];
    stopClockAt(Date.now());
    const before = await behind.read(id);
    await takeStep(id, "close");
    const after = await ahead.read(id);
    expect(after.status).toBe("closed");
    const seen = { "if-none-match": after.etag };
    expect(await behind.read(id, seen)).toEqual({ code: 304, etag: after.etag, status: null });
    // That one read is what the isolate shares from then on.
    expect(await behind.read(id)).toEqual(after);
    expect(await behind.read(id, { "if-none-match": before.etag })).toEqual(after);
  });

  it("that has a version which somebody made up costs its room no more than ten reads a second", async () => {
    const id = await openedDecision();
    const { read, reached } = newIsolate();
    stopClockAt(Date.now());
    const seen = { "if-none-match": 'W/"999999"' };
    for (let reads = 0; reads < 50; reads += 1) await read(id, seen);
    expect(reached.length).toBeLessThanOrEqual(2);
  });

  it("shows at once what was done to it in the same isolate", async () => {
    const id = await openedDecision();
    const { read, fetch } = newIsolate();
    stopClockAt(Date.now());
    expect((await read(id)).status).toBe("open");
    const headers = { authorization: `Bearer ${adminKey}` };
    await fetch(`/api/v1/decisions/${id}/close`, { method: "POST", headers });
    expect((await read(id)).status).toBe("closed");
  });

  it("changes with the clock at once", async () => {
    const start = Date.now();
    const opensAt = start + limits.sharedReadMs - 1;
    stopClockAt(start);
    const id = await draftDecision({ opens_at: iso(opensAt) });
    expect((await takeStep(id, "open")).body.status).toBe("scheduled");
    const { read, reached } = newIsolate();
    expect((await read(id)).status).toBe("scheduled");
    stopClockAt(opensAt);
    expect((await read(id)).status).toBe("open");
    expect(reached).toHaveLength(1);
  });
});

describe("a draft", () => {
  it("is shared with nobody, also where its owner has just read it", async () => {
    const id = await draftDecision();
    const { read, reached } = newIsolate();
    stopClockAt(Date.now());
    const key = { authorization: `Bearer ${adminKey}` };
    expect(await read(id, key)).toMatchObject({ code: 200, status: "draft" });
    for (let reads = 1; reads < 4; reads += 1) {
      expect((await read(id)).code).toBe(404);
      expect(reached).toHaveLength(reads + 1);
    }
    await api("POST", `/api/v1/decisions/${id}/open`, { key: adminKey });
    expect((await read(id)).status).toBe("open");
  });
});
