import { useLingui } from "@lingui/react/macro";
import { useId } from "react";
import type { ApiChoice } from "../contract.ts";
import { formatInteger } from "../i18n/format.ts";
import { ChoiceMark } from "../results/choice-mark.tsx";
import { choiceWord } from "../results/choice-words.ts";

export type SupposedFieldProps = {
  choice: ApiChoice;
  /** The region's name, for whoever hears one field at a time. */
  title: string;
  count: bigint;
  /** How far the slider goes; the field takes more. */
  most: bigint;
  onChange: (count: bigint) => void;
};

/** A slider has at most so many steps; exact counts beyond them are typed. */
const stepsMax = 1_000n;

/** One count: a slider for the hand, and a field for the exact figure. */
export function SupposedField({ choice, title, count, most, onChange }: SupposedFieldProps) {
  const { i18n, t } = useLingui();
  const id = useId();
  const word = choiceWord(i18n, choice);
  const steps = most < stepsMax ? most : stepsMax;
  const shown = count > most ? most : count;
  const position = most === 0n ? 0n : (shown * steps + most / 2n) / most;
  return (
    <div className="what-if-field">
      <label htmlFor={id}>
        <ChoiceMark choice={choice} />
        {word}
      </label>
      <input
        type="range"
        aria-label={t`${word}, ${title}`}
        aria-valuetext={formatInteger(i18n, count)}
        min="0"
        max={String(steps)}
        value={String(position)}
        onChange={({ target }) => onChange((BigInt(target.value) * most) / (steps || 1n))}
      />
      <input
        id={id}
        type="text"
        inputMode="numeric"
        maxLength={40}
        autoComplete="off"
        value={String(count)}
        onChange={({ target }) => onChange(readCount(target.value))}
      />
    </div>
  );
}

/** The digits of what was typed or pasted, as "1,200" or "1 200"; nothing is none. */
function readCount(typed: string): bigint {
  return BigInt(typed.replaceAll(/\D/g, "") || "0");
}
