import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../../client/client-errors.ts";
import type { Client } from "../../client/client.ts";
import type { Answer } from "../../client/routes.ts";
import { limits } from "../../shared/limits.ts";
import { connectClient } from "../api/connect.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { forEachConcurrently } from "../command-line/for-each-concurrently.ts";
import { startProgress, type Progress } from "../command-line/progress.ts";
import { exitStatus, UsageError } from "../command-line/usage-error.ts";
import type { BackupOptions } from "../commands/backup.ts";
import {
  BackupFolder,
  type BackupHeader,
  type BackupManifest,
  type KeptPage,
  type CopiedObject,
} from "./backup-folder.ts";
import { findChanged, groupByDecision } from "./decision-objects.ts";

const concurrency = 4;
const lookAgainMs = 500;

/** Copies the record into a folder, or goes on where an earlier run has stopped. */
export async function runBackup({ to, ...instance }: BackupOptions): Promise<number> {
  const folder = new BackupFolder(to);
  const known = folder.readManifest();
  if (known !== null) {
    folder.check(known);
    console.log(sayWhole(known));
    return exitStatus.ok;
  }
  const log = (line: string): void => console.error(line);
  const client = connectClient({
    ...instance,
    connections: concurrency,
    signal: abortOnSignals(),
    log,
  });
  try {
    const header = await beginOrGoOn(client, folder, instance.origin);
    const listed = await copyDecisions({ client, folder, backup: header.backup });
    const manifest = folder.end(describe(folder, header, listed));
    folder.check(manifest);
    console.log(sayWhole(manifest));
    return exitStatus.ok;
  } finally {
    await client.close();
  }
}

async function beginOrGoOn(
  client: Client,
  folder: BackupFolder,
  origin: string,
): Promise<BackupHeader> {
  const known = folder.readHeader();
  if (known !== null) {
    if (known.origin === origin) return known;
    throw new UsageError(`the folder holds a backup of ${known.origin}`);
  }
  const begun = await client.call("POST /api/v1/backups", {});
  const header: BackupHeader = {
    form: "backup/1",
    ...begun,
    origin,
    begun_at: new Date().toISOString(),
  };
  folder.begin(header);
  return header;
}

interface Copies {
  client: Client;
  folder: BackupFolder;
  backup: string;
}

/**
 * Copies all objects, and gives them. A draft that has changed or was opened while it was copied is
 * copied anew: its room would know another roll than its shards have, or other shards.
 */
async function copyDecisions(copies: Copies): Promise<CopiedObject[]> {
  const { folder } = copies;
  const known = folder.readListing() ?? (await listObjects(copies));
  folder.keepListing(known);
  await copyObjects(copies, known, "where it stopped");
  const decisions = new Map(groupByDecision(known));
  let unsure = groupByDecision(known);
  for (let looks = 1; ; looks += 1) {
    unsure = findChanged(unsure, groupByDecision(await listObjects(copies)));
    if (unsure.size === 0) return [...decisions.values()].flat();
    if (looks === limits.backupLooksMax)
      throw new Error(`${[...unsure.keys()].join(", ")}: changed whenever it was copied`);
    await copyObjects(copies, [...unsure.values()].flat(), "anew");
    for (const [decision, objects] of unsure) decisions.set(decision, objects);
    folder.keepListing([...decisions.values()].flat());
  }
}

async function listObjects({ client, backup }: Copies): Promise<CopiedObject[]> {
  const listed: CopiedObject[] = [];
  for (let after: string | null = null; ;) {
    const page: Answer<"GET /api/v1/backups/{backup}/objects"> = await client.call(
      "GET /api/v1/backups/{backup}/objects",
      { path: { backup }, query: after === null ? {} : { after } },
    );
    listed.push(...page.items);
    if (page.next === null) return listed;
    after = page.next;
  }
}

/** A room before its shards, so that shards are never behind what their room knows of them. */
async function copyObjects(
  { client, folder, backup }: Copies,
  objects: readonly CopiedObject[],
  look: "anew" | "where it stopped",
): Promise<void> {
  const kept = look === "anew" ? new Map<string, KeptPage[]>() : folder.readPages();
  const journal = folder.openPages();
  const progress = startProgress("backup", "objects", objects.length);
  const rooms = objects.filter(({ object }) => !object.includes(":"));
  const shards = objects.filter(({ object }) => object.includes(":"));
  try {
    for (const some of [rooms, shards]) {
      await forEachConcurrently(some, concurrency, async ({ object }) => {
        const pages = kept.get(object) ?? [];
        await copyObject({ client, folder, journal, progress, backup, object, pages });
        progress.advance(1);
      });
    }
  } finally {
    progress.finish();
    journal.close();
  }
}

interface Copy extends Copies {
  journal: ReturnType<BackupFolder["openPages"]>;
  progress: Progress;
  object: string;
  /** What an earlier run has of it. */
  pages: readonly KeptPage[];
}

async function copyObject(copy: Copy): Promise<void> {
  const { progress, object, pages } = copy;
  const last = pages.at(-1);
  if (last !== undefined && last.next === null) return;
  let after = last?.next ?? null;
  for (let looks = 1; ; looks += 1) {
    try {
      await copyFrom(copy, after);
      return;
    } catch (error) {
      const isChanged = error instanceof ApiError && error.code === "backup.changed";
      if (!isChanged || looks === limits.backupLooksMax) throw error;
      progress.note(`${object} has changed meanwhile: looking at it again`);
      if (looks > 1) await sleep(lookAgainMs);
      after = null;
    }
  }
}

async function copyFrom(
  { client, folder, journal, backup, object }: Copy,
  start: string | null,
): Promise<void> {
  for (let after = start; ;) {
    const { page, next, ciphertext } = await client.call(
      "GET /api/v1/backups/{backup}/objects/{object}",
      { path: { backup, object }, query: after === null ? {} : { after } },
    );
    const sha256 = folder.keepPage(Buffer.from(ciphertext, "base64"));
    journal.note({ object, page, next, sha256 });
    if (next === null) return;
    after = next;
  }
}

function describe(
  folder: BackupFolder,
  header: BackupHeader,
  listed: readonly CopiedObject[],
): Omit<BackupManifest, "sha256"> {
  const kept = folder.readPages();
  const objects = listed.map(({ object, location_hint }) => ({
    object,
    location_hint,
    pages: (kept.get(object) ?? []).map(({ sha256 }) => sha256),
  }));
  return { ...header, ended_at: new Date().toISOString(), objects };
}

function sayWhole({ objects, recipient, sha256 }: BackupManifest): string {
  const pages = objects.reduce((sum, each) => sum + each.pages.length, 0);
  return `whole: ${objects.length} objects in ${pages} pages, encrypted to ${recipient}\nSHA-256 of the manifest ${sha256}`;
}
