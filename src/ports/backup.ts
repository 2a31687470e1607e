import type { Actor } from "../audit-log/audit-entry.ts";
import type { LocationHint } from "../decision/shard-map.ts";

/** Asks an object for a page of its storage: the first of a new look, or the next one. */
export interface DumpRequest {
  /** Null to look anew. */
  dump: string | null;
  /** From 1 on. */
  page: number;
}

/** A page's entries as lines; or the object has changed too much since the look began. */
export type DumpReply = { dump: string; lines: string; isLast: boolean } | "changed";

/** A page that an object takes into its own storage. */
export interface RestoreRequest {
  backup: string;
  dump: string;
  page: number;
  isLast: boolean;
  lines: string;
  actor: Actor;
}

/**
 * The page is on disk, now or from before; the object has something that is not of this look; or
 * the page before this one is missing.
 */
export type RestoreReply = "taken" | "not_empty" | "out_of_turn";

/** An encrypted page, and where to go on. */
export interface EncryptedPage {
  page: number;
  /** Null with the last page. */
  next: string | null;
  /** An age file (age-encryption.org/v1), in base64. */
  ciphertext: string;
}

export type PageReply = EncryptedPage | "changed" | "not_found";

/** An object by its name, and where the platform was asked to put it. */
export interface PlacedObject {
  object: string;
  locationHint: LocationHint | null;
}

export interface ListedObject extends PlacedObject {
  /** Of a draft's room: another once the draft or its roll has changed, and null once it is opened. */
  basis: string | null;
}

/** Objects of some decisions; `next` is the decision to go on after. */
export interface ObjectList {
  objects: ListedObject[];
  next: string | null;
}

/** Backups of the record, and the way back. Whoever asks gets nothing that can be read. */
export interface Backups {
  /** To whom pages are encrypted; null where the deployment names nobody, or nobody of use. */
  recipient(): Promise<string | null>;
  /** Begins a backup, which is recorded; gives its name. */
  begin(actor: Actor): Promise<string>;
  /** Whether `begin` of a deployment with the same keys gave this name. */
  isOwn(backup: string): boolean;
  /** The objects of the decisions after this one. */
  listObjects(after: string): Promise<ObjectList>;
  /** A page of an object's storage. May be repeated while the object keeps its look. */
  readPage(ask: { backup: string; object: string; after: string | null }): Promise<PageReply>;
  /**
   * Has an empty object take a page, which must be one that a deployment with the same keys has
   * made. A repeat changes nothing.
   */
  restorePage(
    page: { backup: string; text: string; mac: string } & PlacedObject,
    actor: Actor,
  ): Promise<RestoreReply | "not_ours">;
}
