import { Trans, useLingui } from "@lingui/react/macro";
import type { MessageDescriptor } from "@lingui/core";
import { plural } from "@lingui/core/macro";

import { formatInteger } from "../i18n/format.ts";
import { Moment } from "../ui/moment.tsx";
import { StateMark } from "./state-mark.tsx";
import {
  brokenWords,
  causeWords,
  recordStageNames,
  stageStateWords,
  type CheckedDecision,
  type CheckedStage,
} from "./state-words.ts";

/** The steps of a decision's ballots, each compared with what was accepted. */
export function DecisionStages({ decision }: { decision: CheckedDecision }) {
  const { stages, accepted } = decision;
  return (
    <dl className="stages">
      <div className="stage">
        <dt>
          <Trans>Accepted</Trans>
        </dt>
        <AcceptedFigure accepted={accepted} />
      </div>
      {stages.map((stage) => (
        <StageStep key={stage.stage} stage={stage} decision={decision} />
      ))}
    </dl>
  );
}

function AcceptedFigure({ accepted }: Pick<CheckedDecision, "accepted">) {
  const { i18n } = useLingui();
  return accepted === null ? (
    <dd>
      <Trans>Not shown until the close</Trans>
    </dd>
  ) : (
    <dd className="stage-figure">{formatInteger(i18n, accepted)}</dd>
  );
}

function StageStep({ stage, decision }: { stage: CheckedStage; decision: CheckedDecision }) {
  const { i18n, t } = useLingui();
  const { state, since } = stage;
  const { accepted, status, checks_a_round: round } = decision;
  const isOver = status === "closed" || status === "certified";
  const sentence = sentenceOf(stage);
  const isInPortions =
    stage.stage === "stored" && state === "agrees" && round !== null && round > 1;
  return (
    <div className="stage" data-state={state}>
      <dt>
        <StateMark state={state} />
        {i18n._(recordStageNames[stage.stage])}
      </dt>
      {isOver && state === "agrees" && accepted !== null ? (
        <dd className="stage-figure">{formatInteger(i18n, accepted)}</dd>
      ) : (
        <dd>{i18n._(stageStateWords[state])}</dd>
      )}
      {sentence !== null && (
        <dd className="quiet-line">
          {i18n._(sentence)}
          {since !== null && (
            <>
              {" "}
              <Trans>
                Since <Moment iso={since} />.
              </Trans>
            </>
          )}
        </dd>
      )}
      {isInPortions && (
        <dd className="quiet-line">
          {t`${plural(round, { other: "All its rows are counted within # checks." })}`}
        </dd>
      )}
    </div>
  );
}

/** What is broken, or why it waits; null where it agrees. */
function sentenceOf({ stage, state, cause }: CheckedStage): MessageDescriptor | null {
  if (state === "broken") return brokenWords[stage];
  return cause === null ? null : causeWords[cause];
}
