import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";
import {
  findSecretFaults,
  secretNames,
  type FoundSecrets,
  type SecretName,
} from "../../src/auth/deployment-secrets.ts";
import { UsageError } from "../../src/cli/command-line/usage-error.ts";
import { makeSecrets } from "./make-secrets.ts";

const ownerOnlyMode = 0o600;

/**
 * Secrets as wrangler reads them from a file, a line `NAME=value` each; it may hold some of them.
 * @throws {UsageError} when one of them is of no use, with its name
 */
export function readSecretsEnv(file: string): FoundSecrets {
  if (!existsSync(file)) throw new UsageError(`${file}: there is no such file`);
  const secrets = parseFile(file);
  const given = secretNames.filter((name) => secrets[name] !== undefined);
  refuseFaults(file, findSecretFaults(secrets, given));
  return secrets;
}

interface KeptSecrets {
  /** The secrets that the file must have. */
  names?: readonly SecretName[];
  /** What keys are named that are made anew. */
  keyName: string;
}

/**
 * Makes sure that a file has secrets, adds those that it has not, and returns all. What stands in
 * it stays.
 * @throws {UsageError} when one of them is of no use, with its name
 */
export function keepSecretsEnv(
  file: string,
  { names = secretNames, keyName }: KeptSecrets,
): FoundSecrets {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const found: FoundSecrets = parseEnv(text);
  const missing = names.filter((name) => !found[name]);
  if (missing.length > 0) {
    const made = makeSecrets(keyName);
    const lines = missing.map((name) => `${name}=${made[name]}\n`);
    const separator = text === "" || text.endsWith("\n") ? "" : "\n";
    writeAside(file, `${text}${separator}${lines.join("")}`);
  }
  const secrets = parseFile(file);
  refuseFaults(file, findSecretFaults(secrets, names));
  return secrets;
}

function parseFile(file: string): FoundSecrets {
  return parseEnv(readFileSync(file, "utf8"));
}

function refuseFaults(file: string, faults: readonly string[]): void {
  if (faults.length > 0) throw new UsageError(`${file}: ${faults.join("; ")}`);
}

/** Written aside and renamed, so that a crash in between leaves no half file. */
function writeAside(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: ownerOnlyMode });
  renameSync(draft, file);
}
