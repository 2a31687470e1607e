import { useLingui } from "@lingui/react/macro";
import type { AnswerSteps } from "./answer-steps.ts";
import { attemptWords } from "./attempt-words.ts";
import type { BallotStep } from "./ballot-step.ts";

/** What screen readers are told of a step, beside the heading that has the focus. */
export function useStepAnnouncement(step: BallotStep, answers: AnswerSteps | null): string {
  const { i18n, t } = useLingui();
  switch (step.kind) {
    case "choice":
      return t`Choose, then review. Nothing is sent before you confirm it.`;
    case "review":
    case "withdrawal":
      return t`Nothing is sent yet. Confirm, or go back.`;
    case "sending":
      return attemptWords(i18n, step.choice).sending;
    case "recorded": {
      const words = attemptWords(i18n, step.ballot.choice);
      return step.isNew ? words.recorded : words.found;
    }
    case "unsettled": {
      const words = attemptWords(i18n, step.choice);
      if (step.answer === "busy") return words.busy;
      return step.isUnsent ? words.waiting : words.unknown;
    }
    case "mismatch":
      return t`The receipt does not fit your vote`;
    case "refused":
      return answers?.explainRefusal(i18n, step.problem, step.isDoubtful).title ?? "";
    default:
      return "";
  }
}
