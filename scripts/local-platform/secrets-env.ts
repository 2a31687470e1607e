import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { UsageError } from "../../src/cli/command-line/usage-error.ts";
import {
  findSecretFaults,
  secretNames,
  type FoundSecrets,
} from "../../src/auth/deployment-secrets.ts";
import { makeSecrets } from "./make-secrets.ts";

const ownerOnlyMode = 0o600;

/** Secrets as wrangler reads them from a file: a line `NAME=value` each. */
export function readSecretsEnv(file: string): FoundSecrets {
  return parseEnv(readFileSync(file, "utf8"));
}

/**
 * Makes sure that a file has every secret, adds those that it has not, and returns all. What stands
 * in it stays.
 * @throws {UsageError} when one of them is of no use, with its name
 */
export function keepSecretsEnv(file: string, keyName: string): FoundSecrets {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const found: FoundSecrets = parseEnv(text);
  const missing = secretNames.filter((name) => !found[name]);
  if (missing.length > 0) {
    const made = makeSecrets(keyName);
    const lines = missing.map((name) => `${name}=${made[name]}\n`);
    const separator = text === "" || text.endsWith("\n") ? "" : "\n";
    writeAside(file, `${text}${separator}${lines.join("")}`);
  }
  const secrets = readSecretsEnv(file);
  const faults = findSecretFaults(secrets);
  if (faults.length > 0) throw new UsageError(`${file}: ${faults.join("; ")}`);
  return secrets;
}

/** Written aside and renamed, so that a crash in between leaves no half file. */
function writeAside(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: ownerOnlyMode });
  renameSync(draft, file);
}
