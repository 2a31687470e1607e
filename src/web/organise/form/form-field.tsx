import { useId, type ReactNode } from "react";
import { fieldId, FieldFaults, useFieldFaults } from "./form-faults.tsx";

/** What a control says of itself to assistive technology. */
export interface ControlProps {
  id: string;
  "aria-describedby": string;
  "aria-invalid": boolean;
}

export interface FormFieldProps {
  /** Of the member that it fills in, in the draft. */
  pointer: string;
  label: ReactNode;
  /** What it means, with its consequence. */
  hint?: ReactNode;
  children: (control: ControlProps) => ReactNode;
}

/** A field: its label, what it means, the control, and what is wrong with it. */
export function FormField({ pointer, label, hint, children }: FormFieldProps) {
  const id = useId();
  const faults = useFieldFaults(pointer);
  return (
    <div className="form-field" id={fieldId(pointer)}>
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <p className="form-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        "aria-describedby": `${id}-hint ${id}-faults`,
        "aria-invalid": faults.length > 0,
      })}
      <FieldFaults id={`${id}-faults`} faults={faults} />
    </div>
  );
}
