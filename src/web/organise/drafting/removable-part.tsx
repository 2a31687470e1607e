import { Trans } from "@lingui/react/macro";
import { useId, type ReactNode } from "react";

interface RemovablePartProps {
  legend: ReactNode;
  /** What the button does, said in full. */
  removeLabel: string;
  onRemove: () => void;
  children: ReactNode;
}

/** One of several that can be added, with what removes it at its end. */
export function RemovablePart({ legend, removeLabel, onRemove, children }: RemovablePartProps) {
  return (
    <fieldset className="rule-part">
      <legend dir="auto">{legend}</legend>
      {children}
      <button type="button" className="button quiet" aria-label={removeLabel} onClick={onRemove}>
        <Trans>Remove</Trans>
      </button>
    </fieldset>
  );
}

interface PartNameProps {
  label: ReactNode;
  name: string;
  onChange: (name: string) => void;
}

/** The name by which the rule speaks of a part. */
export function PartName({ label, name, onChange }: PartNameProps) {
  const id = useId();
  return (
    <div className="sentence-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        dir="auto"
        value={name}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}
