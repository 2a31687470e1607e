import { Trans } from "@lingui/react/macro";
import type { ApiDecision } from "../contract.ts";
import { ReadFailure } from "../ui/read-failure.tsx";
import { FreshnessLine } from "./freshness-line.tsx";
import { MeasuredBoard } from "./measured-board.tsx";
import type { HeldResults } from "./merge-results.ts";
import "./results.css";
import { measuresOf } from "./measure.ts";
import { ReleaseNote } from "./release-note.tsx";
import { SaveMenu } from "./save-menu.tsx";
import { TurnoutHistory } from "./turnout-history.tsx";
import { useLiveResults } from "./use-live-results.ts";

export type ResultSectionProps = { decision: ApiDecision };

/** The result of a decision, live while it moves; what its regions say is `ResultRegions`. */
export function ResultSection({ decision }: ResultSectionProps) {
  const state = useLiveResults(decision.id);
  const measures = measuresOf(decision);
  const { results, error, retry } = state;
  if (error !== null) return <ReadFailure error={error} onRetry={retry} />;
  return (
    <section className="result" aria-labelledby="result-title">
      <div className="section-head">
        <h2 id="result-title">
          <ResultHeading results={results} />
        </h2>
        <FreshnessLine state={state} />
      </div>
      {results !== null && (
        <>
          <MeasuredBoard decision={decision} results={results} measures={measures} />
          {results.shows !== "nothing" && results.release_min !== undefined && (
            <ReleaseNote releaseMin={results.release_min} />
          )}
          {results.shows !== "nothing" && <TurnoutHistory decision={decision} />}
          {results.shows === "counts" && results.total.ballots > 0 && (
            <SaveMenu what="board" decision={decision} results={results} measures={measures} />
          )}
        </>
      )}
    </section>
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
