import { accessSync, constants, globSync } from "node:fs";
import { delimiter, join } from "node:path";
import { UsageError } from "../../src/cli/command-line/usage-error.ts";

/**
 * The path of a program: from folders that a package keeps off the PATH (newest version first),
 * else from the PATH.
 * @throws {UsageError} it is nowhere; the message names the Debian package that has it.
 */
export function findProgram(name: string, debianPackage: string, folders = ""): string {
  const versioned = folders === "" ? [] : globSync(folders).toSorted(byVersion);
  const path = (process.env["PATH"] ?? "").split(delimiter);
  const found = [...versioned, ...path].map((folder) => join(folder, name)).find(isProgram);
  if (found !== undefined) return found;
  throw new UsageError(
    `${name} is missing: install the package ${debianPackage} (apt-get install ${debianPackage}), or put ${name} on the PATH`,
  );
}

function byVersion(one: string, other: string): number {
  return other.localeCompare(one, "en", { numeric: true });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
