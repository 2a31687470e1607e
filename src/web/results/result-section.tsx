import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiDecision } from "../contract.ts";
import { useTimeZone } from "../i18n/use-time-zone.ts";
import { Announcer } from "../ui/announcer.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { spokenResult } from "./board-words.ts";
import { FreshnessLine } from "./freshness-line.tsx";
import { HiddenBoard } from "./hidden-board.tsx";
import { spokenHidden } from "./hidden-words.ts";
import { countMeasures, isWeighted, type CountMeasure } from "./measure.ts";
import type { HeldResults } from "./merge-results.ts";
import { RegionTable } from "./region-table.tsx";
import { ResultBoard } from "./result-board.tsx";
import "./results.css";
import { SaveMenu } from "./save-menu.tsx";
import { TurnoutRegions } from "./turnout-regions.tsx";
import { useLiveResults } from "./use-live-results.ts";

export type ResultSectionProps = { decision: ApiDecision };

/** The result of a decision, live while it moves; what its regions say is `ResultRegions`. */
export function ResultSection({ decision }: ResultSectionProps) {
  const state = useLiveResults(decision.id);
  const { results, error, retry } = state;
  if (error !== null) return <ReadFailure error={error} onRetry={retry} />;
  const [measure = "ballots"] = countMeasures(decision);
  return (
    <section className="result" aria-labelledby="result-title">
      <div className="section-head">
        <h2 id="result-title">
          <ResultHeading results={results} />
        </h2>
        <FreshnessLine state={state} />
      </div>
      {results !== null && <Board decision={decision} results={results} measure={measure} />}
      {results?.shows === "counts" && (
        <SaveMenu what="board" decision={decision} results={results} measure={measure} />
      )}
    </section>
  );
}

/** The regions of a decision, as far as they are shown. */
export function ResultRegions({ decision }: ResultSectionProps) {
  const { results } = useLiveResults(decision.id);
  const { regions } = decision;
  const [measure = "ballots"] = countMeasures(decision);
  if (results === null || regions.length === 0) return null;
  if (results.shows === "nothing") return null;
  return (
    <div className="regions-part">
      {results.shows === "counts" ? (
        <RegionTable regions={regions} result={results} measure={measure} />
      ) : (
        <TurnoutRegions regions={regions} result={results} />
      )}
      {results.regions.length > 0 && (
        <SaveMenu what="regions" decision={decision} results={results} measure={measure} />
      )}
    </div>
  );
}

type BoardProps = ResultSectionProps & { results: HeldResults; measure: CountMeasure };

function Board({ decision, results, measure }: BoardProps) {
  const { i18n } = useLingui();
  const timeZone = useTimeZone();
  const isCounted = results.shows === "counts";
  const spoken = isCounted
    ? spokenResult(i18n, results, measure)
    : spokenHidden(i18n, results, { decision, measure, timeZone });
  return (
    <>
      {isCounted ? (
        <ResultBoard result={results} measure={measure} />
      ) : (
        <HiddenBoard decision={decision} result={results} measure={measure} />
      )}
      {isCounted && measure === "ballots" && isWeighted(decision) && (
        <p className="quiet-line">
          <Trans>
            Ballots of this decision have weights, but its rule counts heads: so does this.
          </Trans>
        </p>
      )}
      <Announcer text={spoken} />
    </>
  );
}

function ResultHeading({ results }: { results: HeldResults | null }) {
  if (results === null) return <Trans>Result so far</Trans>;
  if (results.shows === "turnout") return <Trans>Turnout so far</Trans>;
  return results.shows === "nothing" || results.final ? (
    <Trans>Result</Trans>
  ) : (
    <Trans>Result so far</Trans>
  );
}
