import type { BallotNote } from "../../ballot/voter.ts";
import type { Disclosure } from "../../decision/decision.ts";
import { Problem } from "../problem.ts";

/**
 * What is published beside a vote, or null.
 * @throws {Problem} vote.statement_not_published outside roll calls
 */
export function noteOf(
  disclosure: Disclosure,
  { name, statement }: { name?: string | null | undefined; statement?: string | undefined },
): BallotNote | null {
  const note = { name: name ?? null, statement: statement ?? null };
  if (note.name === null && note.statement === null) return null;
  if (disclosure !== "roll_call") throw new Problem("vote.statement_not_published");
  return note;
}
