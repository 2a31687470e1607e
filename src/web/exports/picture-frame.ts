import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { rehearsalWords } from "../decision/rehearsal-words.ts";
import { formatMoment } from "../i18n/format.ts";
import { ink, wrapText, type Shape } from "./picture.ts";

export const pictureWidth = 1_200;
export const pictureMargin = 60;

/** What every picture says of itself, so that it can be told where it came from and when. */
export type PictureSubject = {
  title: string;
  /** Where the decision is found. */
  address: string;
  asOf: string;
  isFinal: boolean;
  isRehearsal: boolean;
};

const titleSize = 44;
const titleLetters = 46;
const titleLinesMax = 3;

/** The head of a picture: title, how fresh it is, and the address; `top` is where the rest begins. */
export function pictureFrame(
  i18n: I18n,
  { title, address, asOf, isFinal, isRehearsal }: PictureSubject,
): { shapes: Shape[]; top: number } {
  const lines = wrapText(title, titleLetters, titleLinesMax);
  const moment = formatMoment(i18n, asOf, "UTC");
  const state = isFinal ? t(i18n)`Final result, ${moment}` : t(i18n)`Not final, as of ${moment}`;
  const words = isRehearsal ? `${rehearsalWords(i18n)} · ${state}` : state;
  const x = pictureMargin;
  const head = lines.map((text, index): Shape => {
    const y = 84 + index * 54;
    return { kind: "text", x, y, text, size: titleSize, fill: ink.text, isBold: true };
  });
  const y = 84 + lines.length * 54 - 12;
  const soft = { kind: "text", x, fill: ink.soft } as const;
  return {
    shapes: [
      ...head,
      { ...soft, y, text: words, size: 22 },
      { ...soft, y: y + 30, text: address, size: 18 },
    ],
    top: y + 60,
  };
}
