import { Problem } from "../problem.ts";

/** How the text of a file of an office may be encoded; its byte order mark says which. */
export const fileCharsets: readonly string[] = ["utf-8", "utf-16", "utf-16le", "utf-16be"];

const onlyUtf8: readonly string[] = ["utf-8"];

/**
 * Refuses a body whose coding or charset is not read: taken for plain UTF-8 it would be misread.
 * @throws {Problem} body.unsupported_encoding
 */
export function checkEncoding(headers: Headers, charsets = onlyUtf8): void {
  const coding = headers.get("content-encoding");
  if (coding !== null && coding.trim().toLowerCase() !== "identity") refuse(charsets);
  const type = headers.get("content-type");
  if (type === null || !type.includes(";")) return;
  for (const [, charset = ""] of type.matchAll(/;\s*charset\s*=\s*"?([^";]*)/gi)) {
    if (!charsets.includes(charset.trim().toLowerCase())) refuse(charsets);
  }
}

function refuse(charsets: readonly string[]): never {
  const detail = `Send it without Content-Encoding, in a charset of ${charsets.join(", ")}.`;
  throw new Problem("body.unsupported_encoding", { detail });
}
