import { globSync, statSync } from "node:fs";
import { join } from "node:path";
import { resourcesFolder } from "../../scripts/local-platform/resources-folder.ts";

/**
 * Bytes of the largest SQLite database that a shard lives in on the disk, with what its write-ahead
 * log still holds.
 */
export function largestShardFileBytes(stateFolder: string): number {
  const folder = resourcesFolder(stateFolder);
  const databases = globSync("do/*{BallotShard,DecisionRoom}/*.sqlite", { cwd: folder });
  const sizes = databases.map((file) => {
    const path = join(folder, file);
    const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
    return statSync(path).size + (log?.size ?? 0);
  });
  return Math.max(0, ...sizes);
}
