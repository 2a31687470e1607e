/** How a file's text may be encoded, by the names of the Encoding Standard. */
export const fileEncodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "windows-1256",
  "gb18030",
  "big5",
  "shift_jis",
] as const;
export type FileEncoding = (typeof fileEncodings)[number];

/** What a file's first bytes say of its encoding. */
export interface EncodingGuess {
  encoding: FileEncoding;
  /** It is not written in the file: whoever knows better may choose another. */
  isGuess: boolean;
}

/** How far into a file an encoding is guessed by. */
export const encodingSampleBytes = 1_048_576;

/** By a byte order mark, else by whether the bytes are UTF-8, else Windows-1252, which is a guess. */
export function guessEncoding(start: Uint8Array): EncodingGuess {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return { encoding: "utf-16le", isGuess: false };
  if (first === 0xfe && second === 0xff) return { encoding: "utf-16be", isGuess: false };
  const wide = guessUtf16(start);
  if (wide !== null) return { encoding: wide, isGuess: true };
  return isUtf8(start)
    ? { encoding: "utf-8", isGuess: false }
    : { encoding: "windows-1252", isGuess: true };
}

/** Separators, digits and line ends of UTF-16 have a zero byte each, which no other encoding has. */
function guessUtf16(start: Uint8Array): "utf-16le" | "utf-16be" | null {
  const looked = Math.min(start.length, 4_096);
  let [even, odd] = [0, 0];
  for (let at = 0; at < looked; at += 1) {
    if (start[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even + odd < looked / 20) return null;
  return odd >= even ? "utf-16le" : "utf-16be";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // Streaming: a letter that the sample cuts in two is no fault.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
