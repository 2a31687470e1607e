import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { periodWord } from "./period-word.ts";

export type PeriodTableProps = {
  label: string;
  unit: "month" | "year";
  /** Of the columns of figures. */
  heads: readonly { key: string; head: ReactNode }[];
  rows: readonly { period: string; figures: readonly string[] }[];
};

/** Figures of those years or months that have any, the newest first. */
export function PeriodTable({ label, unit, heads, rows }: PeriodTableProps) {
  const { i18n } = useLingui();
  return (
    // What scrolls can be scrolled by keys.
    <div className="period-rows" tabIndex={0} role="group" aria-label={label}>
      <table className="figures-table">
        <thead>
          <tr>
            <th scope="col">{unit === "year" ? <Trans>Year</Trans> : <Trans>Month</Trans>}</th>
            {heads.map(({ key, head }) => (
              <th key={key} scope="col" className="count">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ period, figures }) => (
            <tr key={period}>
              <th scope="row">{periodWord(i18n, period)}</th>
              {figures.map((figure, column) => (
                <td key={heads[column]?.key} className="count">
                  {figure}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
