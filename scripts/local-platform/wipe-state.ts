import { rmSync } from "node:fs";
import { secretsFile } from "./keep-secrets.ts";
import { endOrphan } from "./claim-state.ts";
import { resourcesFolder } from "./resources-folder.ts";

/** Forgets all that a state folder remembers, and nothing else in that folder. Rejects when a platform uses it. */
export async function wipeState(stateFolder: string): Promise<void> {
  await endOrphan(stateFolder);
  rmSync(resourcesFolder(stateFolder), { recursive: true, force: true });
  rmSync(secretsFile(stateFolder), { force: true });
}
