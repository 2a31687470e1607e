import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiChoice, ApiDecision } from "../contract.ts";
import { QuestionText } from "../decision/question-text.tsx";
import { ChoiceMark } from "../results/choice-mark.tsx";
import { choiceWord } from "../results/choice-words.ts";
import { changeWords, keepingWords } from "./change-words.ts";
import { StepFrame } from "./step-frame.tsx";

export type ReviewStepProps = {
  decision: ApiDecision;
  choice: ApiChoice;
  statement: string | null;
  /** As the token has it. */
  name: string | null;
  /** Whether this browser keeps what a change needs. */
  isStored: boolean;
  onConfirm: () => void;
  onBack: () => void;
};

/** Reads the vote back before it is sent. */
export function ReviewStep(props: ReviewStepProps) {
  const { decision, choice, statement, name, isStored, onConfirm, onBack } = props;
  const { i18n } = useLingui();
  const word = choiceWord(i18n, choice);
  const title = <QuestionText decision={decision} />;
  return (
    <StepFrame title={<Trans>Review your vote</Trans>}>
      <p className={`read-back ${choice}`}>
        <ChoiceMark choice={choice} />
        {word}
      </p>
      <p>
        <Trans>on “{title}”.</Trans>
      </p>
      {statement === null ? null : <blockquote dir="auto">{statement}</blockquote>}
      {decision.disclosure === "roll_call" ? (
        <PublishedLine name={name} hasReasons={statement !== null} />
      ) : null}
      <p>{changeWords(i18n, decision, isStored).join(" ")}</p>
      <p className="quiet-line">{keepingWords(i18n, isStored)}</p>
      <div className="actions">
        <button type="button" className="button strong" onClick={onConfirm}>
          <Trans>Cast vote: {word}</Trans>
        </button>
        <button type="button" className="button" onClick={onBack}>
          <Trans>Back</Trans>
        </button>
      </div>
    </StepFrame>
  );
}

/** What everybody will see of it. */
function PublishedLine({ name, hasReasons }: { name: string | null; hasReasons: boolean }) {
  const shown = <bdi>{name}</bdi>;
  if (name === null) {
    return (
      <p>
        {hasReasons ? (
          <Trans>Your vote and your reasons are published, this is a roll call.</Trans>
        ) : (
          <Trans>Your vote is published, this is a roll call.</Trans>
        )}
      </p>
    );
  }
  return (
    <p>
      {hasReasons ? (
        <Trans>Your vote and your reasons are published beside your name, {shown}.</Trans>
      ) : (
        <Trans>Your vote is published beside your name, {shown}.</Trans>
      )}
    </p>
  );
}
