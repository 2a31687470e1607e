import { readFileSync } from "node:fs";
import type { Client } from "../../client/client.ts";
import { decryptPage } from "../../backup/age-page.ts";
import { locationHints } from "../../decision/shard-map.ts";
import { connectClient } from "../api/connect.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { requireFile } from "../command-line/file-fault.ts";
import { forEachConcurrently } from "../command-line/for-each-concurrently.ts";
import { startProgress } from "../command-line/progress.ts";
import { exitStatus, UsageError } from "../command-line/usage-error.ts";
import { BackupFolder, type BackupManifest } from "../backup/backup-folder.ts";
import type { RestoreOptions } from "../commands/backup.ts";
import { rebuildDecisions } from "../rebuild/rebuild-decisions.ts";

type ManifestObject = BackupManifest["objects"][number];

const concurrency = 4;

/** Puts a whole backup into an empty instance, or goes on where an earlier run has stopped. */
export async function runRestore(options: RestoreOptions): Promise<number> {
  const { from, identity, ...instance } = options;
  const folder = new BackupFolder(from);
  const manifest = folder.readManifest();
  if (manifest === null)
    throw new UsageError(`${from} holds no whole backup: "enviro backup" goes on with one`);
  const identities = readIdentities(identity);
  folder.check(manifest);
  const log = (line: string): void => console.error(line);
  const client = connectClient({
    ...instance,
    connections: concurrency,
    signal: abortOnSignals(),
    log,
  });
  try {
    await restoreObjects({ client, folder, manifest, identities });
    const decisions = manifest.objects.map(({ object }) => object).filter(isRoom);
    const areAllBegun = await rebuildDecisions(client, decisions);
    return areAllBegun ? exitStatus.ok : exitStatus.differences;
  } finally {
    await client.close();
  }
}

interface Restore {
  client: Client;
  folder: BackupFolder;
  manifest: BackupManifest;
  identities: readonly string[];
}

/**
 * Shards first: a room that is whole asks them at once. The registry last: with it the instance
 * knows of its decisions.
 */
async function restoreObjects(restore: Restore): Promise<void> {
  const { objects } = restore.manifest;
  const progress = startProgress("restore", "objects", objects.length);
  const isShard = ({ object }: ManifestObject): boolean => object.includes(":");
  const phases = [
    objects.filter(isShard),
    objects.filter(({ object }) => isRoom(object)),
    objects.filter(({ object }) => object === "registry"),
  ];
  try {
    for (const phase of phases) {
      await forEachConcurrently(phase, concurrency, async (object) => {
        await restoreObject(restore, object);
        progress.advance(1);
      });
    }
  } finally {
    progress.finish();
  }
}

async function restoreObject(
  { client, folder, manifest: { backup }, identities }: Restore,
  { object, location_hint, pages }: ManifestObject,
): Promise<void> {
  for (const sha256 of pages) {
    const { text, mac } = await decryptPage(folder.readPage(sha256), identities);
    await client.call("PUT /api/v1/backups/{backup}/objects/{object}", {
      path: { backup, object },
      body: { text, mac, location_hint: toHint(location_hint) },
    });
  }
}

function isRoom(object: string): boolean {
  return object !== "registry" && !object.includes(":");
}

function toHint(text: string | null) {
  return locationHints.find((hint) => hint === text) ?? null;
}

/** The identities in a file, as `age-keygen` writes it: lines, some of them remarks. */
function readIdentities(path: string): string[] {
  requireFile(path);
  const lines = readFileSync(path, "utf8").split("\n");
  const identities = lines.map((line) => line.trim()).filter((line) => line.startsWith("AGE-"));
  if (identities.length === 0) throw new UsageError(`"${path}" holds no age identity`);
  return identities;
}
