import { z } from "zod";
import type { DeadLetter } from "./vote-log.ts";

const letterSchema = z.strictObject({
  body: z.string(),
  decisionId: z.string().nullable(),
  shard: z.int().nullable(),
  seq: z.int().nullable(),
  cause: z.string(),
  retries: z.int(),
  at: z.int(),
});

/** A dead letter from its queue. What the queue itself moved there, after its own retries, is a bare record without a cause. */
export function readDeadLetter(text: string, now: number): DeadLetter {
  const letter = letterSchema.safeParse(parse(text));
  if (letter.success) return letter.data;
  const nowhere = { decisionId: null, shard: null, seq: null };
  return { body: text, ...nowhere, cause: "the queue gave it up", retries: 0, at: now };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
