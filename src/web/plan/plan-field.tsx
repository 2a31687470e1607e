import { useLingui } from "@lingui/react";
import { useId, useState } from "react";
import { formatFigure } from "./format-figure.ts";
import { planFigureWords } from "./plan-words.ts";
import { sliderPosition, sliderStops } from "./slider-scale.ts";
import { readPlanFigure, type PlanFigure } from "./wanted-plan.ts";

export type PlanFieldProps = {
  name: PlanFigure;
  value: number;
  onChange: (value: number) => void;
};

/** One figure: a slider for the hand, and a field for the exact one. */
export function PlanField({ name, value, onChange }: PlanFieldProps) {
  const { i18n } = useLingui();
  const id = useId();
  /** What is typed, while it is no figure. */
  const [typed, setTyped] = useState<string | null>(null);
  const stops = sliderStops(name);
  const word = i18n._(planFigureWords[name]);
  const type = (text: string): void => {
    const read = readPlanFigure(name, text);
    setTyped(read === null || String(read) !== text ? text : null);
    if (read !== null) onChange(read);
  };
  const slide = (position: number): void => {
    setTyped(null);
    onChange(stops[position] ?? value);
  };
  return (
    <div className="plan-field">
      <label htmlFor={id}>{word}</label>
      <input
        type="range"
        aria-label={word}
        aria-valuetext={formatFigure(i18n, value)}
        min="0"
        max={stops.length - 1}
        value={sliderPosition(name, value)}
        onChange={({ target }) => slide(Number(target.value))}
      />
      <input
        id={id}
        name={name}
        type="text"
        inputMode="decimal"
        maxLength={18}
        autoComplete="off"
        aria-invalid={typed !== null && readPlanFigure(name, typed) === null}
        value={typed ?? String(value)}
        onChange={({ target }) => type(target.value)}
      />
    </div>
  );
}
