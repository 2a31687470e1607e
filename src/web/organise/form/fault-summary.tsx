import { Plural } from "@lingui/react/macro";
import { useEffect, useRef, type ReactNode } from "react";
import { FaultText } from "./fault-text.tsx";
import type { FieldFault } from "./field-fault.ts";
import { fieldId } from "./form-faults.tsx";

export interface FaultSummaryProps {
  faults: readonly FieldFault[];
  /** What the field of a pointer is called; null where the form has none. */
  labelOf: (pointer: string) => string | null;
  /** Grows with each refusal, so that the same again is told again. */
  attempt: number;
}

/** All that is to be mended, with the way to each; it takes the focus, and so is heard at once. */
export function FaultSummary({ faults, labelOf, attempt }: FaultSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (faults.length === 0) return null;
  return (
    <div className="notice fault-summary" role="alert" tabIndex={-1} ref={box}>
      <p className="notice-title">
        <Plural
          value={faults.length}
          one="Nothing was saved. There is # thing to mend:"
          other="Nothing was saved. There are # things to mend:"
        />
      </p>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.pointer} ${fault.detail}`}>
            <FaultLink fault={fault} label={labelOf(fault.pointer)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function FaultLink({ fault, label }: { fault: FieldFault; label: string | null }): ReactNode {
  if (label === null) return <FaultText fault={fault} />;
  const { pointer } = fault;
  const top = `/${pointer.split("/")[1] ?? ""}`;
  return (
    <>
      <a
        href={`#${fieldId(top)}`}
        onClick={(event) => {
          event.preventDefault();
          if (!focusField(pointer)) focusField(top);
        }}
      >
        {label}
      </a>
      : <FaultText fault={fault} />
    </>
  );
}

/** Unfolds what a field stands in, and focuses its first control; false where there is no such field. */
export function focusField(pointer: string): boolean {
  const id = fieldId(pointer);
  const field = document.getElementById(id) ?? document.querySelector(`[id^="${CSS.escape(id)}-"]`);
  if (field === null) return false;
  for (let at = field.parentElement; at !== null; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
  const control = field.querySelector<HTMLElement>(
    "input, select, textarea, button, [role='spinbutton']",
  );
  control?.focus();
  field.scrollIntoView({ block: "center" });
  return true;
}
