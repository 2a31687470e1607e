import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { TurnoutSeries } from "../contract.ts";
import { formatInteger, formatMoment } from "../i18n/format.ts";
import { layoutTurnout } from "../results/turnout-line.ts";
import { pictureFrame, pictureMargin, pictureWidth, type PictureSubject } from "./picture-frame.ts";
import { ink, type Picture, type Shape } from "./picture.ts";

export type TurnoutSubject = PictureSubject & {
  series: Pick<TurnoutSeries, "points" | "electorate">;
  opensAt: string | null;
};

const height = 360;

/** Turnout over time as a picture. */
export function turnoutPicture(i18n: I18n, subject: TurnoutSubject): Picture {
  const { series, opensAt } = subject;
  const { shapes, top } = pictureFrame(i18n, subject);
  const width = pictureWidth - 2 * pictureMargin;
  const line = layoutTurnout(series.points, {
    width,
    height,
    opensAt: opensAt === null ? null : Date.parse(opensAt),
    electorate: series.electorate?.voters ?? null,
  });
  const [left, right, bottom] = [pictureMargin, pictureWidth - pictureMargin, top + height];
  const label = { kind: "text", size: 18, fill: ink.soft } as const;
  const voted = formatInteger(i18n, series.points.at(-1)?.voters ?? 0);
  const drawn: Shape[] =
    line === null
      ? []
      : [
          {
            kind: "line",
            points: line.points.map(([x, y]) => [left + x, top + y]),
            stroke: ink.yes,
            width: 3,
          },
          {
            ...label,
            x: left,
            y: bottom + 28,
            text: formatMoment(i18n, new Date(line.from).toISOString(), "UTC"),
          },
          {
            ...label,
            x: right,
            y: bottom + 28,
            text: formatMoment(i18n, new Date(line.to).toISOString(), "UTC"),
            anchor: "end",
          },
          {
            ...label,
            x: left,
            y: bottom + 62,
            text: t(i18n)`Have voted: ${voted}. Full height: ${formatInteger(i18n, line.top)}`,
          },
        ];
  return {
    title: subject.title,
    width: pictureWidth,
    height: bottom + 100,
    shapes: [
      ...shapes,
      {
        kind: "line",
        points: [
          [left, top],
          [left, bottom],
          [right, bottom],
        ],
        stroke: ink.line,
        width: 2,
      },
      ...drawn,
    ],
  };
}
