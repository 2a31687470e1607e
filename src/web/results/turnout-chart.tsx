import { Trans, useLingui } from "@lingui/react/macro";
import { formatInteger, formatMoment } from "../i18n/format.ts";
import { useTimeZone } from "../i18n/use-time-zone.ts";
import type { TurnoutSeries } from "../contract.ts";
import "./turnout-chart.css";
import { layoutTurnout } from "./turnout-line.ts";

export type TurnoutChartProps = {
  series: TurnoutSeries;
  /** When voting opened; null where nobody knows. */
  opensAt: string | null;
};

/** Of the picture, which is drawn as wide as its place. */
const box = { width: 1_000, height: 240 };

/** How turnout grew, as steps over time; the table below says the same in figures. */
export function TurnoutChart({ series, opensAt }: TurnoutChartProps) {
  const { i18n } = useLingui();
  const timeZone = useTimeZone();
  const line = layoutTurnout(series.points, {
    ...box,
    opensAt: opensAt === null ? null : Date.parse(opensAt),
    electorate: series.electorate?.voters ?? null,
  });
  if (line === null) {
    return (
      <p className="quiet-line">
        <Trans>Nothing is shown yet.</Trans>
      </p>
    );
  }
  const path = line.points.map((point) => point.join(",")).join(" ");
  return (
    <figure className="turnout-chart">
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <polygon className="turnout-area" points={`${path} ${box.width},${box.height}`} />
        <polyline className="turnout-steps" points={path} />
      </svg>
      <figcaption className="turnout-axis">
        <span>{formatMoment(i18n, new Date(line.from).toISOString(), timeZone)}</span>
        <span>
          <Trans>Full height: {formatInteger(i18n, line.top)} voters</Trans>
        </span>
        <span>{formatMoment(i18n, new Date(line.to).toISOString(), timeZone)}</span>
      </figcaption>
    </figure>
  );
}
