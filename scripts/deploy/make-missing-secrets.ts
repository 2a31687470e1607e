import { existsSync } from "node:fs";
import { secretNames } from "../../src/auth/deployment-secrets.ts";
import { UsageError } from "../../src/cli/command-line/usage-error.ts";
import { keepSecretsEnv, readSecretsEnv } from "../local-platform/secrets-env.ts";

interface WantedSecrets {
  file: string;
  missing: readonly string[];
  /** The secrets that the Worker has, which nothing here may replace: keys are kept for good. */
  deployed: readonly string[];
}

/**
 * Makes secrets that a Worker lacks, at random, in a file to be deployed with it; returns the file,
 * or null where nothing of what is missing can be made up.
 * @throws {UsageError} when the file holds secrets that the Worker has already
 */
export function makeMissingSecrets({ file, missing, deployed }: WantedSecrets): string | null {
  const names = secretNames.filter((name) => missing.includes(name));
  if (names.length === 0) return null;
  const present = existsSync(file) ? Object.keys(readSecretsEnv(file)) : [];
  const twice = present.filter((name) => deployed.includes(name));
  if (twice.length > 0) {
    throw new UsageError(
      `${file} also holds ${twice.join(", ")}, which the Worker has: take them out, or name the file with --secrets-file to replace them`,
    );
  }
  keepSecretsEnv(file, { names, keyName: "k1" });
  return file;
}
