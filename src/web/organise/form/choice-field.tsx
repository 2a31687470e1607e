import { useId, type ReactNode } from "react";
import { fieldId, FieldFaults, useFieldFaults } from "./form-faults.tsx";

export interface ChoiceOption<Value extends string> {
  value: Value;
  label: ReactNode;
  /** What follows from it, in a sentence. */
  consequence?: ReactNode;
}

export interface ChoiceFieldProps<Value extends string> {
  pointer: string;
  label: ReactNode;
  hint?: ReactNode;
  options: readonly ChoiceOption<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few ways, each with what follows from it. */
export function ChoiceField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const { pointer, label, hint, options, value, onChange } = props;
  const id = useId();
  const faults = useFieldFaults(pointer);
  return (
    <fieldset
      className="form-field choice-field"
      id={fieldId(pointer)}
      aria-describedby={`${id}-hint ${id}-faults`}
    >
      <legend>{label}</legend>
      {hint !== undefined && (
        <p className="form-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {options.map((option) => (
        <label key={option.value} className="choice-option">
          <input
            type="radio"
            name={id}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <span className="choice-label">{option.label}</span>
            {option.consequence !== undefined && (
              <span className="form-hint choice-consequence">{option.consequence}</span>
            )}
          </span>
        </label>
      ))}
      <FieldFaults id={`${id}-faults`} faults={faults} />
    </fieldset>
  );
}
