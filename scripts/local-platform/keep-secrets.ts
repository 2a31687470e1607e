import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { makeSecrets } from "./make-secrets.ts";

const secretsSchema = z.object({
  adminKey: z.string().min(1),
  tokenKeys: z.string().min(1),
  signingKeys: z.string().min(1),
  idKeys: z.string().min(1),
});

export type Secrets = z.infer<typeof secretsSchema>;

/**
 * The same on every machine, so that the ids of the demonstration are. It keeps made-up ids away
 * alone, and opens nothing.
 */
export const localIdKeys = `local:${"local-ids".padEnd(43, "A")}`;
const ownerOnlyMode = 0o600;

/** Where a state folder keeps its secrets. */
export function secretsFile(stateFolder: string): string {
  return join(stateFolder, "secrets.json");
}

/**
 * The secrets of a state folder: made at random on the first boot and the same ever after, so that
 * tokens outlive a restart.
 */
export function keepSecrets(stateFolder: string): Secrets {
  const file = secretsFile(stateFolder);
  if (existsSync(file)) return secretsSchema.parse(JSON.parse(readFileSync(file, "utf8")));

  const made = makeSecrets("local");
  const secrets: Secrets = {
    adminKey: made.ADMIN_API_KEY,
    tokenKeys: made.BALLOT_TOKEN_KEYS,
    signingKeys: made.RECEIPT_SIGNING_KEYS,
    idKeys: localIdKeys,
  };
  // Written aside and renamed: a crash in between leaves no half file that would refuse every later
  // boot.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: ownerOnlyMode });
  renameSync(draft, file);
  return secrets;
}
