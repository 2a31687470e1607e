import type { ListName } from "./finding.ts";

/** The documents beside the lists. */
export const publicDocuments = ["outcome", "keys", "manifest"] as const;
export type PublicDocument = (typeof publicDocuments)[number];

/** Where a publication is read from: an instance, or a folder of files. */
export interface PublicationSource {
  /** The bytes as they were served. @throws {SourceError} */
  readDocument(name: PublicDocument): Promise<Uint8Array>;
  /** The NDJSON export of a list. @throws {SourceError} */
  openList(list: ListName): Promise<ReadableStream<Uint8Array>>;
}

/** A part of a publication could not be read: nothing is known to be wrong, nothing to be right. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  /** The API's own code; `unreachable` without an answer, `too_long` for what is no such document. */
  readonly code: string;

  constructor(what: string, code: string, options?: ErrorOptions) {
    super(`${what} can't be read: ${code}`, options);
    this.code = code;
  }
}

/** The names of the files of a publication that was saved (docs/verify.md, "A folder"). */
export const publicationFiles = {
  outcome: "outcome.json",
  keys: "keys.json",
  manifest: "manifest.json",
  counted: "counted.ndjson",
  others: "others.ndjson",
} as const;

/** The public routes that answer with these parts. */
export function publicationPaths(decisionId: string) {
  const decision = `/api/v1/decisions/${encodeURIComponent(decisionId)}`;
  return {
    outcome: `${decision}/outcome`,
    keys: "/.well-known/enviro-governance/keys",
    manifest: `${decision}/manifest`,
    counted: `${decision}/export?format=ndjson&list=counted`,
    others: `${decision}/export?format=ndjson&list=others`,
  } as const;
}
