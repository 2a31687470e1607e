import { useLingui } from "@lingui/react/macro";
import { useState, useSyncExternalStore } from "react";
import { tabTexts } from "../../ballot/tab-memory.ts";
import { useLeavingQuestion } from "../form/use-leaving-question.ts";
import { useSession } from "../session/use-session.ts";
import { changeDraft, createDraft, readTagged, type TaggedDecision } from "./draft-calls.ts";
import { DraftSession } from "./draft-session.ts";
import { randomEnding } from "./draft-slug.ts";
import { keptDraft, type KeptDraft } from "./kept-draft.ts";

export interface DraftStart {
  /** What the tab keeps it under. */
  name: string;
  /** What it begins with where the tab keeps nothing. */
  first: () => Pick<KeptDraft, "form" | "base">;
  onCreated: (created: TaggedDecision) => void;
}

/** A draft that is filled in, and what can be done with it. */
export function useDraft({ name, first, onCreated }: DraftStart) {
  const { i18n } = useLingui();
  const { role, owner } = useSession();
  const [session] = useState(() => {
    const store = keptDraft(tabTexts(), { owner: `${role} ${owner ?? ""}`, form: name });
    const calls = { create: createDraft, change: changeDraft, read: readTagged };
    return new DraftSession({ i18n, store, ...calls, randomEnding, onCreated }, first());
  });
  const view = useSyncExternalStore(session.watch, session.view);
  useLeavingQuestion(!view.isKept && view.state === "changed");
  return { session, view };
}
