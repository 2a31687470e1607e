import { useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../../contract.ts";
import { draftMembers, draftOf } from "./draft-body.ts";
import { ToldField } from "./foreign-changes.tsx";
import { memberLabel } from "./member-words.ts";

export type TermsListProps = { decision: ApiDecision; timeZone: string };

/** Every term of a decision, in words. */
export function TermsList({ decision, timeZone }: TermsListProps) {
  const { i18n } = useLingui();
  const draft = draftOf(decision);
  return (
    <dl className="fact-list">
      {draftMembers.map((member) => (
        <div key={member} className="fact">
          <dt>{memberLabel(i18n, member)}</dt>
          <dd>
            <ToldField draft={draft} member={member} timeZone={timeZone} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
