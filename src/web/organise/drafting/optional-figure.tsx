import type { ReactNode } from "react";
import { ChoiceField } from "../form/choice-field.tsx";
import { FigureField } from "../form/text-fields.tsx";

export interface OptionalFigureProps {
  pointer: string;
  label: string;
  /** What it is called where there is none, and where there is one. */
  without: string;
  withLabel: string;
  figureLabel: string;
  hint: ReactNode;
  /** Null where there is none. */
  value: string | null;
  /** What it begins with. */
  first: string;
  onChange: (value: string | null) => void;
}

/** A figure that there may be or not. */
export function OptionalFigure(props: OptionalFigureProps) {
  const { pointer, label, without, withLabel, figureLabel, hint, value, first, onChange } = props;
  return (
    <>
      <ChoiceField
        pointer={value === null ? pointer : `${pointer}/way`}
        label={label}
        hint={hint}
        options={[
          { value: "without", label: without },
          { value: "with", label: withLabel },
        ]}
        value={value === null ? "without" : "with"}
        onChange={(way) => onChange(way === "with" ? first : null)}
      />
      {value !== null && (
        <FigureField pointer={pointer} label={figureLabel} value={value} onChange={onChange} />
      )}
    </>
  );
}
