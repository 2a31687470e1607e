import { Trans, useLingui } from "@lingui/react/macro";
import { formatInteger } from "../i18n/format.ts";
import { useTimeZone } from "../i18n/use-time-zone.ts";
import type { ApiDecision } from "../contract.ts";
import { hiddenReason, hiddenSum, releaseNotes, type HiddenResults } from "./hidden-words.ts";
import type { CountMeasure } from "./measure.ts";
import { TurnoutBar } from "./turnout-bar.tsx";

export type HiddenBoardProps = {
  decision: ApiDecision;
  result: HiddenResults;
  measure: CountMeasure;
};

/**
 * What stands in a result's place while the decision shows less than its counts: how many have
 * voted, or that nothing is shown to anyone.
 */
export function HiddenBoard({ decision, result, measure }: HiddenBoardProps) {
  const { i18n } = useLingui();
  const wording = { decision, measure, timeZone: useTimeZone() };
  const notes = result.shows === "turnout" ? releaseNotes(i18n, result, wording) : null;
  return (
    <div className="board hidden-board">
      <p className="hidden-figure">
        {result.shows === "nothing" ? (
          <Trans>Sealed</Trans>
        ) : (
          formatInteger(i18n, result.turnout.voters)
        )}
      </p>
      {result.shows === "turnout" && result.electorate !== undefined && (
        <TurnoutBar voted={BigInt(result.turnout.voters)} all={BigInt(result.electorate.voters)} />
      )}
      <p className="hidden-sum">{hiddenSum(i18n, result, wording)}</p>
      <p className="quiet-line">{hiddenReason(i18n, result)}</p>
      {notes !== null && <p className="quiet-line">{notes}</p>}
    </div>
  );
}
