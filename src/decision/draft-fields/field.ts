import type { z } from "zod";
import type { Decision, DecisionDraft } from "../decision.ts";

/** What the API says of one field of a draft, and how it is kept. */
interface DraftField<Member extends string, Written, Shown, Value> {
  /** Its member in the API's JSON. */
  member: Member;
  /** What an organiser may write; without a default it has to be written. */
  written: Written;
  /** What is kept of what was written. */
  keep(written: z.output<Written>): Value;
  shown: Shown;
  /** What is shown of a decision. */
  show(decision: Decision): z.output<Shown>;
}

/** All that an organiser writes: what a draft is without its id. */
export type DraftValues = Omit<DecisionDraft, "id">;

/** Fields by their names in `DecisionDraft`, which say what each `keep` gives. */
export type FieldTable = {
  [Name in keyof DraftValues]: { keep(written: never): DraftValues[Name] };
};

export type AnyField = DraftField<string, z.ZodType, z.ZodType, unknown>;

/** Infers the types of a field, and holds each of its parts against the others. */
export function field<const Member extends string, Written, Shown, Value>(
  described: DraftField<Member, Written, Shown, Value>,
): DraftField<Member, Written, Shown, Value> {
  return described;
}
