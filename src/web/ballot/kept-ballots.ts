import type { ApiReceipt } from "../contract.ts";
import { keptBallotsName, type KeyedTexts } from "./browser-texts.ts";
import type { VoteAttempt } from "./send-vote.ts";

/** A vote that was sent and has no clear answer yet. */
export interface PendingVote extends Pick<VoteAttempt, "choice" | "nonce" | "proof" | "statement"> {
  /** False only while it is certain that nothing of it was recorded, by any tab. */
  mayBeRecorded: boolean;
}

/** A recorded ballot, with all that its voter needs to check it. */
export interface KeptBallot {
  choice: VoteAttempt["choice"];
  nonce: string;
  receipt: ApiReceipt;
  /** Whose signature was verified; null where it could not be. */
  publicKey: string | null;
}

/** The newest ballot is last. */
export interface KeptVoter {
  pending: PendingVote | null;
  ballots: KeptBallot[];
}

/** Of each voter; about 1 kB each. */
const ballotsKeptMax = 20;
const probeName = "enviro-governance/probe";

/**
 * What this browser keeps of a decision's votes, by a fingerprint of each token: enough to repeat a
 * vote unchanged after a reload, to check it and to change it. Tokens are not among it.
 */
export class KeptBallots {
  #storage: KeyedTexts | null;
  #name: string;
  /** What a browser that stores nothing keeps for as long as the page is open. */
  #text = "{}";

  /** `storage` is null where the browser offers none. */
  constructor(storage: KeyedTexts | null, decisionId: string) {
    this.#name = keptBallotsName(decisionId);
    this.#storage = storage;
  }

  /** Whether what is kept outlives the page. */
  isStored(): boolean {
    return this.#storage !== null;
  }

  voter(fingerprint: string): KeptVoter {
    return this.#read()[fingerprint] ?? { pending: null, ballots: [] };
  }

  /** Every voter of this browser. */
  voters(): KeptVoter[] {
    return Object.values(this.#read());
  }

  /** Before it is sent. */
  keepPending(fingerprint: string, vote: PendingVote): void {
    const { ballots } = this.voter(fingerprint);
    const { choice, nonce, proof, statement, mayBeRecorded } = vote;
    const pending = { choice, nonce, proof, statement, mayBeRecorded };
    this.#write(fingerprint, { pending, ballots });
  }

  /** Once it is refused: nothing came of it. */
  dropPending(fingerprint: string): void {
    const { ballots } = this.voter(fingerprint);
    this.#write(fingerprint, ballots.length === 0 ? null : { pending: null, ballots });
  }

  /** Once it is recorded and its receipt fits; a repeat of a ballot that is here is the same one. */
  keepBallot(fingerprint: string, ballot: KeptBallot): void {
    const others = this.voter(fingerprint).ballots.filter(({ nonce }) => nonce !== ballot.nonce);
    const ballots = [...others, ballot].slice(-ballotsKeptMax);
    this.#write(fingerprint, { pending: null, ballots });
  }

  forget(fingerprint: string): void {
    this.#write(fingerprint, null);
  }

  /** Every voter of this browser. */
  forgetAll(): void {
    this.#text = "{}";
    this.#storage?.removeItem(this.#name);
  }

  #write(fingerprint: string, voter: KeptVoter | null): void {
    const { [fingerprint]: _, ...others } = this.#read();
    this.#text = JSON.stringify(voter === null ? others : { ...others, [fingerprint]: voter });
    try {
      this.#storage?.setItem(this.#name, this.#text);
    } catch {
      // Full: the page goes on without, and says so.
      this.#storage = null;
    }
  }

  #read(): Record<string, KeptVoter> {
    try {
      // Nobody else writes under this name.
      return JSON.parse(this.#storage?.getItem(this.#name) ?? this.#text) as Record<
        string,
        KeptVoter
      >;
    } catch {
      return {};
    }
  }
}

/** The storage, where it takes what is put into it: in some browsers it refuses everything. */
export function usableTexts(storage: KeyedTexts | null): KeyedTexts | null {
  try {
    storage?.setItem(probeName, "");
    storage?.removeItem(probeName);
    return storage;
  } catch {
    return null;
  }
}
