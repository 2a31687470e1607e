import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "wouter";
import type { ApiStatistics } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { verdictWord } from "../outcome/verdict-words.ts";
import { foundOutcomes, foundStatuses, searchAddress } from "../search/wanted-search.ts";
import { statusWords } from "../ui/status-badge.tsx";
import { ColumnChart, highestColumn } from "./column-chart.tsx";
import { CountBars } from "./count-bars.tsx";
import { PeriodTable } from "./period-table.tsx";
import { periodWord } from "./period-word.ts";
import { layoutPeriods } from "./periods.ts";
import { TurnoutSum } from "./turnout-sum.tsx";

export type DecisionsStatisticsProps = { decisions: ApiStatistics["decisions"] };

/** Decisions by status, outcome and month, and who took part in them. */
export function DecisionsStatistics({ decisions }: DecisionsStatisticsProps) {
  const { i18n } = useLingui();
  const { by_status: byStatus, by_outcome: byOutcome, by_month: months, turnout } = decisions;
  const countIn = (facet: typeof byStatus, value: string): number =>
    facet.find((each) => each.value === value)?.count ?? 0;
  return (
    <>
      <section className="statistics-part" aria-labelledby="by-status">
        <h3 id="by-status">
          <Trans>By status</Trans>
        </h3>
        <CountBars
          labelledBy="by-status"
          head={<Trans>Status</Trans>}
          rows={foundStatuses
            .map((status) => ({
              key: status,
              count: countIn(byStatus, status),
              label: (
                <Link href={searchAddress({ statuses: [status] })}>
                  {i18n._(statusWords[status])}
                </Link>
              ),
            }))
            .filter(({ count }) => count > 0)}
        />
      </section>
      {byOutcome.length > 0 && (
        <section className="statistics-part" aria-labelledby="by-outcome">
          <h3 id="by-outcome">
            <Trans>By outcome</Trans>
          </h3>
          <CountBars
            labelledBy="by-outcome"
            head={<Trans>Outcome</Trans>}
            rows={foundOutcomes
              .map((outcome) => ({
                key: outcome,
                count: countIn(byOutcome, outcome),
                label: (
                  <Link href={searchAddress({ outcomes: [outcome] })}>
                    {verdictWord(i18n, outcome)}
                  </Link>
                ),
              }))
              .filter(({ count }) => count > 0)}
          />
        </section>
      )}
      {turnout.decisions > 0 && <TurnoutSum turnout={turnout} heading="h3" />}
      {months.length > 0 && <ClosedByPeriod months={months} />}
    </>
  );
}

function ClosedByPeriod({ months }: { months: ApiStatistics["decisions"]["by_month"] }) {
  const { i18n, t } = useLingui();
  const { unit, periods } = layoutPeriods(
    months.map(({ month, count }) => ({ month, figure: count })),
    { none: 0, add: (a, b) => a + b },
  );
  const columns = periods.map(({ period, figure }) => ({
    key: period,
    parts: [{ name: "all" as const, value: figure }],
  }));
  const highest = highestColumn(columns);
  const title = unit === "year" ? t`Closed by year` : t`Closed by month`;
  return (
    <section className="statistics-part" aria-labelledby="closed-by-period">
      <h3 id="closed-by-period">{title}</h3>
      <ColumnChart
        columns={columns}
        from={periodWord(i18n, periods[0]?.period)}
        top={t`Full height: ${plural(highest, { one: "# decision", other: "# decisions" })}`}
        to={periodWord(i18n, periods.at(-1)?.period)}
      />
      <PeriodTable
        label={title}
        unit={unit}
        heads={[{ key: "decisions", head: <Trans>Decisions</Trans> }]}
        rows={periods
          .filter(({ figure }) => figure > 0)
          .map(({ period, figure }) => ({ period, figures: [formatInteger(i18n, figure)] }))}
      />
    </section>
  );
}
