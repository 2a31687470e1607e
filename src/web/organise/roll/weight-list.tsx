import { Trans, useLingui } from "@lingui/react/macro";
import { formatInteger } from "../../i18n/format.ts";
import type { WeightSum } from "./check/roll-checker.ts";

export type WeightListProps = {
  /** Those that most voters have. */
  weights: readonly WeightSum[];
  /** How many there are in all. */
  weightCount: number;
};

/** How many voters have which weight, where they do not all weigh the same. */
export function WeightList({ weights, weightCount }: WeightListProps) {
  const { i18n } = useLingui();
  if (weightCount < 2) return null;
  const more = formatInteger(i18n, weightCount - weights.length);
  return (
    <div className="roll-table">
      <table>
        <caption>
          <Trans>Voters by weight</Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Weight</Trans>
            </th>
            <th scope="col">
              <Trans>Voters</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {weights.map(({ weight, voters }) => (
            <tr key={weight}>
              <th scope="row">{formatInteger(i18n, weight)}</th>
              <td>{formatInteger(i18n, voters)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {weightCount > weights.length ? (
        <p>
          <Trans>And {more} more weights.</Trans>
        </p>
      ) : null}
    </div>
  );
}
