import { Trans, useLingui } from "@lingui/react/macro";
import { useDeferredValue, useMemo } from "react";
import { focusField } from "../form/fault-summary.tsx";
import { faultsAt, fieldId } from "../form/form-faults.tsx";
import type { DraftForm } from "./draft-form.ts";
import { draftWarnings, type KnownRoll } from "./draft-warnings.ts";
import { memberLabel } from "./member-words.ts";
import { readLoosely } from "./read-form.ts";

export type DraftWarningsProps = { form: DraftForm; roll: KnownRoll };

/** What is allowed and may surprise, with the way to each field. */
export function DraftWarnings({ form, roll }: DraftWarningsProps) {
  const { i18n } = useLingui();
  const typed = useDeferredValue(form);
  const warnings = useMemo(() => {
    const { body, faults } = readLoosely(i18n, typed);
    // Of what can't be read yet there is nothing to warn of.
    const isRead = (member: string) => faultsAt(faults, `/${member}`).length === 0;
    return draftWarnings(i18n, body, roll).filter(({ member }) => isRead(member));
  }, [i18n, typed, roll]);
  if (warnings.length === 0) return null;
  return (
    <section className="form-warning" aria-labelledby="draft-warnings">
      <h2 id="draft-warnings">
        <Trans>Worth a second look</Trans>
      </h2>
      <ul>
        {warnings.map(({ member, words }) => (
          <li key={words}>
            <a
              href={`#${fieldId(`/${member}`)}`}
              onClick={(event) => {
                event.preventDefault();
                focusField(`/${member}`);
              }}
            >
              {memberLabel(i18n, member)}
            </a>
            : {words}
          </li>
        ))}
      </ul>
    </section>
  );
}
