import type { BallotOpener } from "../../src/ballot/opening.ts";
import type { BallotNote, VoterBallot } from "../../src/ballot/voter.ts";
import { countedSeqs, type SeqSet } from "../../src/publication/counted-seqs.ts";
import { encodePublished } from "../../src/publication/published-ballot.ts";
import { CountedCells } from "../../src/results/counted-cells.ts";
import type { CountedVoters } from "../../src/results/shown-cells.ts";
import { limits } from "../../src/shared/limits.ts";
import { packTexts } from "../../src/shared/pack-texts.ts";
import { withoutVersion, withVersion, type Versioned } from "../../src/shared/versioned.ts";
import type { SqliteStorage } from "../shared/sqlite-storage.ts";
import type { BallotLog } from "./ballot-log.ts";

/** How far the ballots are cut: up to a seq, into so many buckets, in so many rows. */
interface CutProgress {
  buckets: number;
  seq: number;
  rows: number;
}

type NoteRow = { seq: number; name: string | null; statement: string | null };

const progressForm = { name: "a shard's cut of its ballots", version: 1 };

/** Rows of one bucket have ids of their own, so that they are found without an index. */
const bucketIds = 2 ** 32;

/** Bounds of what is cut at once, and of the voters in memory meanwhile. */
export interface CutBounds {
  readonly publicationPortionBallots: number;
  readonly publicationPortionNotes: number;
  readonly publicationVotersMax: number;
  readonly publicationCutBytesMax: number;
}

/** What of a sealed shard is published. */
export interface ShardPublicationDependencies {
  storage: SqliteStorage;
  log: BallotLog;
  /** The seq of the last ballot. */
  lastSeq: number;
  opener: BallotOpener;
  /** Whether its ballots have names and statements. */
  hasNotes: boolean;
  bounds?: CutBounds;
}

/**
 * What a sealed shard gives its room for the publication: its ballots without pids and seqs, cut
 * into buckets by the first bits of their hashes, so that the room asks all shards for one bucket
 * after another. A portion a call, kept with how far it has come: a restart goes on from there.
 */
export class ShardPublication {
  readonly #deps: ShardPublicationDependencies;
  readonly #bounds: CutBounds;
  #counted: SeqSet | null = null;

  constructor(deps: ShardPublicationDependencies) {
    this.#deps = deps;
    this.#bounds = deps.bounds ?? limits;
  }

  /**
   * How many have voted, and how many counted ballots have each region and weight; a region of very
   * many weights is told as one.
   */
  countVoters(): CountedVoters {
    const counted = new CountedCells();
    let voters = 0;
    for (const { ballot, replaced } of this.#deps.log.changesAfter(0)) {
      const { seq, region, weight } = ballot;
      if (replaced === null) voters += 1;
      if (!this.#isCounted(seq)) continue;
      counted.add({ region, weight, voters: 1 });
    }
    return { voters, cells: counted.cells };
  }

  /** Cuts the next portion of ballots into so many buckets; whether all are cut. */
  cut(buckets: number): boolean {
    const kept = this.#progress;
    const progress = kept?.buckets === buckets ? kept : this.#begin(buckets);
    const { lastSeq, storage } = this.#deps;
    if (progress.seq === lastSeq) return true;
    const { byBucket, seq } = this.#openPortion(progress);
    const after = { ...progress, seq };
    storage.transactionSync(() => {
      for (const [bucket, texts] of byBucket) {
        for (const pack of packTexts(texts, packBounds(this.#bounds))) {
          storage.sql.exec(
            "INSERT INTO cut_ballots VALUES (?, ?)",
            bucket * bucketIds + after.rows,
            pack.join("\n"),
          );
          after.rows += 1;
        }
      }
      storage.kv.put("cut_ballots", withVersion(progressForm, after));
    });
    return seq === lastSeq;
  }

  /** The ballots of a bucket as `decodePublished` reads them, once all are cut. */
  readBucket(bucket: number): string {
    const rows = this.#deps.storage.sql.exec<{ ballots: string }>(
      "SELECT ballots FROM cut_ballots WHERE id >= ? AND id < ?",
      bucket * bucketIds,
      (bucket + 1) * bucketIds,
    );
    return rows
      .toArray()
      .map(({ ballots }) => ballots)
      .join("\n");
  }

  /** Forgets what was cut. The ballots themselves stay. */
  drop(): void {
    const { sql, kv } = this.#deps.storage;
    this.#counted = null;
    if (this.#progress === null) return;
    this.#deps.storage.transactionSync(() => {
      sql.exec("DELETE FROM cut_ballots");
      kv.put("cut_ballots", null);
    });
  }

  get #progress(): CutProgress | null {
    // Written by this class and by nothing else.
    const kept = this.#deps.storage.kv.get("cut_ballots") as Versioned<CutProgress> | null;
    return (kept ?? null) === null
      ? null
      : withoutVersion(progressForm, kept as Versioned<CutProgress>);
  }

  #begin(buckets: number): CutProgress {
    this.drop();
    const progress = { buckets, seq: 0, rows: 0 };
    this.#deps.storage.kv.put("cut_ballots", withVersion(progressForm, progress));
    return progress;
  }

  #openPortion({ buckets, seq: from }: CutProgress) {
    const { log, hasNotes } = this.#deps;
    const { publicationPortionBallots, publicationPortionNotes } = this.#bounds;
    const max = hasNotes ? publicationPortionNotes : publicationPortionBallots;
    const byBucket = new Map<number, string[]>();
    const portion = log.readKeyedAfter(from, max);
    const seq = portion.at(-1)?.seq ?? from;
    const notes = hasNotes ? this.#notesBetween(from, seq) : new Map<number, BallotNote>();
    for (const ballot of portion) {
      const { hash, text } = this.#publish(ballot, notes.get(ballot.seq));
      const bucket = bucketOf(hash, buckets);
      const texts = byBucket.get(bucket);
      if (texts === undefined) byBucket.set(bucket, [text]);
      else texts.push(text);
    }
    return { byBucket, seq };
  }

  #notesBetween(from: number, to: number): Map<number, BallotNote> {
    const rows = this.#deps.storage.sql.exec<NoteRow>(
      "SELECT seq, name, statement FROM notes WHERE seq > ? AND seq <= ?",
      from,
      to,
    );
    return new Map(rows.toArray().map(({ seq, ...note }) => [seq, note]));
  }

  #publish(ballot: VoterBallot, note: BallotNote | undefined): { hash: string; text: string } {
    const { hash, k, c, u } = this.#deps.opener.open(ballot);
    const { choice, region, weight, acceptedAt, seq } = ballot;
    const { name, statement } = note ?? { name: null, statement: null };
    const isCounted = this.#isCounted(seq);
    const cell = { choice, isCounted, region, weight, acceptedAt };
    return { hash, text: encodePublished({ hash, k, c, u, ...cell, name, statement }) };
  }

  #isCounted(seq: number): boolean {
    const { log, lastSeq } = this.#deps;
    const backwards = { last: lastSeq, read: () => log.backwards() };
    this.#counted ??= countedSeqs(backwards, this.#bounds.publicationVotersMax);
    return this.#counted.has(seq);
  }
}

function packBounds({ publicationCutBytesMax }: CutBounds) {
  return { textsMax: Number.POSITIVE_INFINITY, bytesMax: publicationCutBytesMax };
}

/** The bucket of a hash among a power of two of them: what its first bits say. */
function bucketOf(hash: string, buckets: number): number {
  return Math.floor((Number.parseInt(hash.slice(0, 8), 16) / 2 ** 32) * buckets);
}
