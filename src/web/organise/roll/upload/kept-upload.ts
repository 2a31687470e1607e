import { noMapping, rollFields } from "../columns.ts";
import type { RollMapping } from "../check/read-fields.ts";
import type { FileChoice } from "../roll-worker-messages.ts";
import { fileEncodings } from "../file/encodings.ts";
import type { UploadStanding } from "./piece-upload.ts";

/** What it takes to go on with an upload after the page was left; of the file nothing but its name. */
export interface KeptUpload extends UploadStanding {
  fileName: string;
  fingerprint: string;
  choice: FileChoice;
  mapping: RollMapping;
  /** Lines that are kept of voters who are named more than once. */
  kept: number[];
}

type TextStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

function keyOf(decisionId: string): string {
  return `roll-upload/${decisionId}`;
}

/** The upload that was broken off in this browser; null where none was. */
export function findKeptUpload(decisionId: string, given?: TextStore): KeptUpload | null {
  try {
    const store = given ?? localStorage;
    const kept: unknown = JSON.parse(store.getItem(keyOf(decisionId)) ?? "null");
    return isKeptUpload(kept) ? { ...kept, mapping: withAllColumns(kept.mapping) } : null;
  } catch {
    // Storage that is closed to the page, or a text that is none of ours.
    return null;
  }
}

/** Keeps what it takes to go on, in place of what was kept before. */
export function keepUpload(decisionId: string, upload: KeptUpload, given?: TextStore): void {
  try {
    (given ?? localStorage).setItem(keyOf(decisionId), JSON.stringify(upload));
  } catch {
    // Full or closed: the upload goes on, and after a reload it begins anew.
  }
}

/** There is no upload to go on with any more. */
export function forgetUpload(decisionId: string, given?: TextStore): void {
  try {
    (given ?? localStorage).removeItem(keyOf(decisionId));
  } catch {
    // As above.
  }
}

function withAllColumns(mapping: RollMapping): RollMapping {
  return { ...mapping, columns: { ...noMapping, ...mapping.columns } };
}

function isKeptUpload(kept: unknown): kept is KeptUpload {
  if (!isObject(kept)) return false;
  const { fileName, fingerprint, choice, mapping, kept: lines } = kept;
  return (
    Number.isSafeInteger(kept["import"]) &&
    Number.isSafeInteger(kept["pieces"]) &&
    typeof fileName === "string" &&
    typeof fingerprint === "string" &&
    isChoice(choice) &&
    isMapping(mapping) &&
    Array.isArray(lines) &&
    lines.every(Number.isSafeInteger)
  );
}

function isChoice(choice: unknown): boolean {
  if (!isObject(choice)) return false;
  const { encoding, sheet } = choice;
  const isEncoding = encoding === undefined || fileEncodings.some((each) => each === encoding);
  return isEncoding && (sheet === undefined || Number.isSafeInteger(sheet));
}

function isMapping(mapping: unknown): boolean {
  if (!isObject(mapping)) return false;
  const { columns, hasHeading, regionCodes } = mapping;
  const isColumn = (at: unknown) => at === null || at === undefined || Number.isSafeInteger(at);
  return (
    isObject(columns) &&
    rollFields.every((field) => isColumn(columns[field])) &&
    typeof hasHeading === "boolean" &&
    isObject(regionCodes) &&
    Object.values(regionCodes).every((code) => typeof code === "string")
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
