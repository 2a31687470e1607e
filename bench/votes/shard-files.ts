import { globSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { resourcesFolder } from "../../scripts/local-platform/resources-folder.ts";

/**
 * Bytes of SQLite databases by their files: of their pages, not of their write-ahead logs, which
 * hold each page as often as it was written.
 */
export type ShardFiles = ReadonlyMap<string, number>;

/** The databases that shards live in. */
export function readShardFiles(stateFolder: string): ShardFiles {
  const folder = resourcesFolder(stateFolder);
  const databases = globSync("do/*{BallotShard,DecisionRoom}/*.sqlite", { cwd: folder });
  return new Map(databases.map((file) => [file, databaseBytes(join(folder, file))]));
}

function databaseBytes(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const row = database
      .prepare("SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size")
      .get();
    return Number(row?.["bytes"]);
  } finally {
    database.close();
  }
}

/** Bytes by which the database that grew most has grown: that of the shard that was filled. */
export function mostGrown(before: ShardFiles, after: ShardFiles): number {
  const growths = [...after].map(([file, bytes]) => bytes - (before.get(file) ?? 0));
  return Math.max(0, ...growths);
}
