import { z } from "zod";
import { limits } from "../shared/limits.ts";
import type { DeadLetter } from "../database/database.ts";
import { utf8Bytes } from "../shared/utf8-bytes.ts";
import { prefixVersion } from "../shared/versioned.ts";
import { stripKnownVersion } from "./signed-text.ts";
import { UnreadableRecord } from "./vote-record.ts";

const deadLetterSchema = z.strictObject({
  id: z.string().min(1),
  body: z.string(),
  decisionId: z.string().nullable(),
  shard: z.int().nullable(),
  seq: z.int().nullable(),
  cause: z.string(),
  retries: z.int(),
  at: z.int(),
});

const deadLetterForm = { name: "a dead letter on its way", version: 1 };

/** A dead letter as text, behind the version of its form. */
export function encodeDeadLetter(deadLetter: DeadLetter): string {
  return prefixVersion(deadLetterForm, JSON.stringify(deadLetter));
}

/** Whether a text says that it is a dead letter; a record begins with its JSON. */
export function isDeadLetterText(text: string): boolean {
  return /^[0-9]/.test(text);
}

/**
 * Reads a dead letter.
 * @throws {UnreadableRecord} where the text is none, or one of a newer version.
 */
export function decodeDeadLetter(text: string): DeadLetter {
  const parsed = deadLetterSchema.safeParse(parse(stripKnownVersion(deadLetterForm, text)));
  if (!parsed.success) throw new UnreadableRecord(z.prettifyError(parsed.error));
  return parsed.data;
}

/**
 * The dead letter of what is no ballot of a shard: known by its digest. Its body is cut and cleaned
 * to what any database can keep.
 */
export function deadLetterOfUnreadable(
  body: string,
  more: Pick<DeadLetter, "cause" | "retries" | "at">,
  digest: (text: string) => string,
): DeadLetter {
  const nowhere = { decisionId: null, shard: null, seq: null };
  const cause = more.cause.slice(0, limits.deadLetterCauseCharactersMax).toWellFormed();
  return { id: digest(body), body: cutToJson(body), ...nowhere, ...more, cause };
}

/** As much of a text as fits a dead letter, well-formed and without U+0000. */
function cutToJson(text: string): string {
  const { deadLetterBytesMax: max } = limits;
  let kept = text.slice(0, max).toWellFormed().replaceAll("\0", "\uFFFD");
  for (let bytes = jsonBytes(kept); bytes > max; bytes = jsonBytes(kept)) {
    kept = kept.slice(0, Math.floor((kept.length * max) / bytes)).toWellFormed();
  }
  return kept;
}

function jsonBytes(text: string): number {
  return utf8Bytes(JSON.stringify(text));
}

/** Where a ballot stands in the record, as one word that can stand in a path. */
export function deadLetterIdOf(decisionId: string, shard: number, seq: number): string {
  return `${decisionId}:${shard}:${seq}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
