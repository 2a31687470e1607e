import { useId } from "react";
import "./stacked-bar.css";
import { layoutBar, shownChoices, trackUnits, type ChoiceCounts } from "./tally-bars.ts";

export type StackedBarProps = {
  counts: ChoiceCounts;
  /** What a full track stands for; the counts' own sum when left out. */
  scale?: bigint;
};

/**
 * A bar of three segments. The figures beside it say the same in text, so it is hidden from screen
 * readers.
 */
export function StackedBar({ counts, scale = counts.all }: StackedBarProps) {
  const hatch = useId();
  const widths = layoutBar(counts, scale);
  let from = 0;
  const segments = shownChoices.map((choice) => {
    const segment = { choice, from, width: widths[choice] };
    from += segment.width;
    return segment;
  });
  return (
    <svg className="bar" aria-hidden="true" focusable="false">
      <defs>
        <pattern
          id={hatch}
          width="8"
          height="8"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect className="hatch" width="8" height="8" />
          <rect className="hatch-line" width="4" height="8" />
        </pattern>
      </defs>
      {segments.map(({ choice, from: x, width }) => (
        <rect
          key={choice}
          className={`segment ${choice}`}
          x={percentOf(x)}
          width={percentOf(width)}
          height="100%"
          // Abstentions are hatched: in grey print too they are told from votes.
          {...(choice === "abstain" ? { fill: `url(#${hatch})` } : {})}
        />
      ))}
      {segments.slice(1).map(({ choice, from: x, width }) => (
        <rect
          key={choice}
          className="gap"
          x={percentOf(x)}
          width={x > 0 && width > 0 ? 1 : 0}
          height="100%"
        />
      ))}
    </svg>
  );
}

function percentOf(units: number): string {
  return `${(units * 100) / trackUnits}%`;
}
