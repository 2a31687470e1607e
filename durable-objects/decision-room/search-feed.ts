import { isPublished } from "../../src/decision/readers.ts";
import { reportFailure } from "../../src/platform/report-failure.ts";
import type { SearchedDecision, SearchedPage } from "../../src/search/searched-record.ts";
import { documentOf, documentVersion } from "../../src/search/document-of-decision.ts";
import type { SearchChange } from "../../src/search/search-change.ts";
import type { SearchFeed } from "../../src/search/search-feed.ts";
import { growingDelayMs } from "../../src/shared/backoff.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import type { Tracer } from "../../src/telemetry/traces/tracer.ts";
import type { ScheduledTask } from "../shared/scheduled-task.ts";
import type { ReconcileOptions } from "./decision-reconciler.ts";
import type { OutcomeStore } from "./outcome-store.ts";
import type { RoomPublication } from "./publication.ts";
import type { RoomStore } from "./room-store.ts";

const retryBounds = { firstMs: limits.retryDelayMsFirst, maxMs: limits.searchTellDelayMsMax };

/** What telling the search index reads and acts on; no feed where the deployment has no search. */
export interface RoomSearchFeedDependencies {
  store: RoomStore;
  outcomeStore: Pick<OutcomeStore, "verdict">;
  publication: Pick<RoomPublication, "summary" | "readPage">;
  feed: SearchFeed | null;
  task: ScheduledTask;
  tracer: Tracer;
}

/** What a run tells: the changes, and the marks that stand once they are told. */
interface Untold {
  changes: SearchChange[];
  version: number;
  pagesTold: number;
}

/**
 * Tells the search index what has changed of an opened decision, and of its ballots once it is
 * certified. By a task of its own: nothing else of the room waits for it, or for what it met. What
 * was told is kept, so what a crash leaves untold is told by the next instance.
 */
export class RoomSearchFeed {
  readonly #deps: RoomSearchFeedDependencies;
  #failures = 0;

  constructor(deps: RoomSearchFeedDependencies) {
    this.#deps = deps;
  }

  get task(): ScheduledTask {
    return this.#deps.task;
  }

  /** Whether the feed was not told of everything. */
  get isWorkLeft(): boolean {
    const { feed, store } = this.#deps;
    if (feed === null || store.decision === null || !isPublished(store.decision)) return false;
    return this.#version > store.marks.get("search_told");
  }

  /** The object has begun: where something is untold, its alarm must be set. */
  async resume(): Promise<void> {
    if (this.#seesWork()) await this.task.restoreLostAlarm();
  }

  /**
   * The record may have changed: what has is told in the room's next alarm, for the row or for
   * certifying, which a crash before this leaves behind; else after as long as the later one takes.
   */
  async schedule({ projection }: ReconcileOptions): Promise<void> {
    if (!this.#seesWork()) return;
    const delayMs = projection === "immediate" ? 0 : limits.certifyDelayMsFirst;
    // A feed that is away is waited for.
    if (this.#failures === 0) await this.task.runNoLaterThan(Date.now() + delayMs);
  }

  /** The alarm's work. Nothing in it throws but setting the next alarm. */
  async onAlarm(): Promise<void> {
    try {
      await this.#deps.tracer.trace("tell changes", {}, () => this.#tell());
      this.#failures = 0;
      await this.task.scheduleNext(this.isWorkLeft ? Date.now() : null);
    } catch (error) {
      this.#failures += 1;
      const decision = this.#deps.store.decision?.draft.id;
      reportFailure("room.search_not_told", error, { decision });
      await this.task.scheduleNext(Date.now() + growingDelayMs(this.#failures, retryBounds));
    }
  }

  /** What is to be found of the decision; null where it was never opened. */
  entry(): SearchedDecision | null {
    const { store, outcomeStore } = this.#deps;
    const { decision, revision } = store;
    const { verdict } = outcomeStore;
    const tallies = [...store.seals.values()].map(({ tally }) => tally);
    const document = decision && documentOf(decision, { revision, verdict, tallies });
    return document && { document, pages: this.#pages };
  }

  /** A page of its published ballots; null where there is none, or no choices are shown. */
  readPage(page: number): SearchedPage | null {
    const { store, publication } = this.#deps;
    const closedAt = store.decision?.closedAt ?? null;
    if (closedAt === null || page > this.#pages) return null;
    const found = publication.readPage("counted", page);
    return found === null ? null : { rows: found.rows, closedAt };
  }

  /**
   * In how many pages its counted ballots are published: 0 before, where no choice is shown, and of
   * a rehearsal, whose ballots are in no statistic.
   */
  get #pages(): number {
    const { store, publication } = this.#deps;
    const { decision } = store;
    if (decision?.status !== "certified") return 0;
    const { disclosure, rehearsal } = decision.draft;
    if (disclosure === "aggregate" || rehearsal) return 0;
    return publication.summary?.state.pages.counted ?? 0;
  }

  /** The version of the decision's document, as it is now. */
  get #version(): number {
    const { store, outcomeStore } = this.#deps;
    return documentVersion({ revision: store.revision, verdict: outcomeStore.verdict });
  }

  /** Whether work is left; where that can't be read, as after a release is taken back, none is seen. */
  #seesWork(): boolean {
    try {
      return this.isWorkLeft;
    } catch (error) {
      reportFailure("room.search_not_told", error, {
        decision: this.#deps.store.decision?.draft.id,
      });
      return false;
    }
  }

  async #tell(): Promise<void> {
    const { feed, store } = this.#deps;
    if (feed === null || !this.isWorkLeft) return;
    const { changes, version, pagesTold } = this.#untold();
    await feed.publish(changes);
    store.inTransaction(() => {
      if (version > store.marks.get("search_told")) store.marks.keep("search_told", version);
      if (pagesTold > store.marks.get("search_pages_told"))
        store.marks.keep("search_pages_told", pagesTold);
    });
  }

  /** At most what one alarm tells; the decision last, so that its version says that all is told. */
  #untold(): Untold {
    const { store } = this.#deps;
    const { decision } = store;
    invariant(decision !== null, "what is told is there");
    const { id: decisionId } = decision.draft;
    const at = Date.now();
    const told = Math.max(0, store.marks.get("search_pages_told"));
    const pagesTold = Math.max(told, Math.min(this.#pages, told + limits.searchPagesToldMax));
    const pages = Array.from({ length: pagesTold - told }, (_, index) => told + 1 + index);
    const changes: SearchChange[] = pages.map((page) => ({
      kind: "ballots",
      decisionId,
      page,
      at,
    }));
    if (pagesTold < this.#pages)
      return { changes, version: store.marks.get("search_told"), pagesTold };
    changes.push({ kind: "decision", decisionId, at });
    return { changes, version: this.#version, pagesTold };
  }
}
