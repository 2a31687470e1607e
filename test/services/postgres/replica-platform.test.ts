import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectClient, type ConnectedClient } from "../../../src/cli/api/connect.ts";
import { draftDecision, openDraft } from "../../../src/cli/api/decisions.ts";
import { bootPlatform, type LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { createStandby, type Standby } from "../../support/services/standby.ts";
import { createTestDatabase, type TestDatabase } from "../../support/services/test-database.ts";

type Page = { items: { id: string; title: string }[] };

describe("the platform on Postgres with a standby", () => {
  let on: TestDatabase;
  let standby: Standby;
  let platform: LocalPlatform;
  let client: ConnectedClient;
  const folder = mkdtempSync(join(tmpdir(), "enviro-standby-"));
  beforeAll(async () => {
    on = await createTestDatabase();
    standby = await createStandby();
    platform = await bootPlatform({
      stateFolder: folder,
      port: 0,
      vars: { DATABASE: "postgres" },
      postgresUrl: on.workerUrl,
      replicaUrl: standby.urlOf(on.workerUrl),
    });
    client = connectClient({ origin: platform.origin, key: platform.adminKey, connections: 2 });
  });
  afterAll(async () => {
    await client.close();
    await platform.stop();
    await standby.remove();
    await on.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const list = async (bookmark: string | null) => {
    const response = await fetch(`${platform.origin}/api/v1/decisions`, {
      headers: bookmark === null ? {} : { "read-bookmark": bookmark },
    });
    const { items } = (await response.json()) as Page;
    return {
      status: response.status,
      ids: items.map(({ id }) => id),
      bookmark: response.headers.get("read-bookmark"),
    };
  };
  const opened = async (slug: string): Promise<string> => {
    const { id } = await draftDecision(client, {
      slug,
      title: slug,
      description: "",
      regions: [{ code: "north", name: "North" }],
      disclosure: "roll_call",
      ends_early: "by_organiser",
    });
    await openDraft(client, id);
    await expect.poll(async () => (await list(null)).ids).toContain(id);
    return id;
  };
  /** How often each has answered, of what the collector has by now. */
  const answers = async () => {
    const response = await fetch(`${platform.origin}/metrics`, {
      headers: { authorization: `Bearer ${platform.adminKey}` },
    });
    const text = await response.text();
    const line = /^enviro_database_replica_reads_total\{answered_by="(\w+)"\} (\d+)$/gm;
    return Object.fromEntries(
      [...text.matchAll(line)].map(([, by = "", count]) => [by, Number(count)]),
    );
  };
  const readiness = async () => {
    const response = await fetch(`${platform.origin}/readyz`);
    return { status: response.status, text: await response.text() };
  };

  it("shows a reader all that was shown before, of the standby where it has that, and counts it", async () => {
    const first = await opened("seen-on-the-standby");
    const seen = await list(null);
    await standby.catchUp();
    expect((await list(seen.bookmark)).ids).toContain(first);
    await standby.pauseReplay();
    const second = await opened("not-on-the-standby-yet");
    // Whoever was here before is shown what was there; whoever has seen the newer one, that.
    expect((await list(seen.bookmark)).ids).not.toContain(second);
    const newest = await list(null);
    expect(newest.ids).toContain(second);
    expect((await list(newest.bookmark)).ids).toContain(second);
    await standby.resumeReplay();
    const counted = { replica: expect.any(Number), primary_behind: expect.any(Number) };
    await expect.poll(answers).toMatchObject(counted);
  });

  it("gives the typed client its own changes at once, and never an older page", async () => {
    const ask = () => client.call("GET /api/v1/decisions", { query: {} });
    await ask();
    await standby.catchUp();
    await standby.pauseReplay();
    const id = await opened("of-the-client");
    const { items } = await ask();
    expect(items.map((item) => item.id)).toContain(id);
    await standby.resumeReplay();
  });

  it("stays ready without its standby, says so, and answers by the primary", async () => {
    const { bookmark, ids } = await list(null);
    await standby.stop();
    expect(await list(bookmark)).toMatchObject({ status: 200, ids });
    const words = "the replica does not answer";
    await expect.poll(async () => (await readiness()).text).toContain(words);
    expect((await readiness()).status).toBe(200);
    await expect.poll(answers).toMatchObject({ primary_away: expect.any(Number) });
    await standby.start();
    await expect.poll(async () => (await readiness()).text).not.toContain(words);
  });
});
