import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useReadApi } from "../api/read-api-context.ts";
import { statisticsQuery } from "../api/search-queries.ts";
import type { ApiStatistics } from "../contract.ts";
import { SearchFailure } from "../search/search-failure.tsx";
import { Loading } from "../ui/loading.tsx";
import { BallotsStatistics } from "./ballots-statistics.tsx";
import { DecisionsStatistics } from "./decisions-statistics.tsx";
import { ComputedFreshness } from "./computed-freshness.tsx";

/** Counts of all decisions that were opened, and of the ballots that were published. */
export function AllStatistics() {
  const { data, error, refetch } = useQuery(statisticsQuery(useReadApi()));
  return (
    <div className="statistics">
      <header className="statistics-head">
        <h1>
          <Trans>Statistics</Trans>
        </h1>
        {data !== undefined && <ComputedFreshness statistics={data} />}
      </header>
      {data !== undefined ? (
        <ShownStatistics statistics={data} />
      ) : error === null ? (
        <Loading />
      ) : (
        <SearchFailure error={error} onRetry={refetch} />
      )}
    </div>
  );
}

function ShownStatistics({ statistics: { decisions, ballots } }: { statistics: ApiStatistics }) {
  const { t } = useLingui();
  return (
    <>
      <section className="statistics-of" aria-labelledby="of-decisions">
        <h2 id="of-decisions">
          {t`${plural(decisions.total, { one: "# decision", other: "# decisions" })}`}
        </h2>
        <DecisionsStatistics decisions={decisions} />
      </section>
      <section className="statistics-of" aria-labelledby="of-ballots">
        <h2 id="of-ballots">
          <Trans>Published ballots</Trans>
        </h2>
        <p className="quiet-line">
          <Trans>
            Counted ballots of certified decisions, as far as they were published with their
            choices. They decide nothing: what a decision came to is on its own page.
          </Trans>
        </p>
        <BallotsStatistics ballots={ballots} nameOf={(code) => code} />
      </section>
    </>
  );
}
