import { Trans, useLingui } from "@lingui/react/macro";
import { Announcer } from "../../ui/announcer.tsx";
import type { DraftView } from "./draft-session.ts";

/** Saving, and how far it is. */
export function SaveBar({ view }: { view: DraftView }) {
  const { t } = useLingui();
  const { state, isKept } = view;
  const unsaved = isKept
    ? t`Not saved yet. This tab keeps what you type, also over a reload.`
    : t`Not saved yet, and this browser keeps nothing: save before you leave the page.`;
  const words = {
    new: t`Nothing is saved yet. Nobody but you and administrators will see the draft.`,
    changed: unsaved,
    saving: t`Saving …`,
    saved: t`Saved. Nobody but you and administrators sees it before it is opened.`,
  };
  return (
    <div className="save-bar">
      <p>{words[state]}</p>
      <Announcer text={state === "saving" || state === "saved" ? words[state] : ""} quietMs={0} />
      <div className="actions">
        <button className="button strong" disabled={state === "saving"}>
          <Trans>Save the draft</Trans>
        </button>
      </div>
    </div>
  );
}
