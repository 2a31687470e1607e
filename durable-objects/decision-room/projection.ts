import type {
  DecisionProjection,
  ListedResultRow,
  RegionalResultRow,
} from "../../src/database/database.ts";
import { viewDecision } from "../../src/decision/decision-json.ts";
import type { Decision } from "../../src/decision/decision.ts";
import { audienceOf, isPublished } from "../../src/decision/readers.ts";
import { isSettled } from "../../src/decision/lifecycle.ts";
import { isListedByRegion } from "../../src/decision/visibility.ts";
import { viewListedResult, type FinalVerdict } from "../../src/results/listed-result.ts";
import type { ShownCounts, ShownResult, ShownTurnout } from "../../src/results/shown-result.ts";
import type { OutcomeStore } from "./outcome-store.ts";
import type { RoomResults } from "./results.ts";
import type { RoomStore } from "./room-store.ts";

/** What a room's rows are made from, and the database that has them. */
export interface RoomProjectionDependencies {
  store: RoomStore;
  outcomeStore: OutcomeStore;
  results: RoomResults;
  database: DecisionProjection;
}

/**
 * A room's rows in the database: its decision, and its regional results once they are final or when
 * they are asked for. An older write never overwrites a newer, so writing again is always safe.
 */
export class RoomProjection {
  readonly #store: RoomStore;
  readonly #outcomeStore: OutcomeStore;
  readonly #results: RoomResults;
  readonly #database: DecisionProjection;
  /**
   * The revision that the database is known to have. Memory alone: a new instance writes the row
   * once more, which changes nothing there and costs less than a row here after each change.
   */
  #writtenRevision = -1;
  /** The same of what lists show of the results. */
  #listedVersion = -1;
  #lastDone: Promise<void> = Promise.resolve();

  constructor({ store, outcomeStore, results, database }: RoomProjectionDependencies) {
    this.#store = store;
    this.#outcomeStore = outcomeStore;
    this.#results = results;
    this.#database = database;
  }

  /** Whether the decision has changed since its row was written. */
  get isRowBehind(): boolean {
    return this.#store.decision !== null && this.#writtenRevision < this.#store.revision;
  }

  /** Assumes that the database has nothing of the decision. */
  reset(): void {
    this.#writtenRevision = -1;
    this.#listedVersion = -1;
    this.#store.marks.keep("results_projected", -1);
  }

  /** Writes what the database lacks; with `liveResults` also results of an open decision. */
  write({ liveResults } = { liveResults: false }): Promise<void> {
    return this.#inTurn(() => this.#write(liveResults));
  }

  /** Removes the row of a draft that is being deleted, after which nothing writes it again. */
  remove(decisionId: string): Promise<void> {
    return this.#inTurn(() => this.#database.removeDecision(decisionId));
  }

  /** Does this after what is under way, so that no write overtakes a removal. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#lastDone.then(work);
    this.#lastDone = done.catch(() => {});
    return done;
  }

  /** What lists show from now on; null where they have it, or show nothing. */
  #listedRow(shown: ShownResult | null): ListedResultRow | null {
    if (shown === null || shown.shows === "nothing") return null;
    return shown.version > this.#listedVersion
      ? listedRow(shown, this.#outcomeStore.verdict)
      : null;
  }

  async #write(liveResults: boolean): Promise<void> {
    const { decision, revision } = this.#store;
    if (decision === null || this.#store.isDeletionAsked) return;
    const isDue = isPublished(decision) && (isSettled(decision.status) || liveResults);
    const shown = isDue ? await this.#results.freshShown() : null;
    const result = isListedByRegion(decision) && shown?.shows === "counts" ? shown : null;
    // Certifying moves the version but not the figures: those written with the close are the last.
    const version = this.#outcomeStore.figuresVersion ?? result?.version ?? 0;
    const isKnown = result === null || this.#store.marks.get("results_projected") >= version;
    const listed = this.#listedRow(shown);
    if (isKnown && listed === null && this.#writtenRevision >= revision) return;
    const results = result === null || isKnown ? [] : regionalRows(result);
    await this.#database.project(decisionRow(decision, revision), results, listed);
    this.#writtenRevision = Math.max(this.#writtenRevision, revision);
    this.#listedVersion = Math.max(this.#listedVersion, listed?.version ?? -1);
    if (result !== null && !isKnown) this.#store.marks.defer("results_projected", result.version);
  }
}

function listedRow(
  shown: ShownCounts | ShownTurnout,
  verdict: FinalVerdict | null,
): ListedResultRow {
  return { version: shown.version, document: JSON.stringify(viewListedResult(shown, verdict)) };
}

function decisionRow(decision: Decision, revision: number) {
  return {
    id: decision.draft.id,
    title: decision.draft.title,
    status: decision.status,
    createdAt: decision.createdAt,
    audience: audienceOf(decision),
    owner: decision.owner,
    document: JSON.stringify(viewDecision(decision)),
    revision,
  };
}

function regionalRows(result: ShownCounts): RegionalResultRow[] {
  const { decisionId, version, asOf, isFinal } = result;
  return [...result.regions].map(([region, { figures: tally }]) => ({
    decisionId,
    region,
    version,
    asOf,
    isFinal,
    tally,
  }));
}
