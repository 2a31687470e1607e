import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publicationFiles } from "../../../src/verification/publication-source.ts";
import type { PublicationPart, PublicationParts } from "./certified.ts";

/** The parts that a publication's folder has files of. */
export const publicationParts = Object.keys(publicationFiles) as PublicationPart[];

/** Writes a publication as `enviro verify --save` does. */
export function writePublication(folder: string, parts: PublicationParts): void {
  mkdirSync(folder, { recursive: true });
  for (const part of publicationParts)
    writeFileSync(join(folder, publicationFiles[part]), parts[part]);
}

export function readPublication(folder: string): PublicationParts {
  const read = (part: PublicationPart) =>
    new Uint8Array(readFileSync(join(folder, publicationFiles[part])));
  const entries = publicationParts.map((part) => [part, read(part)] as const);
  // Every part has its entry.
  return Object.fromEntries(entries) as PublicationParts;
}
