import type { FileFailure } from "./roll-worker-messages.ts";

/** A file can't be read, or not be taken for a roll. */
export class FileRefused extends Error {
  override readonly name = "FileRefused";
  readonly failure: FileFailure;

  constructor(failure: FileFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}
