import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { formatInteger } from "../i18n/format.ts";
import { TurnoutBar } from "../results/turnout-bar.tsx";

export type CountBarsProps = {
  /** Id of the heading that names it. */
  labelledBy: string;
  /** What the rows are. */
  head: ReactNode;
  rows: readonly { key: string; label: ReactNode; count: number }[];
};

/** Decisions by value as bars, and as the table that they are. */
export function CountBars({ labelledBy, head, rows }: CountBarsProps) {
  const { i18n } = useLingui();
  const most = rows.reduce((max, { count }) => Math.max(max, count), 0);
  return (
    <table className="figures-table" aria-labelledby={labelledBy}>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">
            <span className="unseen">
              <Trans>As a bar</Trans>
            </span>
          </th>
          <th scope="col" className="count">
            <Trans>Decisions</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, count }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td className="bar-cell">
              <TurnoutBar voted={BigInt(count)} all={BigInt(most)} />
            </td>
            <td className="count">{formatInteger(i18n, count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
