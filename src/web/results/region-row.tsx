import { memo } from "react";
import type { CountMeasure } from "./measure.ts";
import { RegionCells, type RegionCellsProps } from "./region-cells.tsx";

export type RegionRowProps = {
  region: RegionCellsProps["region"];
  measure: CountMeasure;
  /** What a full track stands for. */
  scale: bigint;
  /** Where it stands among all rows, shown or not; the head is the first. */
  rowIndex: number;
};

const elements = { name: RowHeader, cell: "td" } as const;

/** One region of a table. */
export const RegionRow = memo(function RegionRow({ rowIndex, ...cells }: RegionRowProps) {
  return (
    <tr
      role="row"
      aria-rowindex={rowIndex}
      className={cells.region.counts.all === 0n ? "empty" : undefined}
    >
      <RegionCells {...cells} elements={elements} />
    </tr>
  );
}, isSameRow);

function RowHeader(props: object) {
  return <th scope="row" {...props} />;
}

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
