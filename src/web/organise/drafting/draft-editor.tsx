import { Trans, useLingui } from "@lingui/react/macro";
import { useState, type FormEvent, type ReactNode } from "react";
import { Announcer } from "../../ui/announcer.tsx";
import { FaultSummary } from "../form/fault-summary.tsx";
import { FormFaultsContext } from "../form/form-faults.tsx";
import { DetailsSection, SecrecySection } from "./details-section.tsx";
import { DraftFailure } from "./draft-failure.tsx";
import { DraftWarnings } from "./draft-warnings-list.tsx";
import { draftMembers } from "./draft-body.ts";
import type { DraftSession, DraftView } from "./draft-session.ts";
import { applyTemplate } from "./fill-form.ts";
import { ForeignChanges } from "./foreign-changes.tsx";
import { memberLabel } from "./member-words.ts";
import { QuestionSection } from "./question-section.tsx";
import { RuleSection } from "./rule-section.tsx";
import { SaveBar } from "./save-bar.tsx";
import { TemplatePicker } from "./template-picker.tsx";
import { templateRegionName } from "./template-words.ts";
import { TimeSection } from "./time-section.tsx";
import { VotersSection } from "./voters-section.tsx";
import "./drafting.css";

export interface DraftEditorProps {
  session: DraftSession;
  view: DraftView;
  /** What else may be done with the draft, below all of it. */
  children?: ReactNode;
}

/** The form of a draft: a short start, and the rest with good defaults. */
export function DraftEditor({ session, view, children }: DraftEditorProps) {
  const { i18n } = useLingui();
  const { form, collision, faults, failure, attempt } = view;
  if (collision !== null) {
    return (
      <ForeignChanges
        collision={collision}
        timeZone={form.timeZone}
        isSaving={view.state === "saving"}
        onTake={(merged) => void session.resolve(merged)}
        onBack={session.leaveCollision}
      />
    );
  }
  const save = (event: FormEvent): void => {
    event.preventDefault();
    void session.save();
  };
  const labelOf = (pointer: string): string | null => {
    const member = draftMembers.find((each) => each === pointer.split("/")[1]);
    return member === undefined ? null : memberLabel(i18n, member);
  };
  const section = { form, onEdit: session.edit };
  return (
    <FormFaultsContext value={faults}>
      <form className="draft-form" noValidate onSubmit={save}>
        {view.isRestored && <Restored onDiscard={session.discard} />}
        <DraftFailure failure={failure} attempt={attempt} />
        <FaultSummary faults={faults} labelOf={labelOf} attempt={failure === null ? attempt : 0} />
        <Templates session={session} />
        <QuestionSection {...section} />
        <VotersSection {...section} />
        <RuleSection {...section} />
        <TimeSection {...section} />
        <SecrecySection {...section} />
        <DetailsSection {...section} />
        <DraftWarnings form={form} roll={view.base?.decision.roll ?? null} />
        <SaveBar view={view} />
        {children === undefined ? null : <div className="actions">{children}</div>}
      </form>
    </FormFaultsContext>
  );
}

/** Picks a template, and says so. */
function Templates({ session }: Pick<DraftEditorProps, "session">) {
  const { i18n, t } = useLingui();
  const [picked, setPicked] = useState("");
  return (
    <>
      <TemplatePicker
        onPick={(template, title) => {
          const { form } = session.view();
          session.edit(applyTemplate(form, template, (name) => templateRegionName(i18n, name)));
          setPicked(t`Filled in: ${title}. Look it over from the question on.`);
        }}
      />
      {picked !== "" && <p className="form-hint">{picked}</p>}
      <Announcer text={picked} quietMs={0} />
    </>
  );
}

function Restored({ onDiscard }: { onDiscard: () => void }) {
  return (
    <div className="notice" role="status">
      <p className="notice-title">
        <Trans>What you typed is back</Trans>
      </p>
      <p>
        <Trans>This tab kept it. It is not saved yet.</Trans>
      </p>
      <button type="button" className="button" onClick={onDiscard}>
        <Trans>Throw it away</Trans>
      </button>
    </div>
  );
}
