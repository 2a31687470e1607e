import { useLingui } from "@lingui/react/macro";
import type { ElementType } from "react";
import type { Turnout } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { choiceWord } from "./choice-words.ts";
import type { CountMeasure } from "./measure.ts";
import type { RankedRegion } from "./rank-regions.ts";
import { StackedBar } from "./stacked-bar.tsx";
import { shownChoices } from "./tally-bars.ts";
import { countedWords } from "./turnout-words.ts";

export type RegionCellsProps = {
  region: Pick<RankedRegion, "name" | "counts"> & { tally: Turnout };
  measure: CountMeasure;
  /** What a full track stands for. */
  scale: bigint;
  /** The elements of a table's own row, or those that only have its roles. */
  elements: { name: ElementType; cell: ElementType };
};

/**
 * What a row says of one region: its name, its bar, its exact figures. The roles are written out,
 * since some browsers forget a table's own once a narrow screen lays it out as a grid.
 */
export function RegionCells({
  region: { name, tally, counts },
  measure,
  scale,
  elements: { name: Name, cell: Cell },
}: RegionCellsProps) {
  const { i18n } = useLingui();
  return (
    <>
      <Name role="rowheader" className="region-name">
        <bdi>{name}</bdi>
      </Name>
      <Cell role="cell" className="bar-cell">
        <StackedBar counts={counts} scale={scale} />
      </Cell>
      {shownChoices.map((choice) => (
        <Cell
          key={choice}
          role="cell"
          className={`count ${choice}`}
          data-label={choiceWord(i18n, choice)}
        >
          {formatInteger(i18n, counts[choice])}
        </Cell>
      ))}
      <Cell role="cell" className="count all">
        {countedWords(i18n, counts.all, { tally, measure })}
      </Cell>
    </>
  );
}
