import { Buffer } from "node:buffer";
import { HMAC } from "@stablelib/hmac";
import { SHA256 } from "@stablelib/sha256";
import { shortBytes } from "../shared/short-bytes.ts";

/** HMAC-SHA256 (RFC 2104) of a text under one key, encoded. */
export type Mac = (text: string) => string;

const utf8 = new TextEncoder();

/** The encodings of macs: 43 characters, or 64. */
type MacEncoding = "base64url" | "hex";

/**
 * Takes the key in once: what it does to the hash is kept, which is half the work of a short text.
 */
export function macWith(key: Uint8Array, encoding: MacEncoding = "base64url"): Mac {
  const mac = new HMAC(SHA256, key);
  const digest = Buffer.alloc(mac.digestLength);
  return (text) => {
    mac
      .reset()
      .update(shortBytes(text) ?? utf8.encode(text))
      .finish(digest);
    return digest.toString(encoding);
  };
}
