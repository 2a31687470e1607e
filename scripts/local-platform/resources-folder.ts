import { join } from "node:path";

/** Where a state folder keeps the Durable Objects' and the database's SQLite files. */
export function resourcesFolder(stateFolder: string): string {
  return join(stateFolder, "resources");
}
