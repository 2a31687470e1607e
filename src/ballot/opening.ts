import { BoundedMap } from "../shared/bounded-map.ts";
import { framed } from "../shared/framed.ts";
import { fromHex, toHex, writeHex, writeHexDigits } from "../shared/hex.ts";
import { invariant } from "../shared/invariant.ts";
import {
  hashBlocks,
  hashInto,
  hmacKey,
  macInto,
  nothingHashed,
  sha256Bytes,
  sha256Of,
  type HashedBlocks,
} from "../shared/sha256.ts";
import { Utf8Writer } from "../shared/utf8-writer.ts";
import type { BallotChoice } from "./ballot.ts";

/** What a ballot's hash is made of; `nonce` is what the voter's own software drew. */
export interface OpenableBallot {
  pid: string;
  /** 32 bytes, as all of these values, in lower-case hexadecimal digits. */
  nonce: string;
  choice: BallotChoice;
  region: string;
  weight: number;
}

/**
 * The opening of a ballot (docs/secrecy.md): `r` for its voter, `k` and `c` for whoever recomputes
 * the hash, `u` for whoever may know region and weight.
 */
export interface Opening {
  r: string;
  k: string;
  u: string;
  c: string;
  hash: string;
}

/** Opens the ballots of one decision. */
export interface BallotOpener {
  open(ballot: OpenableBallot): Opening;
  /** The same of many, in their order. */
  openAll(ballots: readonly OpenableBallot[]): Opening[];
  /** Only its voter knows it, so it proves whose the ballot is. */
  rOf(ballot: Pick<OpenableBallot, "pid" | "nonce">): string;
}

const tag = "enviro-governance/ballot/1";
const utf8 = new TextEncoder();
/** Regions with weights that an opener keeps framed, at some 200 bytes. */
const cellsMax = 1_000;
const letterR = utf8.encode("r");
const letterU = utf8.encode("u");

/** The values of an opening, one after the other, and where each begins. */
const valuesBytes = 5 * sha256Bytes;
const [atR, atK, atU, atC, atHash] = [0, 32, 64, 96, 128];
/** A text is made for so many ballots at once: one for each costs half as much as their hashes. */
const ballotsATime = 64;
const digits = new Uint8Array(2 * valuesBytes * ballotsATime);
const ascii = new TextDecoder();

/** What every ballot of a decision is opened with. */
export interface OpenerKeys {
  decisionId: string;
  /** 32 random bytes in hexadecimal digits. */
  openingKey: string;
}

/**
 * Opens the ballots of a decision, with HMAC-SHA-256 (RFC 2104) under its opening key and SHA-256
 * (FIPS 180-4). What is hashed is written over what was hashed for the ballot before: every vote
 * waits for this, and arrays of its own cost as much as the hashes.
 */
export function ballotOpener({ decisionId, openingKey }: OpenerKeys): BallotOpener {
  const key = hmacKey(fromHex(openingKey));
  const cellOf = cellMessages();
  const hashedOf = hashedMessages(decisionId);
  const voter = new Utf8Writer(letterR, sha256Bytes);
  const nonceAndR = new Uint8Array(2 * sha256Bytes);
  const uAndK = Uint8Array.of(...letterU, ...new Uint8Array(sha256Bytes));
  const values = new Uint8Array(valuesBytes);
  const [r, k, u, c] = [atR, atK, atU, atC].map((at) => values.subarray(at, at + sha256Bytes));
  invariant(
    r !== undefined && k !== undefined && u !== undefined && c !== undefined,
    "four values",
  );

  const makeR = (pid: string, nonce: string): void => {
    invariant(nonce.length === 2 * sha256Bytes, "a nonce is 32 bytes");
    writeHex(nonce, nonceAndR, 0);
    const length = voter.write(pid);
    writeHex(nonce, voter.bytes, length);
    macInto(key, voter.bytes, length + sha256Bytes, values, atR);
  };
  const makeValues = ({ pid, nonce, choice, region, weight }: OpenableBallot): void => {
    makeR(pid, nonce);
    nonceAndR.set(r, sha256Bytes);
    hashInto(nothingHashed, nonceAndR, nonceAndR.length, values, atK);
    uAndK.set(k, letterU.length);
    macInto(key, uAndK, uAndK.length, values, atU);
    const cell = cellOf(region, weight);
    cell.set(u);
    hashInto(nothingHashed, cell, cell.length, values, atC);
    const { before, message } = hashedOf(choice);
    message.set(k, message.length - kFromEnd);
    message.set(c, message.length - cFromEnd);
    hashInto(before, message, message.length, values, atHash);
  };
  const openSome = (ballots: readonly OpenableBallot[]): Opening[] => {
    for (const [index, ballot] of ballots.entries()) {
      makeValues(ballot);
      writeHexDigits(values, digits, 2 * valuesBytes * index);
    }
    const text = ascii.decode(digits.subarray(0, 2 * valuesBytes * ballots.length));
    return ballots.map((_, index) => openingIn(text, 2 * valuesBytes * index));
  };
  const openAll = (ballots: readonly OpenableBallot[]): Opening[] => {
    if (ballots.length <= ballotsATime) return openSome(ballots);
    const openings: Opening[] = [];
    for (let from = 0; from < ballots.length; from += ballotsATime) {
      openings.push(...openSome(ballots.slice(from, from + ballotsATime)));
    }
    return openings;
  };

  return {
    open(ballot) {
      const [opening] = openSome([ballot]);
      invariant(opening !== undefined, "every ballot has an opening");
      return opening;
    },
    openAll,
    rOf({ pid, nonce }) {
      makeR(pid, nonce);
      return toHex(r);
    },
  };
}

/** The opening whose digits begin at `from` in a text. */
function openingIn(text: string, from: number): Opening {
  const valueAt = (at: number) => text.slice(from + 2 * at, from + 2 * (at + sha256Bytes));
  return {
    r: valueAt(atR),
    k: valueAt(atK),
    u: valueAt(atU),
    c: valueAt(atC),
    hash: valueAt(atHash),
  };
}

/** Messages for regions with weights, of which most ballots share one: room for u, and the frame. */
function cellMessages(): (region: string, weight: number) => Uint8Array {
  const messages = new BoundedMap<string, Uint8Array>(cellsMax);
  let last: { region: string; weight: number; message: Uint8Array } | null = null;
  return (region, weight) => {
    if (last?.weight === weight && last.region === region) return last.message;
    const name = `${weight} ${region}`;
    let message = messages.get(name);
    if (message === undefined) {
      message = Uint8Array.of(...new Uint8Array(sha256Bytes), ...framedCell(region, weight));
      messages.set(name, message);
    }
    last = { region, weight, message };
    return message;
  };
}

function framedCell(region: string, weight: number): Uint8Array {
  return framed(region, BigInt(weight));
}

/** Where K and C stand in what is hashed: last, each behind its length. */
const kFromEnd = 2 * sha256Bytes + 4;
const cFromEnd = sha256Bytes;

/** What the hash of a ballot is made of: blocks of every ballot, and what follows them. */
interface HashedMessage {
  before: HashedBlocks;
  /** With room for K and C. */
  message: Uint8Array;
}

function hashedMessages(decisionId: string): (choice: BallotChoice) => HashedMessage {
  const messages = new Map<BallotChoice, HashedMessage>();
  return (choice) => {
    let hashed = messages.get(choice);
    if (hashed === undefined) {
      const blank = new Uint8Array(sha256Bytes);
      const whole = framed(tag, decisionId, choice, blank, blank);
      const same = whole.length - kFromEnd;
      const blocks = same - (same % 64);
      hashed = { before: hashBlocks(whole.subarray(0, blocks)), message: whole.slice(blocks) };
      messages.set(choice, hashed);
    }
    return hashed;
  };
}

/** The hash of a ballot, for whoever knows its choice, K and C. */
export function ballotHash(
  decisionId: string,
  { choice, k, c }: { choice: BallotChoice; k: string; c: string },
): string {
  return toHex(sha256Of(framed(tag, decisionId, choice, fromHex(k), fromHex(c))));
}

/** C of a ballot, for whoever was told its u. */
export function openedCell(
  u: string,
  { region, weight }: { region: string; weight: number },
): string {
  return toHex(sha256Of(Uint8Array.of(...fromHex(u), ...framedCell(region, weight))));
}

/** K of a ballot, from its voter's own nonce and the r of the receipt. */
export function ballotCommitment(nonce: string, r: string): string {
  return toHex(sha256Of(Uint8Array.of(...fromHex(nonce), ...fromHex(r))));
}
