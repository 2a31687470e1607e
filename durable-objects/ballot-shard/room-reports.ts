import type { VotingTerms } from "../../src/ballot/voting-terms.ts";
import type { Tally } from "../../src/ballot/tally.ts";
import { BoundedMap } from "../../src/shared/bounded-map.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import {
  changeReport,
  reportDelayMs,
  wholeReport,
  type TallyReport,
} from "../../src/results/tally-report.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";

/** What came of a report: the seq that the room now knows of the shard, and its size on the way. */
export type Reported = { knownSeq: number; bytes: number };

/** The way to the decision's room. */
export type SendReport = (decisionId: string, report: TallyReport) => Promise<Reported>;

/** What is read of a shard. */
interface ReportedShard {
  readonly terms: Pick<VotingTerms, "decisionId" | "shards"> | null;
  readonly state: { readonly seq: number };
  readonly sealedAt: number | null;
  snapshot(now: number): ShardSnapshot;
}

/**
 * What a shard tells its room: what has changed since the last word that the room has of it. Memory
 * alone: an instance that begins tells everything once.
 */
export class RoomReports {
  readonly #store: ReportedShard;
  readonly #send: SendReport;
  /** The tallies that were told last, by their seq: what a room may have. */
  readonly #told = new BoundedMap<number, Tally>(limits.reportBasesMax);
  /** What the room is thought to know; null for nothing. */
  #knownSeq: number | null = null;
  #reportedSeq = -1;
  /** Not before this time, in ms. */
  #nextAt = 0;

  constructor(store: ReportedShard, send: SendReport) {
    this.#store = store;
    this.#send = send;
  }

  /** A sealed shard has nothing to report: the room asks for its seal until it has it. */
  get isRoomInformed(): boolean {
    const { state, sealedAt } = this.#store;
    return sealedAt !== null || this.#reportedSeq === state.seq;
  }

  /** When there is something to report next, in ms; null where the room is informed. */
  get nextAt(): number | null {
    return this.isRoomInformed ? null : this.#nextAt;
  }

  /**
   * What has changed since the shard had accepted `seq` ballots; everything where that is null or
   * too long ago, or the shard is sealed. For the room, which asks for it.
   */
  since(seq: number | null): TallyReport {
    const snapshot = this.#store.snapshot(Date.now());
    const base =
      seq === snapshot.seq ? snapshot.tally : seq === null ? undefined : this.#told.get(seq);
    this.#told.set(snapshot.seq, snapshot.tally);
    this.#knownSeq = snapshot.seq;
    const isWhole = seq === null || base === undefined || snapshot.isSealed;
    return isWhole ? wholeReport(snapshot) : changeReport(snapshot, seq, base);
  }

  /** Reports what the room does not know, unless that is told already or it is too early for it. */
  async report(): Promise<void> {
    const { terms } = this.#store;
    const { nextAt } = this;
    if (terms === null || nextAt === null || nextAt > Date.now()) return;
    const report = this.since(this.#knownSeq);
    let reported = await this.#send(terms.decisionId, report);
    let told = report.seq;
    // The room has another word of this shard, or none: then everything.
    if (reported.knownSeq < told) {
      const whole = this.since(null);
      reported = await this.#send(terms.decisionId, whole);
      told = whole.seq;
      invariant(reported.knownSeq >= told, "a room takes what it is told whole");
    }
    this.#reportedSeq = told;
    const waitMs = reportDelayMs(terms.shards, reported.bytes);
    this.#nextAt = waitMs === 0 ? 0 : Date.now() + waitMs;
  }
}
