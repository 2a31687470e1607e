import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { decisionQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { decisionStatisticsQuery } from "../api/search-queries.ts";
import { decisionAddress } from "../app/addresses.ts";
import type { ApiDecision, ApiDecisionStatistics } from "../contract.ts";
import { QuestionText } from "../decision/question-text.tsx";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { SearchFailure } from "../search/search-failure.tsx";
import { Loading } from "../ui/loading.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { BallotsStatistics } from "./ballots-statistics.tsx";
import { ComputedFreshness } from "./computed-freshness.tsx";
import { TurnoutSum } from "./turnout-sum.tsx";

/** Counts of a decision's published ballots. */
export function OneDecision({ id }: { id: string }) {
  const { data: decision, error, refetch } = useQuery(decisionQuery(useReadApi(), id));
  if (decision === undefined) {
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
  }
  return <StatisticsOf key={id} decision={decision} />;
}

function StatisticsOf({ decision }: { decision: ApiDecision }) {
  const { t: say } = useLingui();
  const { data, error, refetch } = useQuery(decisionStatisticsQuery(useReadApi(), decision.id));
  return (
    <div className="statistics">
      <header className="statistics-head">
        <nav aria-label={say`Breadcrumb`}>
          <Link href={decisionAddress(decision.id)}>
            <QuestionText decision={decision} />
          </Link>
        </nav>
        <h1>
          <Trans>Statistics</Trans>
        </h1>
        <RehearsalNote decision={decision} />
        {data !== undefined && <ComputedFreshness statistics={data} />}
      </header>
      {data !== undefined ? (
        <ShownStatistics decision={decision} statistics={data} />
      ) : error === null ? (
        <Loading />
      ) : (
        <SearchFailure error={error} onRetry={refetch} />
      )}
    </div>
  );
}

type ShownStatisticsProps = { decision: ApiDecision; statistics: ApiDecisionStatistics };

function ShownStatistics({ decision, statistics: { ballots, turnout } }: ShownStatisticsProps) {
  const names = new Map(decision.regions.map(({ code, name }) => [code, name || code]));
  return (
    <div className="statistics-of">
      {turnout !== null && <TurnoutSum turnout={turnout} heading="h2" />}
      <h2>
        <Trans>Published ballots</Trans>
      </h2>
      {ballots === null ? (
        <p className="quiet-line">
          <NoBallots decision={decision} />
        </p>
      ) : (
        <BallotsStatistics ballots={ballots} nameOf={(code) => names.get(code) ?? code} />
      )}
    </div>
  );
}

function NoBallots({ decision: { status, disclosure, rehearsal } }: { decision: ApiDecision }) {
  if (rehearsal) {
    return <Trans>The ballots of a rehearsal are in no statistics.</Trans>;
  }
  if (disclosure === "aggregate") {
    return (
      <Trans>
        How single votes were cast is not published of this decision, so there is nothing to count
        by region and time.
      </Trans>
    );
  }
  if (status === "certified") {
    return <Trans>Its ballots are not counted here yet: look again in a minute.</Trans>;
  }
  return <Trans>Its ballots are counted here once it is certified.</Trans>;
}
