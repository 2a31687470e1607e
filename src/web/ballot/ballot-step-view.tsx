import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../contract.ts";
import { useDecisionTexts } from "../decision/decision-texts.ts";
import type { AnswerSteps } from "./answer-steps.ts";
import type { BallotSession } from "./ballot-session.ts";
import { outlivesVoting, type BallotStep } from "./ballot-step.ts";
import { ChoiceStep } from "./choice-step.tsx";
import { NotOpenStep } from "./not-open-step.tsx";
import { OtherDecisionStep } from "./other-decision-step.tsx";
import { ReviewStep } from "./review-step.tsx";
import { SendingStep } from "./sending-step.tsx";
import { StepFrame } from "./step-frame.tsx";
import { noDraft } from "./tab-memory.ts";
import { TokenStep } from "./token-step.tsx";
import { UnsettledStepView } from "./unsettled-step-view.tsx";
import { WithdrawalStep } from "./withdrawal-step.tsx";

export type BallotStepViewProps = {
  decision: ApiDecision;
  /** Null until the page is hydrated. */
  session: BallotSession | null;
  step: BallotStep;
  /** Null until they are loaded. */
  answers: AnswerSteps | null;
};

const doNothing = (): void => undefined;

/** The step that a voter is at, as far as the decision's own state lets it be. */
export function BallotStepView({ decision, session, step, answers }: BallotStepViewProps) {
  if (decision.status !== "open" && !outlivesVoting(step)) {
    const isOver = decision.status === "closed" || decision.status === "certified";
    if (isOver && session !== null && answers !== null) {
      const voters = session.keptBallots();
      const isUnfinished = session.isUnfinished();
      if (voters.length > 0 || isUnfinished) {
        return <answers.KeptStep decision={decision} voters={voters} isUnfinished={isUnfinished} />;
      }
    }
    return <NotOpenStep decision={decision} />;
  }
  if (session === null || step.kind === "starting") {
    return (
      <ChoiceStep
        decision={decision}
        claims={null}
        draft={noDraft}
        isFirst
        onDraft={doNothing}
        onReview={doNothing}
        onWithdraw={doNothing}
        onOtherToken={doNothing}
      />
    );
  }
  return <VotingStep decision={decision} session={session} step={step} answers={answers} />;
}

type VotingStepProps = BallotStepViewProps & { session: BallotSession };

function VotingStep({ decision, session, step, answers }: VotingStepProps) {
  const { title } = useDecisionTexts(decision);
  switch (step.kind) {
    case "starting":
      return null;
    case "token":
      return (
        <TokenStep
          problem={step.problem}
          title={title}
          voters={session.keptBallots()}
          answers={answers}
          onToken={(token) => void session.takeToken(token)}
          onForget={session.forget}
        />
      );
    case "other_decision":
      return <OtherDecisionStep token={step.token} onOtherToken={session.askToken} />;
    case "choice":
      return (
        <ChoiceStep
          decision={decision}
          claims={session.claims()}
          draft={session.draft()}
          isFirst={session.isFirst()}
          onDraft={(draft) => session.keepDraft(draft)}
          onReview={(ballot) => session.review(ballot)}
          onWithdraw={(proof) => session.reviewWithdrawal(proof)}
          onOtherToken={session.askToken}
        />
      );
    case "review":
      return (
        <ReviewStep
          decision={decision}
          choice={step.choice}
          statement={step.statement}
          name={session.claims()?.name ?? null}
          isStored={session.isStored()}
          onConfirm={() => void session.cast(step.choice, step.statement)}
          onBack={session.goBack}
        />
      );
    case "withdrawal":
      return (
        <WithdrawalStep
          title={title}
          onConfirm={() => void session.cast("withdrawn", null)}
          onBack={session.goBack}
        />
      );
    default:
      return <SentStep decision={decision} session={session} step={step} answers={answers} />;
  }
}

type SentStepProps = Omit<VotingStepProps, "step"> & {
  step: Extract<
    BallotStep,
    { kind: "sending" | "unsettled" | "recorded" | "mismatch" | "refused" }
  >;
};

function SentStep({ decision, session, step, answers }: SentStepProps) {
  if (step.kind === "sending") return <SendingStep choice={step.choice} sending={step.sending} />;
  if (step.kind === "unsettled") {
    return (
      <UnsettledStepView
        step={step}
        isStored={session.isStored()}
        onResend={() => void session.resend()}
        onReconsider={() => void session.reconsider()}
      />
    );
  }
  return answers === null ? (
    <StepFrame title={<Trans>There is an answer…</Trans>} />
  ) : (
    <AnsweredStep decision={decision} session={session} step={step} answers={answers} />
  );
}

type AnsweredStepProps = Omit<SentStepProps, "step" | "answers"> & {
  step: Extract<BallotStep, { kind: "recorded" | "mismatch" | "refused" }>;
  answers: AnswerSteps;
};

function AnsweredStep({ decision, session, step, answers }: AnsweredStepProps) {
  const { title } = useDecisionTexts(decision);
  const { i18n } = useLingui();
  switch (step.kind) {
    case "recorded":
      return (
        <answers.RecordedStep
          decision={decision}
          ballot={step.ballot}
          isNew={step.isNew}
          onAsk={() => session.askCounted(step.ballot)}
          onChange={session.askChoice}
          onWithdraw={() => session.reviewWithdrawal(null)}
          onForget={session.forget}
        />
      );
    case "mismatch":
      return (
        <answers.MismatchStep
          mismatch={step.mismatch}
          ballot={step.ballot}
          title={title}
          onResend={() => void session.resend()}
        />
      );
    default:
      return (
        <answers.RefusedStep
          explanation={answers.explainRefusal(i18n, step.problem, step.isDoubtful)}
          decisionId={decision.id}
          onToken={session.askToken}
          onChoice={session.askChoice}
        />
      );
  }
}
