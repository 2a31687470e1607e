import { Trans, useLingui } from "@lingui/react/macro";
import { List, type RowComponentProps } from "react-window";
import { ChoiceMark } from "./choice-mark.tsx";
import { choiceWord } from "./choice-words.ts";
import type { CountMeasure } from "./measure.ts";
import type { RankedRegion } from "./rank-regions.ts";
import { RegionCells } from "./region-cells.tsx";
import "./region-window.css";
import { shownChoices } from "./tally-bars.ts";
import { useIsNarrow } from "./use-is-narrow.ts";

export type RegionWindowProps = {
  rows: readonly RankedRegion[];
  measure: CountMeasure;
  /** What a full track stands for; null where each bar's own sum is that. */
  scale: bigint | null;
};

/** Heights of a row in px, which the style sheet fills: beside each other, and in three lines. */
const rowHeights = { wide: 52, narrow: 124 };
/** Of a list that has not been measured yet, in px. */
const defaultHeight = 640;

/** A long table of regions of which only the rows in sight are there. */
export default function RegionWindow({ rows, measure, scale }: RegionWindowProps) {
  const isNarrow = useIsNarrow();
  return (
    <div
      className="region-window"
      role="table"
      aria-labelledby="regions-title"
      aria-rowcount={rows.length + 1}
    >
      <WindowHead measure={measure} />
      <List
        role="rowgroup"
        className="region-rows"
        // What scrolls can be scrolled by keys.
        tabIndex={0}
        defaultHeight={defaultHeight}
        rowCount={rows.length}
        rowHeight={isNarrow ? rowHeights.narrow : rowHeights.wide}
        rowKey={keyOf}
        rowComponent={WindowRow}
        rowProps={{ rows, measure, scale }}
      />
    </div>
  );
}

function keyOf(index: number, { rows }: RegionWindowProps): string {
  return rows[index]?.code ?? String(index);
}

const elements = { name: "div", cell: "div" } as const;

function WindowRow({ index, style, rows, measure, scale }: RowComponentProps<RegionWindowProps>) {
  const region = rows[index];
  if (region === undefined) return null;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      style={style}
      className={region.counts.all === 0n ? "empty" : undefined}
    >
      <RegionCells
        region={region}
        measure={measure}
        scale={scale ?? region.counts.all}
        elements={elements}
      />
    </div>
  );
}

function WindowHead({ measure }: { measure: CountMeasure }) {
  const { i18n } = useLingui();
  return (
    <div role="rowgroup" className="region-head">
      <div role="row" aria-rowindex={1}>
        <div role="columnheader">
          <Trans>Region</Trans>
        </div>
        <div role="columnheader" className="bar-cell">
          <span className="unseen">
            <Trans>As a bar</Trans>
          </span>
        </div>
        {shownChoices.map((choice) => (
          <div key={choice} role="columnheader" className={`count ${choice}`}>
            <ChoiceMark choice={choice} />
            {choiceWord(i18n, choice)}
          </div>
        ))}
        <div role="columnheader" className="count all">
          {measure === "ballots" ? <Trans>Ballots</Trans> : <Trans>Weight</Trans>}
        </div>
      </div>
    </div>
  );
}
