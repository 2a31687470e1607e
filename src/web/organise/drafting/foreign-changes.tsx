import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useId, useRef, useState } from "react";
import { describeRule } from "../../../rules/describe-rule.ts";
import { parseRule } from "../../../rules/parse-rule.ts";
import { limits } from "../../../shared/limits.ts";
import { conditionWords } from "../../rule/rule-words.ts";
import type { DraftMember, WholeDraft } from "./draft-body.ts";
import { draftOf } from "./draft-body.ts";
import type { Collision } from "./draft-session.ts";
import { memberLabel, memberWords } from "./member-words.ts";
import { findForeignChanges, mergeDrafts } from "./merge-drafts.ts";

export interface ForeignChangesProps {
  collision: Collision;
  timeZone: string;
  isSaving: boolean;
  onTake: (merged: WholeDraft) => void;
  onBack: () => void;
}

type Side = "mine" | "theirs";

/** What somebody else has changed meanwhile, field by field, and the choice where both have. */
export function ForeignChanges(props: ForeignChangesProps) {
  const { collision, timeZone, isSaving, onTake, onBack } = props;
  const { base, mine } = collision;
  const theirs = draftOf(collision.theirs.decision);
  const changes = findForeignChanges({ base, mine, theirs });
  const [chosen, setChosen] = useState<ReadonlyMap<DraftMember, Side>>(new Map());
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const conflicts = changes.filter(({ isConflict }) => isConflict);
  return (
    <section className="foreign-changes" aria-labelledby="foreign-title">
      <h2 id="foreign-title" tabIndex={-1} ref={heading}>
        <Trans>Somebody else has changed this draft</Trans>
      </h2>
      <p>
        <Trans>
          It was saved from elsewhere after you had opened it here. Nothing of yours is saved yet,
          and nothing is lost.
        </Trans>{" "}
        {conflicts.length > 0 && (
          <Plural
            value={conflicts.length}
            one="# field was changed by both of you: choose which is kept."
            other="# fields were changed by both of you: choose which are kept."
          />
        )}
      </p>
      {changes.map(({ member, isConflict }) => (
        <ChangedField
          key={member}
          member={member}
          drafts={{ base, mine, theirs }}
          timeZone={timeZone}
          choice={isConflict ? (chosen.get(member) ?? "mine") : null}
          onChoose={(side) => setChosen(new Map([...chosen, [member, side]]))}
        />
      ))}
      <div className="actions">
        <button
          type="button"
          className="button strong"
          disabled={isSaving}
          onClick={() => onTake(mergeDrafts({ base, mine, theirs }, chosen))}
        >
          {isSaving ? <Trans>Saving …</Trans> : <Trans>Save both together</Trans>}
        </button>
        <button type="button" className="button" disabled={isSaving} onClick={() => onTake(theirs)}>
          <Trans>Take theirs, drop mine</Trans>
        </button>
        <button type="button" className="button quiet" onClick={onBack}>
          <Trans>Back to my form</Trans>
        </button>
      </div>
    </section>
  );
}

interface ChangedFieldProps {
  member: DraftMember;
  drafts: Record<"base" | Side, WholeDraft>;
  timeZone: string;
  /** Null where only somebody else has changed it. */
  choice: Side | null;
  onChoose: (side: Side) => void;
}

function ChangedField({ member, drafts, timeZone, choice, onChoose }: ChangedFieldProps) {
  const { i18n, t } = useLingui();
  const id = useId();
  const label = memberLabel(i18n, member);
  const sides: [Side, string][] = [
    ["mine", t`Yours`],
    ["theirs", t`Theirs`],
  ];
  const told = (draft: WholeDraft) => (
    <ToldField draft={draft} member={member} timeZone={timeZone} />
  );
  return (
    <fieldset className="changed-field">
      <legend>{label}</legend>
      <dl className="fact-list">
        <dt>
          <Trans>It was</Trans>
        </dt>
        <dd>{told(drafts.base)}</dd>
        {choice === null && (
          <>
            <dt>
              <Trans>They made it</Trans>
            </dt>
            <dd>{told(drafts.theirs)}</dd>
          </>
        )}
      </dl>
      {choice !== null &&
        sides.map(([side, words]) => (
          <label key={side} className="choice-option">
            <input
              type="radio"
              name={id}
              checked={choice === side}
              onChange={() => onChoose(side)}
            />
            <span>
              <span className="choice-label">{words}</span>
              <span className="choice-consequence">{told(drafts[side])}</span>
            </span>
          </label>
        ))}
    </fieldset>
  );
}

type ToldFieldProps = { draft: WholeDraft; member: DraftMember; timeZone: string };

/** What a draft says in a field; of a rule, what it asks for. */
export function ToldField({ draft, member, timeZone }: ToldFieldProps) {
  const { i18n } = useLingui();
  const words = memberWords(i18n, { draft, member, timeZone });
  if (member !== "rule") return <span dir="auto">{words}</span>;
  const parsed = parseRule(draft.rule, limits);
  if ("faults" in parsed) return words;
  return (
    <>
      <span dir="auto">{words}</span>
      {describeRule(parsed.rule).requirements.map(({ id, clause }) => (
        <span key={id} className="told-part">
          {conditionWords(i18n, clause)}
        </span>
      ))}
    </>
  );
}
