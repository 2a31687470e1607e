import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { decryptPage, type SignedPage } from "../../../../src/backup/age-page.ts";
import { objectBackups } from "../../../../src/platform/adapters/backups.ts";
import { decisionIds } from "../../../../src/auth/decision-ids.ts";
import { backupIdentity } from "../../../support/backup-identity.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { refused } from "../../../support/worker/problems.ts";

const key = adminKey;

async function begin(): Promise<string> {
  const { status, body } = await api<{ backup: string }>("POST", "/api/v1/backups", { key });
  expect(status).toBe(201);
  return body.backup;
}

function pageOf(backup: string, object: string) {
  return `/api/v1/backups/${backup}/objects/${object}`;
}

async function readPage(backup: string, object: string) {
  const { status, body } = await api<{ page: number; next: string | null; ciphertext: string }>(
    "GET",
    pageOf(backup, object),
    { key },
  );
  expect(status).toBe(200);
  return body;
}

async function decrypted(backup: string, object: string): Promise<SignedPage> {
  const { ciphertext } = await readPage(backup, object);
  const file = Uint8Array.from(atob(ciphertext), (character) => character.charCodeAt(0));
  return decryptPage(file, [backupIdentity]);
}

describe("a backup over the API", () => {
  let backup: string;
  let opened: string;
  let draft: string;

  beforeAll(async () => {
    opened = await openedDecision({ shards: 2, disclosure: "aggregate" });
    draft = await draftDecision();
    backup = await begin();
  });

  it("is recorded before anything is read for it", async () => {
    const { body } = await api<{ entries: object[] }>("GET", "/api/v1/audit-log?limit=1000", {
      key,
    });
    expect(JSON.stringify(body)).toContain(`"facts":{"backup":"${backup}"}`);
  });

  it("lists the registry, each room before its shards, and drafts too", async () => {
    const objects: string[] = [];
    for (let after = ""; ;) {
      const path = `/api/v1/backups/${backup}/objects${after}`;
      const { body } = await api<{ items: { object: string }[]; next: string | null }>(
        "GET",
        path,
        { key },
      );
      objects.push(...body.items.map(({ object }) => object));
      if (body.next === null) break;
      after = `?after=${body.next}`;
    }
    expect(objects[0]).toBe("registry");
    const at = objects.indexOf(opened);
    expect(objects.slice(at, at + 3)).toEqual([opened, `${opened}:0`, `${opened}:1`]);
    expect(objects).toContain(draft);
    expect(new Set(objects).size).toBe(objects.length);
  });

  it("lists a draft with what tells that it has changed, or was opened", async () => {
    const changing = await draftDecision();
    interface Listing {
      items: { object: string; basis: string | null }[];
      next: string | null;
    }
    const basisOf = async (object: string) => {
      for (let after: string | null = ""; after !== null;) {
        const path: string = `/api/v1/backups/${backup}/objects${after === "" ? "" : `?after=${after}`}`;
        const { body }: { body: Listing } = await api<Listing>("GET", path, { key });
        const found = body.items.find((item) => item.object === object);
        if (found !== undefined) return found.basis;
        after = body.next;
      }
      throw new Error("it is not listed");
    };
    const first = await basisOf(changing);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await basisOf(changing)).toBe(first);
    const path = `/api/v1/decisions/${changing}`;
    expect((await api("PATCH", path, { key, body: { shards: 3 } })).status).toBe(200);
    const second = await basisOf(changing);
    expect(second).not.toBe(first);
    expect((await api("POST", `${path}/open`, { key })).status).toBe(200);
    expect(await basisOf(changing)).toBeNull();
  });

  it("is read by its recipient alone, and says what it is", async () => {
    const { text, mac } = await decrypted(backup, opened);
    const [head = "", ...entries] = text.split("\n");
    expect(JSON.parse(head)).toMatchObject({ backup, object: opened, page: 1, isLast: true });
    expect(entries.some((line) => line.startsWith('{"key":"keys"'))).toBe(true);
    expect(mac).toHaveLength(43);
  });

  it("tells an admin by its length nothing of how many have voted", async () => {
    const lengths = async () => {
      const pages = [opened, `${opened}:0`, `${opened}:1`].map((object) =>
        readPage(backup, object),
      );
      return (await Promise.all(pages)).map(({ ciphertext, next }) => [ciphertext.length, next]);
    };
    const before = await lengths();
    await castBatch(opened, votesOf(40, "yes", "north"));
    expect(await lengths()).toEqual(before);
  });

  it("knows names of backups that it gave alone, and objects of its own", async () => {
    const foreign = "0".repeat(64);
    await refused("GET", pageOf(foreign, "registry"), { key }, 404, "backup.not_found");
    await refused("GET", `/api/v1/backups/${foreign}/objects`, { key }, 404, "backup.not_found");
    await refused("GET", pageOf(backup, "made-up:1"), { key }, 404, "backup.not_found");
    const ask = { key, body: { text: "{}\n", mac: "none" } };
    await refused("PUT", pageOf(foreign, "registry"), ask, 404, "backup.not_found");
    const after = `?after=${crypto.randomUUID()}.1`;
    await refused("GET", `${pageOf(backup, opened)}${after}`, { key }, 409, "backup.changed");
  });

  it("restores no page that was changed, or is of another object or backup", async () => {
    const { text, mac } = await decrypted(backup, `${opened}:0`);
    const put = (object: string, body: object, of = backup) =>
      refused("PUT", pageOf(of, object), { key, body }, 422, "restore.not_ours");
    await put(`${opened}:0`, { text: text.replace("yes", "no_"), mac: mac.replace(/^./, "-") });
    await put(`${opened}:0`, { text: `${text} `, mac });
    await put(`${opened}:1`, { text, mac });
    await put(draft, { text, mac });
    await put(`${opened}:0`, { text, mac }, await begin());
  });

  it("is restored over nothing that is there", async () => {
    for (const object of ["registry", opened, `${opened}:0`, draft]) {
      const body = await decrypted(backup, object);
      await refused("PUT", pageOf(backup, object), { key, body }, 409, "restore.not_empty");
    }
  });

  it("is not made where nobody is named who may read it", async () => {
    for (const BACKUP_RECIPIENT of ["", "somebody"]) {
      const backups = objectBackups({ ...env, BACKUP_RECIPIENT }, decisionIds(env.ID_KEYS));
      expect(await backups.recipient()).toBeNull();
      const page = backups.readPage({ backup, object: opened, after: null });
      expect(
        await page.then(
          () => "read",
          () => "refused",
        ),
      ).toBe("refused");
    }
  });
});

describe("the recovery of a shard", () => {
  const recover = (id: string, shard: number) => `/api/v1/decisions/${id}/shards/${shard}/recovery`;
  const later = (ms: number) => new Date(Date.now() + ms).toISOString();

  it("says plainly that this platform keeps no earlier state, and records nothing", async () => {
    const id = await openedDecision();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const ask = { key, body: { to: later(-1) } };
    await refused("POST", recover(id, 0), ask, 501, "recovery.unavailable");
    await expectLogged("object.no_bookmark", {});
    const { body } = await api("GET", `/api/v1/decisions/${id}/audit-log`, { key });
    expect(JSON.stringify(body)).not.toContain("shard.recovered");
  });

  it("is for a time since the opening, of a shard that there is, while votes are taken", async () => {
    const id = await openedDecision();
    for (const ms of [60_000, -60_000, -40 * 86_400_000])
      await refused(
        "POST",
        recover(id, 0),
        { key, body: { to: later(ms) } },
        422,
        "recovery.out_of_range",
      );
    const ask = { key, body: { to: later(-1) } };
    await refused("POST", recover(id, 1), ask, 404, "shard.not_found");
    await refused("POST", recover(await draftDecision(), 0), ask, 409, "recovery.not_open");
    await api("POST", `/api/v1/decisions/${id}/close`, { key });
    await refused("POST", recover(id, 0), ask, 409, "recovery.not_open");
  });
});
