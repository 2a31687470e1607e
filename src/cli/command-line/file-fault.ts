import { accessSync, constants, createReadStream, statSync } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { UsageError } from "./usage-error.ts";

/** @throws {UsageError} the path names nothing that could be read, which its one sentence says */
export function requireFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`there is no file "${path}"`);
  if (found.isDirectory()) throw new UsageError(`"${path}" is a folder, not a file`);
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    throw new UsageError(`"${path}" may not be read by who runs this`, { cause: error });
  }
}

/** The bytes of a file, gunzipped where its name ends in `.gz`. */
export function openFile(path: string): Readable {
  requireFile(path);
  const file = createReadStream(path);
  if (!path.endsWith(".gz")) return file;
  const plain = createGunzip();
  // An error of the file ends what is read, which is where the reader sees it.
  return pipeline(file, plain, (error) => {
    if (error) plain.destroy(error);
  });
}

/** What is wrong with a file, for the person who named it. */
export function fileFault(path: string, error: unknown): UsageError {
  if (error instanceof UsageError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new UsageError(`"${path}" can't be read: ${reason}`, { cause: error });
}
