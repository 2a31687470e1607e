import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { Turnout } from "../contract.ts";
import { formatInteger, formatShare } from "../i18n/format.ts";
import type { CountMeasure } from "./measure.ts";

/** Who has voted of those on the roll, or null where there is none. */
export function turnoutWords(
  i18n: I18n,
  { electorate, turnout }: Turnout,
  measure: CountMeasure,
): string | null {
  if (electorate === undefined || turnout === undefined) return null;
  const share = formatShare(i18n, BigInt(turnout.voters), BigInt(electorate.voters));
  const voted = formatInteger(i18n, turnout.voters);
  const all = electorate.voters;
  if (measure === "ballots")
    return t(
      i18n,
    )`Turnout ${share}: ${voted} of ${plural(all, { one: "# voter", other: "# voters" })}`;
  const [votedWeight, weight] = [BigInt(turnout.weight), BigInt(electorate.weight)];
  const weightShare = formatShare(i18n, votedWeight, weight);
  const [votedFigure, weightFigure] = [votedWeight, weight].map((sum) => formatInteger(i18n, sum));
  return t(
    i18n,
  )`Turnout ${share}: ${voted} of ${plural(all, { one: "# voter", other: "# voters" })}; by weight ${weightShare}, ${votedFigure} of ${weightFigure}`;
}

/** How many have voted where nobody knows of how many. */
export function votedWords(
  i18n: I18n,
  { turnout }: { turnout?: { voters: number } | undefined },
): string {
  const voters = turnout?.voters ?? 0;
  return t(i18n)`${plural(voters, { one: "# voter has voted", other: "# voters have voted" })}`;
}

/**
 * A region's counted ballots or weight and, where there is a roll, those of all its voters: "12 of
 * 54".
 */
export function countedWords(
  i18n: I18n,
  counted: bigint,
  { tally: { electorate }, measure }: { tally: Turnout; measure: CountMeasure },
): string {
  const figure = formatInteger(i18n, counted);
  if (electorate === undefined) return figure;
  const all = measure === "weight" ? BigInt(electorate.weight) : electorate.voters;
  return t(i18n)`${figure} of ${formatInteger(i18n, all)}`;
}
