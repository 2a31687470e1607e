import { Buffer } from "node:buffer";
import { hmacKey, macInto, sha256Bytes } from "../shared/sha256.ts";
import { Utf8Writer } from "../shared/utf8-writer.ts";

/** HMAC-SHA256 (RFC 2104) of a text under one key, encoded. */
export type Mac = (text: string) => string;

/** The encodings of macs: 43 characters, or 64. */
type MacEncoding = "base64url" | "hex";

/**
 * Takes the key in once: what it does to the hash is kept, which is half the work of a short text.
 */
export function macWith(key: Uint8Array, encoding: MacEncoding = "base64url"): Mac {
  const taken = hmacKey(key);
  const message = new Utf8Writer(new Uint8Array(), 0);
  const digest = Buffer.alloc(sha256Bytes);
  return (text) => {
    const length = message.write(text);
    macInto(taken, message.bytes, length, digest, 0);
    return digest.toString(encoding);
  };
}
