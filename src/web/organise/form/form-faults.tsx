import { createContext, use, type ReactNode } from "react";
import { FaultText } from "./fault-text.tsx";
import type { FieldFault } from "./field-fault.ts";

/** What is wrong in the form around, told at each field. */
export const FormFaultsContext = createContext<readonly FieldFault[]>([]);

/** What is wrong at a field or within it. */
export function useFieldFaults(pointer: string): FieldFault[] {
  return faultsAt(use(FormFaultsContext), pointer);
}

/** Those of some faults that are at a place or within it. */
export function faultsAt(faults: readonly FieldFault[], pointer: string): FieldFault[] {
  return faults.filter((fault) => fault.pointer === pointer || isWithin(fault.pointer, pointer));
}

function isWithin(pointer: string, outer: string): boolean {
  return pointer.startsWith(`${outer}/`);
}

/** The id of the element in which a field stands. */
export function fieldId(pointer: string): string {
  return `field${pointer.replaceAll("/", "-")}`;
}

/** The sentences of what is wrong at a field; the field names them by `id` as its description. */
export function FieldFaults({
  id,
  faults,
}: {
  id: string;
  faults: readonly FieldFault[];
}): ReactNode {
  if (faults.length === 0) return null;
  return (
    <ul className="form-error" id={id}>
      {faults.map((fault) => (
        <li key={`${fault.pointer} ${fault.detail}`}>
          <FaultText fault={fault} />
        </li>
      ))}
    </ul>
  );
}
