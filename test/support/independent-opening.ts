import { createHmac, createSecretKey, hash as hashOf, type KeyObject } from "node:crypto";
import type { OpenableBallot, OpenerKeys, Opening } from "../../src/ballot/opening.ts";

const tag = "enviro-governance/ballot/1";
const sha256 = (...parts: readonly Buffer[]): Buffer =>
  hashOf("sha256", Buffer.concat(parts), "buffer");

/** Keys as Node keeps them: to make one takes five times as long as the code that it makes. */
const keys = new Map<string, KeyObject>();

function keyOf(openingKey: string): KeyObject {
  const key = keys.get(openingKey) ?? createSecretKey(Buffer.from(openingKey, "hex"));
  keys.set(openingKey, key);
  return key;
}

/** Four bytes of length, big-endian, before each part. */
function withLengths(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = typeof part === "string" ? Buffer.from(part, "utf8") : part;
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/** The opening of a ballot, written from docs/secrecy.md with Node's own hashes. */
export function openIndependently(
  { decisionId, openingKey }: OpenerKeys,
  { pid, nonce, choice, region, weight }: OpenableBallot,
): Opening {
  const n = Buffer.from(nonce, "hex");
  const r = rOf({ openingKey }, { pid, nonce });
  const k = sha256(n, r);
  const u = createHmac("sha256", keyOf(openingKey)).update("u").update(k).digest();
  const eightBytes = Buffer.alloc(8);
  eightBytes.writeBigUInt64BE(BigInt(weight));
  const c = sha256(u, withLengths(region, eightBytes));
  const hash = sha256(withLengths(tag, decisionId, choice, k, c));
  const hex = (bytes: Buffer): string => bytes.toString("hex");
  return { r: hex(r), k: hex(k), u: hex(u), c: hex(c), hash: hex(hash) };
}

function rOf(
  { openingKey }: Pick<OpenerKeys, "openingKey">,
  { pid, nonce }: Pick<OpenableBallot, "pid" | "nonce">,
): Buffer {
  const mac = createHmac("sha256", keyOf(openingKey));
  return mac.update("r").update(pid, "utf8").update(Buffer.from(nonce, "hex")).digest();
}

/** The keys of the decision that models and their shards share. */
export const modelKeys: OpenerKeys = { decisionId: "delta", openingKey: "07".repeat(32) };

/** The proof of a ballot of that decision, by its voter and nonce. */
export function proofOf({ pid, nonce }: Pick<OpenableBallot, "pid" | "nonce">): string {
  return rOf(modelKeys, { pid, nonce }).toString("hex");
}
