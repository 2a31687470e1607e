import "./stacked-bar.css";
import { trackUnits } from "./tally-bars.ts";

export type TurnoutBarProps = { voted: bigint; all: bigint };

/** How many of all have voted, as a bar; the words beside it say the same. */
export function TurnoutBar({ voted, all }: TurnoutBarProps) {
  const units = all === 0n ? 0 : Number((voted * BigInt(trackUnits)) / all);
  return (
    <svg className="bar" aria-hidden="true" focusable="false">
      <rect
        className="segment voted"
        width={`${(Math.min(trackUnits, units) * 100) / trackUnits}%`}
        height="100%"
      />
    </svg>
  );
}
