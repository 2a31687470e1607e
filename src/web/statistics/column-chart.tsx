import type { ReactNode } from "react";

/** Parts of a column, from the bottom up, by the name of their colour. */
export interface Column {
  key: string;
  parts: readonly { name: "yes" | "no" | "abstain" | "all"; value: number }[];
}

export type ColumnChartProps = {
  columns: readonly Column[];
  /** Below it: where it begins, what its full height stands for, where it ends. */
  from: ReactNode;
  top: ReactNode;
  to: ReactNode;
};

/** Of the picture, which is drawn as wide as its place. */
const box = { width: 1_000, height: 240 };
/** Of the room of a column, what is left free beside it. */
const gapShare = 0.2;

/** How high the highest column is, and at least 1. */
export function highestColumn(columns: readonly Column[]): number {
  return Math.max(1, ...columns.map(({ parts }) => sumOf(parts)));
}

/** Columns over time; a table beside it says the same in figures. */
export function ColumnChart({ columns, from, top, to }: ColumnChartProps) {
  const room = box.width / columns.length;
  const highest = highestColumn(columns);
  return (
    <figure className="column-chart">
      <svg
        viewBox={`0 0 ${box.width} ${box.height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        {columns.flatMap(({ key, parts }, index) =>
          parts.map(({ name, value }, place) => {
            const height = (value / highest) * box.height;
            const below = (sumOf(parts.slice(0, place)) / highest) * box.height;
            return (
              <rect
                key={`${key} ${name}`}
                className={`column ${name}`}
                x={(index + gapShare / 2) * room}
                width={(1 - gapShare) * room}
                y={box.height - below - height}
                height={height}
              />
            );
          }),
        )}
      </svg>
      <figcaption className="chart-axis">
        <span>{from}</span>
        <span>{top}</span>
        <span>{to}</span>
      </figcaption>
    </figure>
  );
}

function sumOf(parts: Column["parts"]): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}
