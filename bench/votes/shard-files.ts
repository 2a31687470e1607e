import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { resourcesFolder } from "../../scripts/local-platform/resources-folder.ts";

/** Bytes on the disk by the file of a SQLite database, with what its write-ahead log still holds. */
export type ShardFiles = ReadonlyMap<string, number>;

/** The databases that shards live in. */
export function readShardFiles(stateFolder: string): ShardFiles {
  const folder = resourcesFolder(stateFolder);
  const databases = globSync("do/*{BallotShard,DecisionRoom}/*.sqlite", { cwd: folder });
  return new Map(
    databases.map((file) => {
      const path = join(folder, file);
      const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
      return [file, statSync(path).size + (log?.size ?? 0)];
    }),
  );
}

/** Bytes by which the database that grew most has grown: that of the shard that was filled. */
export function mostGrown(before: ShardFiles, after: ShardFiles): number {
  const growths = [...after].map(([file, bytes]) => bytes - (before.get(file) ?? 0));
  return Math.max(0, ...growths);
}
