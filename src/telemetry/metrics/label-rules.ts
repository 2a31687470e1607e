import type { LabelRule, SeriesDefinition } from "./series-definition.ts";

/** Whether each value is of its label's list or shape: what is not is not measured. */
export function areAllowed({ labels }: SeriesDefinition, values: readonly string[]): boolean {
  const rules: readonly LabelRule[] = Object.values(labels);
  return (
    values.length === rules.length &&
    rules.every((rule, index) => {
      const value = values[index] ?? "";
      return rule instanceof RegExp ? rule.test(value) : rule.includes(value);
    })
  );
}

/** All values that the labels of a series may have together; null where they have no list. */
export function listValues({ labels }: SeriesDefinition): string[][] | null {
  let combined: string[][] = [[]];
  for (const rule of Object.values(labels)) {
    if (rule instanceof RegExp) return null;
    combined = combined.flatMap((values) => rule.map((value) => [...values, value]));
  }
  return combined;
}
