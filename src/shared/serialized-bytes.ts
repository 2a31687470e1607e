/**
 * How many bytes a value has at most as the platform keeps it: V8's serialisation, which takes two
 * bytes a character as soon as one of a text's is outside Latin-1, and an object that comes again
 * once.
 */
export function serializedBytes(value: unknown): number {
  return headerBytes + bytesOf(value, new Map());
}

const headerBytes = 2;
const tagBytes = 1;
const doubleBytes = 8;
/**
 * The most that a number takes. Small integers take less, but only where V8 does not hold them as
 * doubles, which nobody can tell.
 */
const numberBytes = tagBytes + doubleBytes;

/** Objects met before, by their number: V8 writes that number when one comes again. */
type Seen = Map<object, number>;

function bytesOf(value: unknown, seen: Seen): number {
  if (typeof value === "string") return textBytes(value);
  if (typeof value === "number") return numberBytes;
  if (typeof value === "bigint") return bigintBytes(value);
  return typeof value === "object" && value !== null ? objectBytes(value, seen) : tagBytes;
}

function objectBytes(value: object, seen: Seen): number {
  const known = seen.get(value);
  if (known !== undefined) return tagBytes + varintBytes(known);
  seen.set(value, seen.size);
  if (value instanceof Date) return tagBytes + doubleBytes;
  if (value instanceof ArrayBuffer) return blobBytes(value.byteLength);
  // The whole buffer behind it, and which part of it is meant.
  if (ArrayBuffer.isView(value)) return blobBytes(value.buffer.byteLength) + viewBytes(value);
  if (value instanceof Map) {
    const entries = [...value].flat();
    return sumOf(entries, seen) + 2 * tagBytes + varintBytes(entries.length);
  }
  if (value instanceof Set) return sumOf([...value], seen) + 2 * tagBytes + varintBytes(value.size);
  if (Array.isArray(value)) {
    const lengthBytes = varintBytes(value.length);
    return sumOf(value, seen) + 2 * tagBytes + 2 * lengthBytes + varintBytes(0);
  }
  const members = Object.entries(value);
  const names = members.reduce((sum, [name]) => sum + nameBytes(name), 0);
  return names + sumOf(Object.values(value), seen) + 2 * tagBytes + varintBytes(members.length);
}

/** A member's name that is an array index (ECMA-262, 6.1.7) is kept as a number. */
function nameBytes(name: string): number {
  const isIndex = /^(?:0|[1-9]\d{0,9})$/.test(name) && Number(name) < 2 ** 32 - 1;
  return isIndex ? numberBytes : textBytes(name);
}

function sumOf(values: readonly unknown[], seen: Seen): number {
  return values.reduce<number>((sum, value) => sum + bytesOf(value, seen), 0);
}

function textBytes(text: string): number {
  const isLatin1 = !/[\u0100-\uFFFF]/.test(text);
  const bytes = isLatin1 ? text.length : 2 * text.length;
  // Two-byte characters begin at an even offset, with a byte before them where need be.
  return tagBytes + varintBytes(bytes) + bytes + (isLatin1 ? 0 : 1);
}

function bigintBytes(value: bigint): number {
  const size = value < 0n ? -value : value;
  const digits = size === 0n ? 0 : Math.ceil(size.toString(2).length / 64);
  return tagBytes + varintBytes(16 * digits) + 8 * digits;
}

function blobBytes(bytes: number): number {
  return tagBytes + varintBytes(bytes) + bytes;
}

function viewBytes({ byteOffset, byteLength }: ArrayBufferView): number {
  return 2 * tagBytes + varintBytes(byteOffset) + varintBytes(byteLength) + varintBytes(0);
}

/** Seven bits a byte. */
function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}
