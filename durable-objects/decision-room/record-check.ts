import {
  BallotsArchived,
  type SpanCounts,
  type BallotCursor,
  type BallotSpan,
  type DatabaseReads,
} from "../../src/database/database.ts";
import type { Decision, Manifest } from "../../src/decision/decision.ts";
import { isCheckless, isSettled, passTime } from "../../src/decision/lifecycle.ts";
import { showingOf } from "../../src/decision/visibility.ts";
import type {
  CheckedRecord,
  RecordStage,
  ShardRecordState,
  StageCheck,
} from "../../src/ports/record-check.ts";
import { LoggableError } from "../../src/shared/loggable-error.ts";
import { limits } from "../../src/shared/limits.ts";
import type { ReportFailure } from "../../src/shared/log-line.ts";
import { ballotsOf, spansBehind, spansBehindSeals } from "./checked-spans.ts";
import { publishedStage, storedStage, talliedStage, type StoredRows } from "./check-stages.ts";
import type { RoomPublication } from "./publication.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";
import type { RowCheck } from "./row-check.ts";
import type { RoomShards } from "./shards.ts";

/** What a check reads; it changes nothing. */
export interface RoomRecordCheckDependencies {
  store: Pick<RoomStore, "decision" | "seals" | "marks">;
  rowCheck: Pick<RowCheck, "isUnderWay">;
  results: Pick<RoomResults, "knownSeqs" | "agreesWith" | "shown">;
  shards: Pick<RoomShards, "recordStates">;
  publication: Pick<RoomPublication, "summary">;
  database: Pick<DatabaseReads, "readProgress"> & SpanCounts;
  report: ReportFailure;
}

/**
 * Compares a decision's record with what follows from it: the merged tally, the database's rows, a
 * portion of them each time, and the publication. What it gives says no more of the votes than
 * results do.
 */
export class RoomRecordCheck {
  readonly #deps: RoomRecordCheckDependencies;

  constructor(deps: RoomRecordCheckDependencies) {
    this.#deps = deps;
  }

  /** One check; rows are counted behind a ballot. Null where the decision is not checked now. */
  async check(from: BallotCursor): Promise<CheckedRecord | null> {
    const { store, results, shards } = this.#deps;
    const checkedAt = Date.now();
    const before = this.#decision(checkedAt);
    if (before === null) return null;
    const { manifest } = before;
    const states = await shards.recordStates(manifest, results.knownSeqs(manifest));
    const isWhole = states.length === manifest.shardMap.length;
    const isTallied = results.agreesWith(states);
    const progress = states.map(({ snapshot, progress: { confirmedSeq } }) => ({
      shard: snapshot.shard,
      confirmedSeq,
    }));
    const { spans, next } = spansBehind(progress, from, limits.checkedRowsMax);
    const rows = isWhole ? await this.#rows(before.draft.id, states, spans) : "shards";
    // Asking takes time, in which the decision may have gone on.
    const decision = this.#decision(Date.now());
    if (decision === null) return null;
    const stored = storedStage(decision, states, rows);
    const stages: Record<RecordStage, StageCheck> = {
      tallied: talliedStage({ isWhole, isTallied }),
      stored,
      published: publishedStage(decision, {
        seals: [...store.seals.values()],
        publication: this.#deps.publication.summary,
        stored,
      }),
    };
    const confirmed = progress.reduce((sum, { confirmedSeq }) => sum + confirmedSeq, 0);
    const { draft, status, certifiedAt } = decision;
    const check = {
      decisionId: draft.id,
      title: draft.title,
      rehearsal: draft.rehearsal,
      status,
      shows: showingOf(draft.visibility, status),
      checkedAt,
      accepted: this.#accepted(decision, isWhole),
      stages,
      // Until the close it would tell how many ballots there are.
      checksARound: isSettled(status)
        ? Math.max(1, Math.ceil(confirmed / limits.checkedRowsMax))
        : null,
      certifiedAt,
    };
    // What is missing is looked for again, until it is there.
    return { check, next: stored.state === "broken" ? from : next };
  }

  #decision(now: number): (Decision & { manifest: Manifest }) | null {
    const { decision, marks } = this.#deps.store;
    if (marks.forgottenShards !== null || (decision !== null && isCheckless(decision))) return null;
    // Only opened ones are checked: a room that was set back to before that agrees with nothing.
    if (!decision?.manifest) throw new LoggableError("the room does not know that it was opened");
    return { ...passTime(decision, now), manifest: decision.manifest };
  }

  #accepted(decision: Decision, isWhole: boolean): number | null {
    const shown = isWhole ? this.#deps.results.shown(decision, Date.now()) : null;
    return shown === null || shown.shows === "nothing" ? null : shown.accepted;
  }

  /** What the database has of the spans; a cause where it could not be compared. */
  async #rows(
    decisionId: string,
    states: readonly ShardRecordState[],
    spans: readonly BallotSpan[],
  ): Promise<StoredRows> {
    const { rowCheck, database, report } = this.#deps;
    if (rowCheck.isUnderWay) return "row_check";
    try {
      const { shards, archived, openDeadLetters } = await database.readProgress(decisionId, []);
      if (archived.length > 0) return "archived";
      const applied = new Map(shards.map(({ shard, appliedSeq }) => [shard, appliedSeq]));
      const isProgressWhole = states.every(
        ({ snapshot, progress }) => (applied.get(snapshot.shard) ?? 0) >= progress.confirmedSeq,
      );
      const asked = [...spans, ...spansBehindSeals(states.map(({ snapshot }) => snapshot))];
      const counts = asked.length === 0 ? [] : await database.countSpans(decisionId, asked);
      const sum = (some: readonly number[]) => some.reduce((all, ballots) => all + ballots, 0);
      const isCounted = sum(counts.slice(0, spans.length)) === ballotsOf(spans);
      const hasForeign = sum(counts.slice(spans.length)) > 0;
      // Meanwhile rows may be taken out that are to come again.
      if (rowCheck.isUnderWay) return "row_check";
      return { isWhole: isProgressWhole && isCounted && !hasForeign, openDeadLetters };
    } catch (error) {
      if (error instanceof BallotsArchived) return "archived";
      report("room.check_failed", error, { decision: decisionId });
      return "database";
    }
  }
}
