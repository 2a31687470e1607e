import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { formatInteger, formatShare } from "../i18n/format.ts";
import { choiceWord } from "../results/choice-words.ts";
import type { RankedRegion } from "../results/rank-regions.ts";
import { shownChoices } from "../results/tally-bars.ts";
import { barShapes } from "./bar-shapes.ts";
import { pictureFrame, pictureMargin, pictureWidth, type PictureSubject } from "./picture-frame.ts";
import { cutText, ink, type Picture, type Shape } from "./picture.ts";

export type RegionsSubject = PictureSubject & { regions: readonly RankedRegion[] };

/** More would be taller than a browser's canvas, and nobody reads it as a picture. */
export const pictureRowsMax = 100;

const rowHeight = 40;
const nameLetters = 26;
const barFrom = 400;
const barWidth = 520;

/** The regions as a picture, the largest first: a bar of shares, its yes share, and its sum. */
export function regionsPicture(i18n: I18n, subject: RegionsSubject): Picture {
  const { shapes, top } = pictureFrame(i18n, subject);
  const rows = subject.regions.slice(0, pictureRowsMax);
  const legend = shownChoices.flatMap((choice, index): Shape[] => {
    const x = barFrom + index * 150;
    const text = choiceWord(i18n, choice);
    return [
      { kind: "rect", x, y: top + 6, width: 16, height: 16, fill: ink[choice] },
      { kind: "text", x: x + 24, y: top + 20, text, size: 18, fill: ink.soft },
    ];
  });
  const bottom = top + 50 + rows.length * rowHeight;
  const more = subject.regions.length - rows.length;
  const rest: Shape[] =
    more === 0
      ? []
      : [
          {
            kind: "text",
            x: pictureMargin,
            y: bottom + 20,
            text: t(i18n)`The ${pictureRowsMax} largest of ${subject.regions.length} regions`,
            size: 18,
            fill: ink.soft,
          },
        ];
  return {
    title: subject.title,
    width: pictureWidth,
    height: bottom + 60,
    shapes: [
      ...shapes,
      ...legend,
      ...rows.flatMap((row, index) => rowShapes(i18n, row, top + 40 + index * rowHeight)),
      ...rest,
    ],
  };
}

function rowShapes(i18n: I18n, { name, counts }: RankedRegion, y: number): Shape[] {
  const label = { kind: "text", y: y + 25, size: 20 } as const;
  const right = pictureWidth - pictureMargin;
  return [
    { ...label, x: pictureMargin, text: cutText(name, nameLetters), fill: ink.text, isBold: true },
    ...barShapes(counts, { x: barFrom, y: y + 8, width: barWidth, height: 22 }),
    {
      ...label,
      x: barFrom + barWidth + 100,
      text: formatShare(i18n, counts.yes, counts.all),
      fill: ink.soft,
      anchor: "end",
    },
    { ...label, x: right, text: formatInteger(i18n, counts.all), fill: ink.text, anchor: "end" },
  ];
}
