import { z } from "zod";

/**
 * What the index has to look at again. It carries no content: whoever applies it reads the record as
 * it is then, so repeats and other orders change nothing.
 */
export type SearchChange =
  /** A decision that was opened has changed. */
  | { kind: "decision"; decisionId: string; at: number }
  /** A page of a certified decision's counted ballots, from 1 on. */
  | { kind: "ballots"; decisionId: string; page: number; at: number }
  /** Nothing but the time, so that an index that hears nothing knows that it is not behind. */
  | { kind: "tick"; at: number };

const at = z.int().min(0);
const decisionId = z.string().min(1);
const changeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ v: z.literal(1), kind: z.literal("decision"), decisionId, at }),
  z.strictObject({
    v: z.literal(1),
    kind: z.literal("ballots"),
    decisionId,
    page: z.int().min(1),
    at,
  }),
  z.strictObject({ v: z.literal(1), kind: z.literal("tick"), at }),
]);

/** A text that is no change of a form that this release knows. */
export class UnreadableChange extends Error {
  override readonly name = "UnreadableChange";
}

export function encodeChange(change: SearchChange): string {
  return JSON.stringify({ v: 1, ...change });
}

/** @throws {UnreadableChange} */
export function decodeChange(text: string): SearchChange {
  const { success, data } = changeSchema.safeParse(parse(text));
  if (!success) throw new UnreadableChange("no change of the search index that this release knows");
  const { v: _, ...change } = data;
  return change;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
