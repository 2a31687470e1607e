import type { DraftForm } from "./draft-form.ts";

/** What a section of the form is given: the form, and how to change some of it. */
export interface SectionProps {
  form: DraftForm;
  onEdit: (changes: Partial<DraftForm>) => void;
}

/** A list with another item at a place. */
export function withItem<Item>(list: readonly Item[], index: number, item: Item): Item[] {
  return list.map((each, at) => (at === index ? item : each));
}

/** A list without the item at a place. */
export function withoutItem<Item>(list: readonly Item[], index: number): Item[] {
  return list.filter((_, at) => at !== index);
}
