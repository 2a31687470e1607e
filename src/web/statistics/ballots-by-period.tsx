import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { PublishedBallots } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { ChoiceMark } from "../results/choice-mark.tsx";
import { choiceWord } from "../results/choice-words.ts";
import { shownChoices } from "../results/tally-bars.ts";
import { addCounts, noBallots, ballotsIn } from "./choice-sums.ts";
import { ColumnChart, highestColumn } from "./column-chart.tsx";
import { PeriodTable } from "./period-table.tsx";
import { periodWord } from "./period-word.ts";
import { layoutPeriods } from "./periods.ts";

export type BallotsByPeriodProps = { months: PublishedBallots["by_month"] };

/** Ballots over time as columns, and as a table. */
export function BallotsByPeriod({ months }: BallotsByPeriodProps) {
  const { i18n, t } = useLingui();
  const { unit, periods } = layoutPeriods(
    months.map(({ month, counts }) => ({ month, figure: counts })),
    { none: noBallots, add: addCounts },
  );
  const columns = periods.map(({ period, figure }) => ({
    key: period,
    parts: shownChoices.map((choice) => ({ name: choice, value: figure[choice] })),
  }));
  const highest = highestColumn(columns);
  const title = unit === "year" ? t`By year` : t`By month`;
  return (
    <section className="statistics-part" aria-labelledby="ballots-by-period">
      <h3 id="ballots-by-period">{title}</h3>
      <ColumnChart
        columns={columns}
        from={periodWord(i18n, periods[0]?.period)}
        top={t`Full height: ${plural(highest, { one: "# ballot", other: "# ballots" })}`}
        to={periodWord(i18n, periods.at(-1)?.period)}
      />
      <PeriodTable
        label={title}
        unit={unit}
        heads={[
          ...shownChoices.map((choice) => ({
            key: choice,
            head: (
              <>
                <ChoiceMark choice={choice} /> {choiceWord(i18n, choice)}
              </>
            ),
          })),
          { key: "all", head: <Trans>Ballots</Trans> },
        ]}
        rows={periods
          .filter(({ figure }) => ballotsIn(figure) > 0)
          .map(({ period, figure }) => ({
            period,
            figures: [...shownChoices.map((choice) => figure[choice]), ballotsIn(figure)].map(
              (count) => formatInteger(i18n, count),
            ),
          }))}
      />
    </section>
  );
}
