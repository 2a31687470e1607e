/** A word that is asked for, with all that it may stand for in the index. */
export interface AskedWord {
  /** Itself first, where it is in the index. */
  forms: readonly string[];
  /** What a word may begin with instead; null where it has to be whole. */
  beginning: string | null;
}

/** Whether a word of the index is one of those that are asked for. */
export function isAskedFor(asked: readonly AskedWord[]): (word: string) => boolean {
  const forms = new Set(asked.flatMap((word) => word.forms));
  const beginnings = asked.flatMap(({ beginning }) => (beginning === null ? [] : [beginning]));
  return (word) => forms.has(word) || beginnings.some((beginning) => word.startsWith(beginning));
}
