/** What most voter_ids are: their one spelling, but for capitals. */
export type PlainId = { hasCapitals: boolean };

const capitals: PlainId = { hasCapitals: true };
const noCapitals: PlainId = { hasCapitals: false };

const space = 0x20;

/**
 * Whether a text is printable ASCII with single spaces within: then only its case can need
 * mapping. Null where it is not; a batch of a thousand votes spends a tenth on this of what the
 * general rules take.
 */
export function readPlainId(text: string): PlainId | null {
  let hasCapitals = false;
  let before = space;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < space || code > 0x7e || (code === space && before === space)) return null;
    hasCapitals ||= code >= 0x41 && code <= 0x5a;
    before = code;
  }
  // Of an empty text this is the space that it begins with.
  if (before === space) return null;
  return hasCapitals ? capitals : noCapitals;
}
