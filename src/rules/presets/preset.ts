/** A rule as an organisation has it, ready to be used or changed. */
export type Preset = {
  name: string;
  title: string;
  description: string;
  sources: readonly { title: string; url: string }[];
  /** The rule's document, as `parseRule` reads it. */
  rule: Readonly<Record<string, unknown>>;
};
