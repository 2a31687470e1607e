import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../contract.ts";
import { useTimeZone } from "../i18n/use-time-zone.ts";
import { Announcer } from "../ui/announcer.tsx";
import { spokenResult } from "./board-words.ts";
import { HiddenBoard } from "./hidden-board.tsx";
import { spokenHidden } from "./hidden-words.ts";
import { isWeighted, type CountMeasure } from "./measure.ts";
import type { HeldResults } from "./merge-results.ts";
import { ResultBoard } from "./result-board.tsx";

export type MeasuredBoardProps = {
  decision: ApiDecision;
  results: HeldResults;
  measures: readonly CountMeasure[];
};

/** What is shown of a result, in each measure that the rule counts, and what is spoken of it. */
export function MeasuredBoard({ decision, results, measures }: MeasuredBoardProps) {
  const { i18n } = useLingui();
  const timeZone = useTimeZone();
  const [measure = "ballots"] = measures;
  if (results.shows !== "counts") {
    return (
      <>
        <HiddenBoard decision={decision} result={results} measure={measure} />
        <Announcer text={spokenHidden(i18n, results, { decision, measure, timeZone })} />
      </>
    );
  }
  return (
    <>
      {measures.map((each) => (
        <div key={each} className="measured-board">
          {measures.length > 1 && (
            <h3>{each === "ballots" ? <Trans>By heads</Trans> : <Trans>By weight</Trans>}</h3>
          )}
          <ResultBoard result={results} measure={each} />
        </div>
      ))}
      {measures.length > 1 && (
        <p className="quiet-line">
          <Trans>
            The rule of this decision counts both: heads in one part, weight in another.
          </Trans>
        </p>
      )}
      {!measures.includes("weight") && isWeighted(decision) && (
        <p className="quiet-line">
          <Trans>
            Ballots of this decision have weights, but its rule counts heads: so does this.
          </Trans>
        </p>
      )}
      <Announcer text={spokenResult(i18n, results, measure)} />
    </>
  );
}
