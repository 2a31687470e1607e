import { Trans } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { ApiDecision } from "../contract.ts";
import { Announcer } from "../ui/announcer.tsx";
import { BallotStepView } from "./ballot-step-view.tsx";
import { isAnswer, type BallotStep } from "./ballot-step.ts";
import { stepHeadingId } from "./step-frame.tsx";
import { useAnswerSteps } from "./use-answer-steps.ts";
import { useBallotSession } from "./use-ballot-session.ts";
import { useStepAnnouncement } from "./use-step-announcement.ts";
import "./ballot.css";

/** The way of one vote through the page, the one sheet of paper on it. */
export function BallotPanel({ decision }: { decision: ApiDecision }) {
  const { session, step } = useBallotSession(decision);
  const panel = useRef<HTMLElement>(null);
  const isOver = decision.status !== "open";
  const answers = useAnswerSteps(isAnswer(step) || (session !== null && isOver));
  const isWaiting = isAnswer(step) && answers === null;
  useFocusOnStep(panel, isWaiting ? "sending" : step.kind);
  useReviewInHistory(step);
  return (
    <section
      className="ballot"
      ref={panel}
      aria-labelledby={stepHeadingId}
      data-step={decision.status === "open" ? step.kind : null}
    >
      {/* As the Worker renders it; a browser that runs this has found its token or asks for it. */}
      <noscript>
        <p className="warning">
          <Trans>
            This browser runs no scripts. A vote needs them: what is recorded is checked here before
            it is called recorded.
          </Trans>
        </p>
      </noscript>
      <BallotStepView decision={decision} session={session} step={step} answers={answers} />
      <Announcer text={useStepAnnouncement(step, answers)} quietMs={0} />
    </section>
  );
}

/** A step that vanishes under the keyboard would drop its user to the top of the page. */
function useFocusOnStep(
  panel: React.RefObject<HTMLElement | null>,
  kind: BallotStep["kind"],
): void {
  const shown = useRef<BallotStep["kind"]>("starting");
  useEffect(() => {
    const isFirst = shown.current === "starting";
    if (shown.current === kind) return;
    shown.current = kind;
    // Whoever came without a link may have come to read.
    if (isFirst && kind === "token") return;
    panel.current?.querySelector("h2")?.focus();
  }, [panel, kind]);
}

/** The browser's Back leads from a review to the ballot, and not away from it. */
function useReviewInHistory({ kind }: BallotStep): void {
  const isReview = kind === "review" || kind === "withdrawal";
  useEffect(() => {
    if (!isReview) return undefined;
    const state: unknown = history.state;
    if (!isReviewState(state)) history.pushState({ ballotReview: true }, "");
    return () => {
      if (isReviewState(history.state)) history.back();
    };
  }, [isReview]);
}

function isReviewState(state: unknown): boolean {
  return typeof state === "object" && state !== null && "ballotReview" in state;
}
