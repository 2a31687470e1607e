import { HMAC } from "@stablelib/hmac";
import { SHA256 } from "@stablelib/sha256";
import { BoundedMap } from "../shared/bounded-map.ts";
import { framed } from "../shared/framed.ts";
import { fromHex, toHex, writeHex } from "../shared/hex.ts";
import { invariant } from "../shared/invariant.ts";
import { shortBytes } from "../shared/short-bytes.ts";
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
  /** Only its voter knows it, so it proves whose the ballot is. */
  rOf(ballot: Pick<OpenableBallot, "pid" | "nonce">): string;
}

const tag = "enviro-governance/ballot/1";
const utf8 = new TextEncoder();
/** Regions with weights that an opener keeps framed, at some 200 bytes. */
const cellsMax = 1_000;
const letterR = utf8.encode("r");
const letterU = utf8.encode("u");

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
  const mac = new HMAC(SHA256, fromHex(openingKey));
  const sha256 = new SHA256();
  const framedCell = cellFrames();
  const hashed = hashedParts(decisionId);
  const nonceAndR = new Uint8Array(64);
  const n = nonceAndR.subarray(0, 32);
  const r = nonceAndR.subarray(32);
  const uAndK = Uint8Array.of(...letterU, ...new Uint8Array(32));
  const k = uAndK.subarray(1);
  const u = new Uint8Array(32);
  const c = new Uint8Array(32);
  const hash = new Uint8Array(32);
  const all = new Uint8Array(160);

  const writeR = (pid: string, nonce: string): void => {
    invariant(nonce.length === 64, "a nonce is 32 bytes");
    writeHex(nonce, nonceAndR, 0);
    const pidBytes = shortBytes(pid) ?? utf8.encode(pid);
    mac.reset().update(letterR).update(pidBytes).update(n).finish(r);
  };

  return {
    open({ pid, nonce, choice, region, weight }) {
      writeR(pid, nonce);
      sha256.reset().update(nonceAndR).finish(k);
      mac.reset().update(uAndK).finish(u);
      sha256.reset().update(u).update(framedCell(region, weight)).finish(c);
      sha256
        .reset()
        .update(hashed(choice, k, c))
        .finish(hash);
      all.set(r);
      all.set(k, 32);
      all.set(u, 64);
      all.set(c, 96);
      all.set(hash, 128);
      const text = toHex(all);
      return {
        r: text.slice(0, 64),
        k: text.slice(64, 128),
        u: text.slice(128, 192),
        c: text.slice(192, 256),
        hash: text.slice(256),
      };
    },
    rOf({ pid, nonce }) {
      writeR(pid, nonce);
      return toHex(r);
    },
  };
}

/** Frames regions with weights, of which most ballots share one. */
function cellFrames(): (region: string, weight: number) => Uint8Array {
  const frames = new BoundedMap<string, Uint8Array>(cellsMax);
  return (region, weight) => {
    const name = `${weight} ${region}`;
    const known = frames.get(name);
    if (known !== undefined) return known;
    const frame = framed(region, BigInt(weight));
    frames.set(name, frame);
    return frame;
  };
}

/** What the hash of a ballot is made of, framed; good until the next call with that choice. */
function hashedParts(
  decisionId: string,
): (choice: BallotChoice, k: Uint8Array, c: Uint8Array) => Uint8Array {
  const frames = new Map<BallotChoice, Uint8Array>();
  return (choice, k, c) => {
    let frame = frames.get(choice);
    if (frame === undefined) {
      frame = framed(tag, decisionId, choice, k, c);
      frames.set(choice, frame);
    }
    frame.set(k, frame.length - 68);
    frame.set(c, frame.length - 32);
    return frame;
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
  const bytes = new SHA256();
  return toHex(
    bytes
      .update(fromHex(u))
      .update(framed(region, BigInt(weight)))
      .digest(),
  );
}

/** K of a ballot, from its voter's own nonce and the r of the receipt. */
export function ballotCommitment(nonce: string, r: string): string {
  return toHex(new SHA256().update(fromHex(nonce)).update(fromHex(r)).digest());
}

function sha256Of(bytes: Uint8Array): Uint8Array {
  return new SHA256().update(bytes).digest();
}
