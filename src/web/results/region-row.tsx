import { useLingui } from "@lingui/react/macro";
import { memo } from "react";
import { formatInteger } from "../i18n/format.ts";
import { choiceWord } from "./choice-words.ts";
import type { CountMeasure } from "./measure.ts";
import type { RankedRegion } from "./rank-regions.ts";
import { StackedBar } from "./stacked-bar.tsx";
import { shownChoices } from "./tally-bars.ts";
import { countedWords } from "./turnout-words.ts";

export type RegionCellsProps = {
  region: RankedRegion;
  measure: CountMeasure;
  /** What a full track stands for. */
  scale: bigint;
};

export type RegionRowProps = RegionCellsProps & {
  /** Where it stands among all rows, shown or not; the head is the first. */
  rowIndex: number;
};

/**
 * One region: its name, its bar, its exact figures. The roles are written out, since some browsers
 * forget a table's own once a narrow screen lays it out as a grid.
 */
export const RegionRow = memo(function RegionRow({
  region: { name, tally, counts },
  measure,
  scale,
  rowIndex,
}: RegionRowProps) {
  const { i18n } = useLingui();
  return (
    <tr role="row" aria-rowindex={rowIndex} className={counts.all === 0n ? "empty" : undefined}>
      <th role="rowheader" scope="row">
        <bdi>{name}</bdi>
      </th>
      <td role="cell" className="bar-cell">
        <StackedBar counts={counts} scale={scale} />
      </td>
      {shownChoices.map((choice) => (
        <td
          key={choice}
          role="cell"
          className={`count ${choice}`}
          data-label={choiceWord(i18n, choice)}
        >
          {formatInteger(i18n, counts[choice])}
        </td>
      ))}
      <td role="cell" className="count all">
        {countedWords(i18n, counts.all, { tally, measure })}
      </td>
    </tr>
  );
}, isSameRow);

/** Merging keeps the tallies that did not change, so most rows of a long table have nothing to do. */
function isSameRow(before: RegionRowProps, after: RegionRowProps): boolean {
  return (
    before.region.tally === after.region.tally &&
    before.region.name === after.region.name &&
    before.measure === after.measure &&
    before.scale === after.scale &&
    before.rowIndex === after.rowIndex
  );
}
