import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import packageJson from "../../../../package.json";
import { versionedRegistry } from "../../../../src/platform/objects/versioned-stubs.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { allowLogged, expectLogged } from "../../../support/error-lines.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { forgetBacklog } from "../../../support/worker/backlog.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { releaseClock, stopClockAt } from "../../../support/worker/clock.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { eventually } from "../../../support/worker/eventually.ts";
import { issueKey, issueOrganiserKey } from "../../../support/worker/keys.ts";
import { roomOf, shardStub } from "../../../support/worker/objects.ts";
import { refused } from "../../../support/worker/problems.ts";
import { makeDeafTo } from "../../../support/worker/shards.ts";
import { walkPages } from "../../../support/worker/walk-pages.ts";

beforeEach(forgetBacklog);
afterEach(releaseClock);

type OwnBody = { id: string; owner: string | null; status: string; result: unknown };
type ListBody = { items: OwnBody[]; next: string | null };
type CertificationBody = {
  status: string;
  since: string | null;
  certified_at: string | null;
  waits_for: { cause: string; shards: number[] }[];
  row_check: string | null;
};

const ownPath = "/api/v1/own-decisions";

/** Writes a decision's row now, which a room else does in its own time. */
async function listNow(id: string): Promise<void> {
  await evictDurableObject(roomOf(id));
  await runDurableObjectAlarm(roomOf(id));
}

describe("the list of one's own decisions", () => {
  it("has an organiser's own, drafts and all, and nobody else's", async () => {
    const owner = `own-${crypto.randomUUID().slice(0, 8)}`;
    const { key } = await issueOrganiserKey(owner);
    const other = (await issueOrganiserKey(`${owner}-other`)).key;
    const draft = await draftDecision({}, key);
    const opened = await draftDecision({}, key);
    await takeStep(opened, "open");
    const theirs = await draftDecision({}, other);
    await takeStep(theirs, "open");
    for (const id of [draft, opened, theirs]) await listNow(id);

    const listed = async (query = "") => {
      const { status, body } = await api<ListBody>("GET", `${ownPath}${query}`, { key });
      expect(status).toBe(200);
      return body.items;
    };
    const all = await listed();
    expect(all.map(({ id }) => id)).toEqual([opened, draft]);
    expect(new Set(all.map((item) => item.owner))).toEqual(new Set([owner]));
    expect((await listed("?status=draft")).map(({ id }) => id)).toEqual([draft]);
    expect((await listed("?status=certified")).map(({ id }) => id)).toEqual([]);
    const pages = await Promise.all([listed("?per_page=1"), listed("?per_page=2")]);
    expect(pages.map((page) => page.length)).toEqual([1, 2]);
  });

  it("has every decision for an admin, with whose it is", async () => {
    const owner = `seen-${crypto.randomUUID().slice(0, 8)}`;
    const { key } = await issueOrganiserKey(owner);
    const theirs = await draftDecision({}, key);
    const admins = await draftDecision();
    for (const id of [theirs, admins]) await listNow(id);
    const { body } = await api<ListBody>("GET", `${ownPath}?status=draft`, { key: adminKey });
    const found = body.items.filter(({ id }) => id === theirs || id === admins);
    expect(new Map(found.map((item) => [item.id, item.owner]))).toEqual(
      new Map([
        [theirs, owner],
        [admins, null],
      ]),
    );
  });

  it("refuses a cursor that is not its own", async () => {
    const after = Buffer.from(JSON.stringify("x")).toString("base64url");
    await refused("GET", `${ownPath}?after=${after}`, { key: adminKey }, 400, "query.invalid");
  });
});

describe("what a decision waits for before it is certified", () => {
  const certificationOf = async (id: string, key = adminKey) => {
    const path = `/api/v1/decisions/${id}/certification`;
    const { status, body } = await api<CertificationBody>("GET", path, { key });
    expect(status).toBe(200);
    return body;
  };

  it("is nothing while it is a draft, or goes on", async () => {
    const draft = await draftDecision();
    const opened = await openedDecision();
    for (const id of [draft, opened])
      expect(await certificationOf(id)).toMatchObject({ since: null, waits_for: [] });
  });

  it("is a dead letter, then the next check, then nothing", async () => {
    const { key } = await issueKey("auditor");
    const id = await openedDecision({ shards: 2 });
    await castBatch(id, votesOf(3, "yes", "north"));
    await env.DB.prepare(
      "INSERT INTO dead_letters (id, decision_id, body, cause, retries, at) VALUES (?1, ?1, 'body', 'cause', 3, 0)",
    )
      .bind(id)
      .run();
    await takeStep(id, "close");
    const cause = () =>
      eventually("one cause alone", async () => {
        await runDurableObjectAlarm(roomOf(id));
        const { waits_for } = await certificationOf(id, key);
        return waits_for.length === 1 ? waits_for[0] : null;
      });
    expect(await cause()).toEqual({ cause: "dead_letters", shards: [] });
    await env.DB.prepare("DELETE FROM dead_letters WHERE decision_id = ?").bind(id).run();
    expect((await certificationOf(id)).waits_for).toEqual([{ cause: "next_check", shards: [] }]);
    expect((await certificationOf(id)).since).not.toBeNull();
    stopClockAt(Date.now() + limits.certificationNoticeMs);
    await runDurableObjectAlarm(roomOf(id));
    expect(await certificationOf(id)).toMatchObject({ status: "certified", waits_for: [] });
    expect((await certificationOf(id)).certified_at).not.toBeNull();
  });

  it("is the shards whose ballots are not all in the database", async () => {
    const id = await openedDecision({ shards: 2 });
    await castBatch(id, votesOf(8, "yes", "north"));
    const sum = "SELECT sum(applied_seq) AS n FROM shard_progress WHERE decision_id = ?";
    await eventually("all rows", async () =>
      (await env.DB.prepare(sum).bind(id).first<number>("n")) === 8 ? true : null,
    );
    await takeStep(id, "close");
    await env.DB.prepare(
      "UPDATE shard_progress SET applied_seq = applied_seq - 1 WHERE decision_id = ? AND shard = 1",
    )
      .bind(id)
      .run();
    const { waits_for } = await certificationOf(id);
    expect(waits_for).toContainEqual({ cause: "ballots", shards: [1] });
  });

  it("is the shards that give no seal", async () => {
    const id = await openedDecision({ shards: 2 });
    await makeDeafTo(shardStub(id, 1), "seal");
    expect((await takeStep(id, "close")).status).toBe(503);
    expect(await certificationOf(id)).toMatchObject({
      status: "closing",
      waits_for: [{ cause: "seals", shards: [1] }],
    });
    await expectLogged("room.seal_failed", { decision: id });
    await expectLogged("room.shard_no_answer", { decision: id, shard: 1 });
    allowLogged("room.seal_failed", { decision: id });
    allowLogged("room.shard_no_answer", { decision: id, shard: 1 });
    await evictDurableObject(shardStub(id, 1));
  });
});

describe("the list of decisions that wait to be certified", () => {
  it("has each by its id, with since when, whatever the page size", async () => {
    const registry = versionedRegistry(env.REGISTRY);
    const since = Date.UTC(2026, 10, 2);
    for (const id of ["c", "a", "b"]) await registry.noteUncertified(id, since);
    for (const perPage of [1, 2, 3]) {
      const found = await walkPages<{ decision_id: string; since: string }>(
        "/api/v1/uncertified-decisions",
        perPage,
      );
      expect(found.map(({ decision_id }) => decision_id)).toEqual(["a", "b", "c"]);
      expect(found[0]?.since).toBe("2026-11-02T00:00:00.000Z");
    }
  });
});

describe("how the deployment does", () => {
  it("is told with its release and the size of its database in steps", async () => {
    const { key } = await issueKey("auditor");
    const { status, body } = await api("GET", "/api/v1/service", { key });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ready: true,
      causes: [],
      release: packageJson.version,
      database: { kind: "d1", used_percent: 0, bytes_max: limits.d1BytesMax },
    });
  });

  it("names by codes what keeps it from its work, with what was met", async () => {
    const registry = versionedRegistry(env.REGISTRY);
    const start = Date.now();
    // Past what an isolate shares of an earlier look.
    stopClockAt(start + limits.healthSharedMs);
    const since = start - 3 * 60_000;
    const address = { decisionId: "delta", shard: 0 };
    await registry.noteBacklog(address, { ...address, ballots: 2, since, cause: "no topic votes" });
    await registry.noteUncertified("delta", since);
    await registry.noteWriterFailure({ cause: "D1 is full", at: start });
    const { body } = await api("GET", "/api/v1/service", { key: adminKey });
    expect(body).toMatchObject({
      ready: false,
      causes: [
        { code: "vote_log.ballots_wait", detail: null },
        { code: "vote_log.shards_cannot_send", detail: "no topic votes" },
        { code: "vote_log.writer_waits", detail: "D1 is full" },
        { code: "certification.waiting", detail: null },
      ],
    });
  });
});
