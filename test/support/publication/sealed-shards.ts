import { createHash } from "node:crypto";
import { BallotLog } from "../../../durable-objects/ballot-shard/ballot-log.ts";
import {
  ShardPublication,
  type CutBounds,
} from "../../../durable-objects/ballot-shard/shard-publication.ts";
import type { SealedShards } from "../../../durable-objects/decision-room/publication.ts";
import { ballotOpener } from "../../../src/ballot/opening.ts";
import { recount } from "../../../src/ballot/recount.ts";
import type { VoterBallot } from "../../../src/ballot/voter.ts";
import type { Decision, Disclosure } from "../../../src/decision/decision.ts";
import { freezeManifest } from "../../../src/decision/manifest.ts";
import type { ShardSnapshot } from "../../../src/results/shard-snapshot.ts";
import { limits } from "../../../src/shared/limits.ts";
import { sampleDecision, sampleDraft } from "../sample-draft.ts";
import { StorageInNode } from "../sqlite/storage-in-node.ts";

export const decisionId = "published-decision";
const openingKey = "4f".repeat(32);

/** A ballot of a numbered voter, which replaces that voter's earlier ones. */
export interface GivenBallot {
  voter: number;
  choice: VoterBallot["choice"];
  region: string;
  weight: number;
}

/** Sealed shards over Node's SQLite, with the ballots of the voters that are theirs. */
export class SealedShardsInNode implements SealedShards {
  readonly storages: StorageInNode[];
  readonly seals = new Map<number, ShardSnapshot>();
  readonly #bounds: CutBounds;
  #shards: ShardPublication[] = [];

  constructor(
    shards: number,
    storageAt: (shard: number) => StorageInNode,
    bounds: CutBounds = limits,
  ) {
    this.#bounds = bounds;
    this.storages = Array.from({ length: shards }, (_, shard) => storageAt(shard));
    for (const { sql } of this.storages)
      sql.exec(
        `CREATE TABLE log (from_seq INTEGER PRIMARY KEY, ballots TEXT NOT NULL, nonces BLOB NOT NULL);
         CREATE TABLE notes (seq INTEGER PRIMARY KEY, name TEXT, statement TEXT);
         CREATE TABLE cut_ballots (id INTEGER PRIMARY KEY, ballots TEXT NOT NULL);`,
      );
  }

  /** Accepts these ballots, in their order, and seals all shards. */
  seal(given: readonly GivenBallot[]): void {
    for (const [shard, storage] of this.storages.entries()) {
      const log = new BallotLog(storage.sql, limits);
      const counted = new Map<string, VoterBallot>();
      const own = given.filter(({ voter }) => voter % this.storages.length === shard);
      const ballots = own.map((ballot, index) => ballotOf(ballot, index + 1));
      storage.transactionSync(() => {
        for (let from = 0; from < ballots.length; from += 256) {
          const commit = ballots.slice(from, from + 256);
          const replaced = new Map<number, VoterBallot>();
          for (const ballot of commit) {
            const before = counted.get(ballot.pid);
            if (before !== undefined) replaced.set(ballot.seq, before);
            counted.set(ballot.pid, ballot);
          }
          log.append(commit, replaced);
        }
      });
      const seq = ballots.length;
      const tally = recount(ballots);
      this.seals.set(shard, { shard, seq, tally, takenAt: 1, isSealed: true });
    }
    this.restart();
  }

  /** Forgets what is in memory, as an eviction does. */
  restart(): void {
    const opener = ballotOpener({ decisionId, openingKey });
    this.#shards = this.storages.map(
      (storage, shard) =>
        new ShardPublication({
          storage,
          log: new BallotLog(storage.sql, limits),
          lastSeq: this.seals.get(shard)?.seq ?? 0,
          opener,
          hasNotes: false,
          bounds: this.#bounds,
        }),
    );
  }

  async cutBallots(_: unknown, buckets: number): Promise<boolean> {
    return this.#shards.map((shard) => shard.cut(buckets)).every(Boolean);
  }

  async countVoters() {
    return this.#shards.map((shard) => shard.countVoters());
  }

  async readCut(_: unknown, bucket: number): Promise<string[]> {
    return this.#shards.map((shard) => shard.readBucket(bucket));
  }

  async dropCut(): Promise<void> {
    for (const shard of this.#shards) shard.drop();
  }
}

function ballotOf({ voter, ...ballot }: GivenBallot, seq: number): VoterBallot {
  const digest = createHash("sha256").update(`voter ${voter}`).digest("base64url");
  const nonce = createHash("sha256").update(`nonce ${voter} ${seq}`).digest("hex");
  return { ...ballot, seq, pid: digest.slice(0, 22), acceptedAt: 1, nonce };
}

/** A closed decision of two regions with so many shards. */
export function closedDecision(disclosure: Disclosure, shards: number): Decision {
  const regions = ["north", "south"].map((code) => ({ code, name: code }));
  const draft = sampleDraft({ id: decisionId, disclosure, shards, regions, weightMax: 3 });
  const decision = sampleDecision(draft);
  return { ...decision, status: "closed", manifest: freezeManifest(decision, null, 0) };
}
