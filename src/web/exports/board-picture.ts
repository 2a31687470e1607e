import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { formatInteger, formatShare } from "../i18n/format.ts";
import { sumWords, type BoardResult } from "../results/board-words.ts";
import { choiceWord } from "../results/choice-words.ts";
import type { CountMeasure } from "../results/measure.ts";
import { countsOf, shownChoices } from "../results/tally-bars.ts";
import { turnoutWords } from "../results/turnout-words.ts";
import { barShapes } from "./bar-shapes.ts";
import { pictureFrame, pictureMargin, pictureWidth, type PictureSubject } from "./picture-frame.ts";
import { ink, type Picture, type Shape } from "./picture.ts";

export type BoardSubject = PictureSubject & { result: BoardResult; measure: CountMeasure };

const column = (pictureWidth - 2 * pictureMargin) / shownChoices.length;

/** A board as a picture: three exact figures, one bar, and what 100 % is. */
export function boardPicture(i18n: I18n, subject: BoardSubject): Picture {
  const { result, measure } = subject;
  const counts = countsOf(result.total, measure);
  const longest = Math.max(
    ...shownChoices.map((choice) => formatInteger(i18n, counts[choice]).length),
  );
  const size = Math.min(96, Math.floor((column - 24) / (0.62 * Math.max(3, longest))));
  const { shapes, top } = pictureFrame(i18n, subject);
  const figures = shownChoices.flatMap((choice, index): Shape[] => {
    const x = pictureMargin + index * column;
    const share = formatShare(i18n, counts[choice], counts.all);
    return [
      { kind: "rect", x, y: top + 8, width: 22, height: 22, fill: ink[choice] },
      text({ x: x + 34, y: top + 27, size: 24, text: choiceWord(i18n, choice), isBold: true }),
      text({ x, y: top + 126, size, text: formatInteger(i18n, counts[choice]), isBold: true }),
      text({ x, y: top + 164, size: 24, text: share, fill: ink.soft }),
    ];
  });
  const bar = barShapes(counts, {
    x: pictureMargin,
    y: top + 190,
    width: pictureWidth - 2 * pictureMargin,
    height: 72,
  });
  const turnout = turnoutWords(i18n, result, measure);
  const lines = [sumWords(i18n, result, measure), turnout, shareBase(i18n, subject)]
    .filter((line) => line !== null)
    .map((line, index) =>
      text({ x: pictureMargin, y: top + 304 + index * 34, size: 22, text: line, fill: ink.soft }),
    );
  return {
    title: subject.title,
    width: pictureWidth,
    height: top + 320 + lines.length * 34 + 40,
    shapes: [...shapes, ...figures, ...bar, ...lines],
  };
}

function shareBase(i18n: I18n, { result: { total }, measure }: BoardSubject): string | null {
  if (total.ballots === 0) return null;
  return measure === "ballots"
    ? t(i18n)`Percentages are shares of all counted ballots, abstentions included.`
    : t(i18n)`Percentages are shares of the total weight, abstentions included.`;
}

type TextShape = Extract<Shape, { kind: "text" }>;

function text(shape: Omit<TextShape, "kind" | "fill"> & { fill?: string }): TextShape {
  return { kind: "text", fill: ink.text, ...shape };
}
