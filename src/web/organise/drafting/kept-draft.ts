import type { KeyedTexts } from "../../ballot/browser-texts.ts";
import type { ApiDecision } from "../../contract.ts";
import { KeptForm } from "../form/kept-form.ts";
import type { DraftForm } from "./draft-form.ts";

/** What a tab keeps of a draft that is being filled in. */
export function keptDraft(
  storage: KeyedTexts | null,
  { owner, form }: { owner: string; form: string },
): KeptForm<KeptDraft> {
  return new KeptForm(storage, { owner, form }, isKeptDraft);
}

/** A form with what it began with: the draft as it was read and its ETag, or nothing. */
export type KeptDraft = {
  form: DraftForm;
  /** What a new decision is named with, so that a repeat finds it. */
  slug: string;
  base: { decision: ApiDecision; etag: string } | null;
};

function isKeptDraft(value: unknown): value is KeptDraft {
  // Nobody else writes under this name; another release names its form otherwise.
  const kept = value as { form?: { form?: unknown } } | null;
  return typeof kept === "object" && kept?.form?.form === "draft/1";
}
