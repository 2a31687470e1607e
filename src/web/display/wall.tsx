import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { decisionAddress } from "../app/addresses.ts";
import type { ApiDecision, ApiDecisionStatus } from "../contract.ts";
import { hasResults } from "../decision/decision-phase.ts";
import { useDecisionTexts } from "../decision/decision-texts.ts";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { measuresOf } from "../results/measure.ts";
import { ResultSection } from "../results/result-section.tsx";
import { useLiveResults } from "../results/use-live-results.ts";
import { Notice } from "../ui/notice.tsx";
import { StatusBadge } from "../ui/status-badge.tsx";
import { useWakeLock } from "./use-wake-lock.ts";
import "./wall.css";
import { WallVerdict } from "./wall-verdict.tsx";
import { WallRegions } from "./wall-regions.tsx";

/** From so many characters on a title takes a smaller size. */
const longTitle = 90;

/** A decision's result for a wall: readable from the last row, nothing to press. */
export function Wall({ decision }: { decision: ApiDecision }) {
  useWakeLock();
  const { title, language } = useDecisionTexts(decision);
  return (
    <article className="wall">
      <header className="wall-head">
        <h1 dir="auto" lang={language} className={title.length > longTitle ? "long" : undefined}>
          {title}
        </h1>
        <Link className="wall-leave" href={decisionAddress(decision.id)}>
          <Trans>Leave the display</Trans>
        </Link>
      </header>
      {hasResults(decision.status) ? (
        <WallResult decision={decision} />
      ) : (
        <>
          <WallStatus decision={decision} status={decision.status} />
          <Notice title={<Trans>No result yet</Trans>}>
            <p>
              <Trans>The result appears here, live, as soon as voting opens.</Trans>
            </p>
          </Notice>
        </>
      )}
    </article>
  );
}

type WallStatusProps = { decision: ApiDecision; status: ApiDecisionStatus };

function WallStatus({ decision, status }: WallStatusProps) {
  return (
    <p className="wall-status">
      <StatusBadge status={status} />
      <RehearsalNote decision={decision} />
    </p>
  );
}

function WallResult({ decision }: { decision: ApiDecision }) {
  const { results } = useLiveResults(decision.id);
  const [measure = "ballots"] = measuresOf(decision);
  const hasRegions =
    results?.shows === "counts" && results.regions.length > 0 && decision.regions.length > 0;
  return (
    <>
      <WallStatus decision={decision} status={results?.status ?? decision.status} />
      <div className={hasRegions ? "wall-body with-regions" : "wall-body"}>
        <div className="wall-result">
          <ResultSection decision={decision} />
          {results !== null && <WallVerdict decisionId={decision.id} results={results} />}
        </div>
        {hasRegions && (
          <WallRegions regions={decision.regions} result={results} measure={measure} />
        )}
      </div>
    </>
  );
}
