import { Buffer } from "node:buffer";
import { invariant } from "../shared/invariant.ts";

/**
 * What the key-value storage of an object gives back, as JSON: `null`, booleans, numbers and texts
 * are themselves, and everything else is a tagged array.
 */
export type ValueCode =
  | null
  | boolean
  | number
  | string
  | ["undefined"]
  | ["bigint", string]
  | ["number", "NaN" | "Infinity" | "-Infinity" | "-0"]
  | ["bytes" | "buffer", string]
  | ["array", ValueCode[]]
  | ["object", [string, ValueCode][]]
  | ["map", [ValueCode, ValueCode][]]
  | ["set", ValueCode[]];

/**
 * A value as it travels in a backup.
 * @throws where it is of a kind that no object of ours keeps.
 */
export function encodeValue(value: unknown): ValueCode {
  switch (typeof value) {
    case "undefined":
      return ["undefined"];
    case "boolean":
    case "string":
      return value;
    case "number":
      return encodeNumber(value);
    case "bigint":
      return ["bigint", String(value)];
    case "object":
      return value === null ? null : encodeObject(value);
    default:
      throw new TypeError(`a ${typeof value} has no place in a backup`);
  }
}

function encodeNumber(value: number): ValueCode {
  if (Object.is(value, -0)) return ["number", "-0"];
  if (Number.isFinite(value)) return value;
  return ["number", Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"];
}

function encodeObject(value: object): ValueCode {
  if (Array.isArray(value)) return ["array", value.map(encodeValue)];
  if (value instanceof Map)
    return ["map", [...value].map(([key, of]) => [encodeValue(key), encodeValue(of)])];
  if (value instanceof Set) return ["set", [...value].map(encodeValue)];
  if (value instanceof Uint8Array) return ["bytes", toBase64(value)];
  if (value instanceof ArrayBuffer) return ["buffer", toBase64(new Uint8Array(value))];
  const prototype: unknown = Object.getPrototypeOf(value);
  invariant(prototype === Object.prototype, "what an object keeps is made of plain values");
  return ["object", Object.entries(value).map(([name, of]) => [name, encodeValue(of)])];
}

/** The value that `encodeValue` was given. */
export function decodeValue(code: ValueCode): unknown {
  if (!Array.isArray(code)) return code;
  switch (code[0]) {
    case "undefined":
      return undefined;
    case "bigint":
      return BigInt(code[1]);
    case "number":
      return Number(code[1]);
    case "bytes":
      return fromBase64(code[1]);
    case "buffer":
      return fromBase64(code[1]).buffer;
    case "array":
      return code[1].map(decodeValue);
    case "object":
      return Object.fromEntries(code[1].map(([name, of]) => [name, decodeValue(of)]));
    case "map":
      return new Map(code[1].map(([key, of]) => [decodeValue(key), decodeValue(of)]));
    case "set":
      return new Set(code[1].map(decodeValue));
    default:
      throw new TypeError("a value of a backup is of a kind that this release does not know");
  }
}

/** Bytes in base64 (RFC 4648, 4). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** The bytes of a text in base64, in a buffer of their own. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text, "base64"));
}
