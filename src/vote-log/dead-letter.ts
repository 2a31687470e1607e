import { z } from "zod";
import { limits } from "../shared/limits.ts";
import type { DeadLetter } from "../database/database.ts";

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

export function encodeDeadLetter(deadLetter: DeadLetter): string {
  return JSON.stringify(deadLetter);
}

/** The dead letter that a text is, or null. */
export function decodeDeadLetter(text: string): DeadLetter | null {
  return deadLetterSchema.safeParse(parse(text)).data ?? null;
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
  const kept = body
    .slice(0, limits.deadLetterCharactersMax)
    .toWellFormed()
    .replaceAll("\0", "\uFFFD");
  const nowhere = { decisionId: null, shard: null, seq: null };
  return { id: digest(body), body: kept, ...nowhere, ...more };
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
