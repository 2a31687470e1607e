import {
  ShardStore,
  type StoreBounds,
} from "../../../../durable-objects/ballot-shard/shard-store.ts";
import { castMany, type CastOutcome } from "../../../../src/ballot/cast-many.ts";
import { ballotOpener } from "../../../../src/ballot/opening.ts";
import type { CastRequest } from "../../../../src/ballot/voter.ts";
import type { VotingTerms } from "../../../../src/ballot/voting-terms.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { StorageInNode } from "../../../support/sqlite/storage-in-node.ts";
import { modelKeys } from "../../../support/independent-opening.ts";
import { labelNonce } from "../../../support/label-nonce.ts";
import { requestOf } from "../../../support/request-of.ts";

const usualTerms: VotingTerms = {
  ...modelKeys,
  shard: 0,
  shards: 1,
  rehearsal: false,
  opensAt: 0,
  closesAt: null,
  lastMinutesAt: null,
  isTurnoutShown: true,
  revotePolicy: "revisable",
  regions: new Set(),
  weightMax: 1_000_000_000_000,
  disclosure: "roll_call",
  roll: null,
};

/** A shard's store over Node's SQLite with the transition before it, as the object puts them together. */
export class StoreUnderTest {
  readonly storage = new StorageInNode();
  store: ShardStore;

  readonly #bounds: StoreBounds;

  /** Other terms than the usual ones; other bounds than those of a deployment. */
  constructor(given: Partial<VotingTerms> = {}, bounds: Partial<StoreBounds> = {}) {
    this.#bounds = { ...limits, ...bounds };
    this.store = new ShardStore(this.storage, this.#bounds);
    this.store.keepTerms({ ...usualTerms, ...given });
  }

  get terms(): VotingTerms {
    return this.store.terms ?? usualTerms;
  }

  /** All these requests in one commit. */
  cast(requests: readonly CastRequest[]): CastOutcome[] {
    const { records } = this.store.readVoters(requests.map(({ pid }) => pid));
    const transition = castMany({
      terms: this.terms,
      state: this.store.state,
      records,
      roll: null,
      serials: new Map(),
      requests,
      now: 1_000,
      isSealed: false,
      isPaused: false,
      areTokensOver: false,
      ballotsAVoterMax: 100,
      opener: ballotOpener(this.terms),
    });
    this.store.commit(transition);
    return transition.outcomes;
  }

  /** Forgets what is in memory, as an eviction does. */
  evict(): void {
    this.store = new ShardStore(this.storage, this.#bounds);
  }
}

/** The pid of a voter of the test: 22 characters that spread as those of pseudonyms do. */
export function pidOf(voter: number): string {
  return Buffer.from(labelNonce(`voter ${voter}`), "hex")
    .subarray(0, 16)
    .toString("base64url");
}

/** A voter's only vote, the same each time; whatever is given stands above it. */
export function voteOf(voter: number, more: Partial<CastRequest> = {}): CastRequest {
  return requestOf({ pid: pidOf(voter), ...more });
}

/** A vote with a nonce of its own, which may change an earlier one. */
export function changeOf(
  voter: number,
  label: string,
  more: Partial<CastRequest> = {},
): CastRequest {
  return voteOf(voter, { nonce: labelNonce(label), authority: "login", ...more });
}
