import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ApiRegion, Counts } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import type { CountMeasure } from "../results/measure.ts";
import { rankRegions } from "../results/rank-regions.ts";
import { StackedBar } from "../results/stacked-bar.tsx";
import { useSteadyOrder } from "../results/use-steady-order.ts";

export type WallRegionsProps = {
  regions: readonly ApiRegion[];
  result: Pick<Counts, "regions">;
  measure: CountMeasure;
};

/** What fits on a wall without scrolling. */
const rowsMax = 9;

/** The largest regions of a decision, each as a bar and its sum. */
export function WallRegions({ regions, result, measure }: WallRegionsProps) {
  const { i18n } = useLingui();
  const known = new Set(result.regions.map(({ region }) => region));
  const shown = regions.filter(({ code }) => known.has(code));
  const ordered = useSteadyOrder(rankRegions(shown, result.regions, measure));
  const more = ordered.length - rowsMax;
  return (
    <section className="wall-regions" aria-labelledby="regions-title">
      <h2 id="regions-title">
        {more > 0 ? <Trans>Largest regions</Trans> : <Trans>By region</Trans>}
      </h2>
      <table>
        <thead className="unseen">
          <tr>
            <th scope="col">
              <Trans>Region</Trans>
            </th>
            <th scope="col">
              <Trans>As a bar</Trans>
            </th>
            <th scope="col">
              {measure === "ballots" ? <Trans>Ballots</Trans> : <Trans>Weight</Trans>}
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.slice(0, rowsMax).map(({ code, name, counts }) => (
            <tr key={code}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td className="wall-bar">
                <StackedBar counts={counts} />
              </td>
              <td className="wall-sum">{formatInteger(i18n, counts.all)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <p className="quiet-line">
          <Plural value={more} one="and # more region" other="and # more regions" />
        </p>
      )}
    </section>
  );
}
