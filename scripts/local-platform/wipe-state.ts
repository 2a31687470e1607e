import { existsSync, renameSync, rmSync } from "node:fs";
import { secretsFile } from "./keep-secrets.ts";
import { endOrphan } from "./claim-state.ts";
import { resourcesFolder } from "./resources-folder.ts";

/**
 * Forgets all that a state folder remembers, and nothing else in that folder. Rejects when a
 * platform uses it.
 */
export async function wipeState(stateFolder: string): Promise<void> {
  await endOrphan(stateFolder);
  rmSync(resourcesFolder(stateFolder), { recursive: true, force: true });
  rmSync(secretsFile(stateFolder), { force: true });
}

/**
 * Forgets the same, but deletes its files only when the function that it returns is called: for
 * minutes after thousands of files were deleted a file system may be slow to make new ones (ext4
 * without a journal passes over every inode that has just been freed).
 */
export async function setStateAside(stateFolder: string): Promise<() => void> {
  await endOrphan(stateFolder);
  const resources = resourcesFolder(stateFolder);
  const aside = `${resources}-before`;
  // Of a run that was killed.
  rmSync(aside, { recursive: true, force: true });
  if (existsSync(resources)) renameSync(resources, aside);
  await wipeState(stateFolder);
  return () => rmSync(aside, { recursive: true, force: true });
}
