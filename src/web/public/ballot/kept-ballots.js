import { hexDigits } from "../page/hex.js";

/**
 * @import { ApiReceipt } from "../../contract.ts"
 * @import { VoteAttempt } from "./send-vote.js"
 *
 * @typedef {Pick<VoteAttempt, "choice" | "nonce" | "proof" | "statement">} PendingVote A vote that was sent and
 *   has no clear answer yet.
 *
 * @typedef {object} KeptBallot A recorded ballot, with all that its voter needs to check it.
 * @property {VoteAttempt["choice"]} choice
 * @property {string} nonce
 * @property {ApiReceipt} receipt
 * @property {string | null} publicKey whose signature was verified; null where it could not be
 *
 * @typedef {{ pending: PendingVote | null, ballots: KeptBallot[] }} KeptVoter The newest is last.
 */

/** Of each voter; about 1 kB each. */
const ballotsKeptMax = 20;

/**
 * What this browser keeps of a decision's votes, by a fingerprint of each token: enough to repeat a
 * vote unchanged after a reload, to check it and to change it. Tokens are not kept.
 */
export class KeptBallots {
  #storage;
  #name;
  /** What a browser that stores nothing keeps for as long as the page is open. */
  #text = "{}";

  /**
   * @param {Pick<Storage, "getItem" | "setItem"> | null} storage null where the browser offers none
   * @param {string} decisionId
   */
  constructor(storage, decisionId) {
    this.#storage = storage;
    this.#name = `enviro-governance/ballots/1/${decisionId}`;
  }

  /**
   * @param {string} fingerprint
   * @returns {KeptVoter}
   */
  voter(fingerprint) {
    return this.#read()[fingerprint] ?? { pending: null, ballots: [] };
  }

  /** Every ballot that was recorded from this browser, the newest of each voter last. */
  ballots() {
    return Object.values(this.#read()).map(({ ballots }) => ballots);
  }

  /**
   * Before it is sent. False where the browser stores nothing, so that a reload would lose it.
   * @param {string} fingerprint
   * @param {PendingVote} pending
   */
  keepPending(fingerprint, { choice, nonce, proof, statement }) {
    const { ballots } = this.voter(fingerprint);
    return this.#write(fingerprint, { pending: { choice, nonce, proof, statement }, ballots });
  }

  /**
   * Once it is refused: nothing came of it.
   * @param {string} fingerprint
   */
  dropPending(fingerprint) {
    const { ballots } = this.voter(fingerprint);
    return this.#write(fingerprint, ballots.length === 0 ? null : { pending: null, ballots });
  }

  /**
   * Once it is recorded and its receipt fits; a repeat of a ballot that is here is the same one.
   * @param {string} fingerprint
   * @param {KeptBallot} ballot
   */
  keepBallot(fingerprint, ballot) {
    const others = this.voter(fingerprint).ballots.filter(({ nonce }) => nonce !== ballot.nonce);
    const ballots = [...others, ballot].slice(-ballotsKeptMax);
    return this.#write(fingerprint, { pending: null, ballots });
  }

  /** @param {string} fingerprint */
  forget(fingerprint) {
    return this.#write(fingerprint, null);
  }

  /**
   * @param {string} fingerprint
   * @param {KeptVoter | null} voter
   */
  #write(fingerprint, voter) {
    const { [fingerprint]: _, ...others } = this.#read();
    this.#text = JSON.stringify(voter === null ? others : { ...others, [fingerprint]: voter });
    try {
      this.#storage?.setItem(this.#name, this.#text);
      return this.#storage !== null;
    } catch {
      // Full, or forbidden: the page goes on without, and says so.
      this.#storage = null;
      return false;
    }
  }

  /** @returns {Record<string, KeptVoter>} */
  #read() {
    try {
      return JSON.parse(this.#storage?.getItem(this.#name) ?? this.#text);
    } catch {
      return {};
    }
  }
}

/** The browser's own storage, or null where it is switched off. */
export function browserStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}

/**
 * What tells one token from another and lets nobody vote.
 * @param {string} token
 */
export async function fingerprintOf(token) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  return hexDigits(new Uint8Array(digest).subarray(0, 16));
}
