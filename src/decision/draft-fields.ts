import { z } from "zod";
import type { Decision, DecisionDraft } from "./decision.ts";
import { ballotFields } from "./draft-fields/ballot-fields.ts";
import { electorateFields } from "./draft-fields/electorate-fields.ts";
import type { AnyField, DraftValues, FieldTable } from "./draft-fields/field.ts";
import { personalDataFields } from "./draft-fields/personal-data-fields.ts";
import { procedureFields } from "./draft-fields/procedure-fields.ts";
import { shardFields } from "./draft-fields/shard-fields.ts";
import { subjectFields } from "./draft-fields/subject-fields.ts";

/**
 * Every field of a draft, by its name in `DecisionDraft` and in the order in which the API shows
 * them. The API's schemas, its answers, the database's document and what a room keeps follow from
 * it; `freezeManifest` freezes each under its name.
 */
const draftFields = {
  ...subjectFields,
  ...electorateFields,
  ...procedureFields,
  ...shardFields,
  ...ballotFields,
  ...personalDataFields,
} satisfies FieldTable;

type Fields = typeof draftFields;
/** A part of every field by the field's member in the API. */
type ByMember<Part extends "written" | "shown"> = {
  [Name in keyof Fields as Fields[Name]["member"]]: Fields[Name][Part];
};
type WithoutDefault<Schema> = Schema extends z.ZodDefault<infer Inner> ? Inner : Schema;
type WrittenDraft = {
  [Member in keyof ByMember<"written">]: z.output<ByMember<"written">[Member]>;
};
type ShownDraft = { [Member in keyof ByMember<"shown">]: z.output<ByMember<"shown">[Member]> };

const fields: readonly (readonly [name: string, field: AnyField])[] = Object.entries(draftFields);

/** What an organiser writes, with defaults. */
export const draftShape = byMember((each) => each.written) as ByMember<"written">;

/** The same without defaults: what a change leaves out stays as it is. */
export const changesShape = byMember(({ written }) =>
  // What `z` has wrapped is a schema of its own kind, whatever the type of `unwrap` says.
  written instanceof z.ZodDefault ? (written.unwrap() as z.ZodType) : written,
) as { [Member in keyof ByMember<"written">]: WithoutDefault<ByMember<"written">[Member]> };

/** What the API shows of it. */
export const shownDraftShape = byMember((each) => each.shown) as ByMember<"shown">;

/** What is kept of a written draft. */
export function keepDraft(id: string, written: WrittenDraft): DecisionDraft {
  // Nothing was left out, so nothing is missing.
  return { id, ...(keepChanges(written) as DraftValues) };
}

/** What is kept of changes to a draft. */
export function keepChanges(written: {
  [Member in keyof WrittenDraft]?: WrittenDraft[Member] | undefined;
}): Partial<DraftValues> {
  const asWritten: Readonly<Record<string, unknown>> = written;
  const kept = fields.flatMap(([name, each]) => {
    const value = asWritten[each.member];
    return value === undefined ? [] : [[name, each.keep(value)] as const];
  });
  // The table's type holds what each `keep` gives against its name.
  return Object.fromEntries(kept) as Partial<DraftValues>;
}

/** What is shown of a decision's draft. */
export function showDraft(decision: Decision): ShownDraft {
  // The type of `field` holds what each `show` gives against its schema.
  return Object.fromEntries(
    fields.map(([, each]) => [each.member, each.show(decision)]),
  ) as ShownDraft;
}

function byMember(part: (field: AnyField) => z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(fields.map(([, each]) => [each.member, part(each)]));
}
