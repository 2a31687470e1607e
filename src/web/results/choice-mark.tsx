import type { ApiChoice } from "../contract.ts";
import "./choice-mark.css";

/** A tick, a cross and a bar: choices differ in shape, not in colour alone. */
const strokes: Record<ApiChoice, string> = {
  yes: "M4 8.5 7 11.5 12.5 5",
  no: "M5 5 11 11M11 5 5 11",
  abstain: "M4.5 8 11.5 8",
};

/** The mark that stands for a choice beside its name. */
export function ChoiceMark({ choice }: { choice: ApiChoice }) {
  return (
    <svg viewBox="0 0 16 16" className={`mark ${choice}`} aria-hidden="true">
      <path d={strokes[choice]} />
    </svg>
  );
}
