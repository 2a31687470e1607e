import { HMAC } from "@stablelib/hmac";
import { SHA256 } from "@stablelib/sha256";
import { framed } from "../shared/framed.ts";
import { fromHex, toHex } from "../shared/hex.ts";
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
/** How `framed` begins a part of 32 bytes. */
const length32 = Uint8Array.of(0, 0, 0, 32);
/** Regions with weights that an opener keeps framed, at some 200 bytes. */
const cellsMax = 1_000;
const [forR, forU] = [utf8.encode("r"), utf8.encode("u")];

/** What every ballot of a decision is opened with. */
export interface OpenerKeys {
  decisionId: string;
  /** 32 random bytes in hexadecimal digits. */
  openingKey: string;
}

/**
 * Opens the ballots of a decision, with HMAC-SHA-256 (RFC 2104) under its opening key and SHA-256
 * (FIPS 180-4). One hash and one mac serve all, since they cost less than new ones.
 */
export function ballotOpener({ decisionId, openingKey }: OpenerKeys): BallotOpener {
  const mac = new HMAC(SHA256, fromHex(openingKey));
  const sha256 = new SHA256();
  const macOf = (...parts: readonly Uint8Array[]): Uint8Array => {
    mac.reset();
    for (const part of parts) mac.update(part);
    return mac.digest();
  };
  const hashOf = (...parts: readonly Uint8Array[]): Uint8Array => {
    sha256.reset();
    for (const part of parts) sha256.update(part);
    return sha256.digest();
  };
  // What most ballots share is framed once.
  const heads = new Map<BallotChoice, Uint8Array>();
  const headBytes = (choice: BallotChoice): Uint8Array => {
    const head = heads.get(choice) ?? framed(tag, decisionId, choice);
    heads.set(choice, head);
    return head;
  };
  const cells = new Map<string, Uint8Array>();
  const cellBytes = (region: string, weight: number): Uint8Array => {
    const name = `${weight} ${region}`;
    const cell = cells.get(name) ?? framed(region, BigInt(weight));
    if (cells.size === cellsMax) cells.clear();
    cells.set(name, cell);
    return cell;
  };
  const rBytes = (pid: string, nonce: Uint8Array) => macOf(forR, utf8.encode(pid), nonce);

  return {
    open({ pid, nonce, choice, region, weight }) {
      const n = fromHex(nonce);
      const r = rBytes(pid, n);
      const k = hashOf(n, r);
      const u = macOf(forU, k);
      const c = hashOf(u, cellBytes(region, weight));
      const hash = hashOf(headBytes(choice), length32, k, length32, c);
      return { r: toHex(r), k: toHex(k), u: toHex(u), c: toHex(c), hash: toHex(hash) };
    },
    rOf: ({ pid, nonce }) => toHex(rBytes(pid, fromHex(nonce))),
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
