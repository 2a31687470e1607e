import { invariant } from "./invariant.ts";

/**
 * SHA-256 (FIPS 180-4) and HMAC (RFC 2104) of short messages, in memory that is written over: every
 * vote waits for a dozen blocks, and a hash object for each costs as much as its blocks.
 */

/** The hash after some whole blocks, from which messages that begin with them go on. */
export interface HashedBlocks {
  readonly state: Int32Array;
  readonly bytes: number;
}

/** What a key does to the hash before and after a message: half the work of a short one. */
export interface HmacKey {
  readonly inner: HashedBlocks;
  readonly outer: HashedBlocks;
}

const blockBytes = 64;
export const sha256Bytes = 32;

/** Fractional parts of the square roots of the first eight primes. */
const firstState = readConstants(
  "6a09e667 bb67ae85 3c6ef372 a54ff53a 510e527f 9b05688c 1f83d9ab 5be0cd19",
);

/** Fractional parts of the cube roots of the first 64 primes. */
const constants = readConstants(`
  428a2f98 71374491 b5c0fbcf e9b5dba5 3956c25b 59f111f1 923f82a4 ab1c5ed5
  d807aa98 12835b01 243185be 550c7dc3 72be5d74 80deb1fe 9bdc06a7 c19bf174
  e49b69c1 efbe4786 0fc19dc6 240ca1cc 2de92c6f 4a7484aa 5cb0a9dc 76f988da
  983e5152 a831c66d b00327c8 bf597fc7 c6e00bf3 d5a79147 06ca6351 14292967
  27b70a85 2e1b2138 4d2c6dfc 53380d13 650a7354 766a0abb 81c2c92e 92722c85
  a2bfe8a1 a81a664b c24b8b70 c76c51a3 d192e819 d6990624 f40e3585 106aa070
  19a4c116 1e376c08 2748774c 34b0bcb5 391c0cb3 4ed8aa4a 5b9cca4f 682e6ff3
  748f82ee 78a5636f 84c87814 8cc70208 90befffa a4506ceb bef9a3f7 c67178f2
`);

function readConstants(text: string): Int32Array {
  return Int32Array.from(text.trim().split(/\s+/), (word) => Number.parseInt(word, 16));
}

/** No block yet. */
export const nothingHashed: HashedBlocks = { state: firstState, bytes: 0 };

const state = new Int32Array(8);
/** A block's words, and what follows from them. */
const words = new Int32Array(64);
const innerHash = new Uint8Array(sha256Bytes);

/** Takes in whole blocks that many messages begin with. */
export function hashBlocks(blocks: Uint8Array): HashedBlocks {
  invariant(blocks.length % blockBytes === 0, "blocks are whole");
  state.set(firstState);
  for (let at = 0; at < blocks.length; at += blockBytes) {
    readWords(blocks, at, 16);
    compress();
  }
  return { state: state.slice(), bytes: blocks.length };
}

/** Takes a key in. */
export function hmacKey(key: Uint8Array): HmacKey {
  const padded = new Uint8Array(blockBytes);
  if (key.length > blockBytes) hashInto(nothingHashed, key, key.length, padded, 0);
  else padded.set(key);
  return {
    inner: hashBlocks(padded.map((byte) => byte ^ 0x36)),
    outer: hashBlocks(padded.map((byte) => byte ^ 0x5c)),
  };
}

/** Writes the hash of `before` and the first `length` bytes of a message to `out`, from `at` on. */
export function hashInto(
  before: HashedBlocks,
  message: Uint8Array,
  length: number,
  out: Uint8Array,
  at: number,
): void {
  state.set(before.state);
  let from = 0;
  for (; from + blockBytes <= length; from += blockBytes) {
    readWords(message, from, 16);
    compress();
  }
  readEnd(message, from, length);
  if (length - from >= blockBytes - 8) {
    compress();
    words.fill(0, 0, 16);
  }
  const bytes = before.bytes + length;
  words[14] = Math.floor(bytes / 2 ** 29);
  words[15] = bytes << 3;
  compress();
  writeState(out, at);
}

/** The hash of a message. */
export function sha256Of(message: Uint8Array): Uint8Array {
  const hash = new Uint8Array(sha256Bytes);
  hashInto(nothingHashed, message, message.length, hash, 0);
  return hash;
}

/** Writes the mac of a message's first `length` bytes to `out`, from `at` on. */
export function macInto(
  { inner, outer }: HmacKey,
  message: Uint8Array,
  length: number,
  out: Uint8Array,
  at: number,
): void {
  hashInto(inner, message, length, innerHash, 0);
  hashInto(outer, innerHash, sha256Bytes, out, at);
}

/** The bytes after the last whole block and the one bit behind them (FIPS 180-4, 5.1.1). */
function readEnd(message: Uint8Array, from: number, to: number): void {
  const whole = (to - from) >> 2;
  readWords(message, from, whole);
  words.fill(0, whole, 16);
  let last = 0x80 << 24;
  for (let at = to - 1; at >= from + 4 * whole; at -= 1) {
    last = (last >>> 8) | ((message[at] as number) << 24);
  }
  words[whole] = last;
}

function readWords(message: Uint8Array, from: number, count: number): void {
  for (let index = 0, at = from; index < count; index += 1, at += 4) {
    words[index] =
      ((message[at] as number) << 24) |
      ((message[at + 1] as number) << 16) |
      ((message[at + 2] as number) << 8) |
      (message[at + 3] as number);
  }
}

function writeState(out: Uint8Array, at: number): void {
  for (let index = 0; index < 8; index += 1) {
    const word = state[index] as number;
    out[at + 4 * index] = word >>> 24;
    out[at + 4 * index + 1] = word >>> 16;
    out[at + 4 * index + 2] = word >>> 8;
    out[at + 4 * index + 3] = word;
  }
}

/** Takes the block in `words` into `state` (FIPS 180-4, 6.2.2, with its names). */
function compress(): void {
  for (let t = 16; t < 64; t += 1) {
    const x = words[t - 15] as number;
    const y = words[t - 2] as number;
    const sigma0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const sigma1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[t] = sigma1 + (words[t - 7] as number) + sigma0 + (words[t - 16] as number);
  }
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let t = 0; t < 64; t += 1) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const chosen = g ^ (e & (f ^ g));
    const t1 = (h + sum1 + chosen + (constants[t] as number) + (words[t] as number)) | 0;
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const majority = (a & b) | (c & (a | b));
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + sum0 + majority) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}
