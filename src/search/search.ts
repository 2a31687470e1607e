import type { Choice } from "../ballot/ballot.ts";
import type { DecisionStatus } from "../decision/decision.ts";
import type { FinalVerdict } from "../results/listed-result.ts";
import { describeCause } from "../shared/loggable-error.ts";
import type { DecisionDocument } from "./decision-document.ts";

/** The index can't be asked now, for a cause that is its own and passes: asking again is right. */
export class SearchUnavailable extends Error {
  override readonly name = "SearchUnavailable";

  constructor(cause: unknown) {
    super(describeCause(cause), { cause });
  }
}

/** The index refuses these by themselves, whenever they are tried; the others are in it. */
export class IndexRejected extends Error {
  override readonly name = "IndexRejected";
  readonly rejected: readonly { key: string; cause: string }[];

  constructor(rejected: readonly { key: string; cause: string }[]) {
    super(`${rejected.length} were refused, the first for ${rejected[0]?.cause}`);
    this.rejected = rejected;
  }
}

/** A cursor that this index has not given. */
export class CursorRefused extends Error {
  override readonly name = "CursorRefused";

  constructor() {
    super("the cursor is of another index");
  }
}

/** A counted ballot as its decision's publication shows it. */
export interface BallotDocument {
  /** Of the ballot, in 64 hexadecimal digits; it is the document's name. */
  hash: string;
  choice: Choice;
  /** Both null where the publication hides them. */
  region: string | null;
  weight: number | null;
  /** In ms: when it was taken, in roll calls; elsewhere when the decision closed. */
  at: number;
}

/** A page of a publication, whole: the same page of the same decision is always the same. */
export interface BallotPage {
  decisionId: string;
  /** From 1 on. */
  page: number;
  ballots: readonly BallotDocument[];
}

/**
 * What feeds the index. Each call is durable when it returns, and may be repeated, out of order and
 * beside itself: an older version never replaces a newer, a page replaces itself. While a rebuild is
 * under way it goes into what is being built, too.
 * @throws {SearchUnavailable} nothing or a part of it is in the index
 * @throws {IndexRejected} for what can't ever be indexed, by decision or by `decision:page`
 */
export interface SearchWriter {
  indexDecisions(documents: readonly DecisionDocument[]): Promise<void>;
  indexBallots(pages: readonly BallotPage[]): Promise<void>;
  /**
   * Moves `indexedTo` forward, never back (ms). After a write an index may leave it to a note that comes
   * some seconds later: making all of it searchable each time may be dear.
   */
  noteIndexedTo(at: number): Promise<void>;
}

/** Of a round: `gone` where another has begun since, or where there never was one. */
export type RebuildState = "under_way" | "finished" | "gone";

/**
 * Filling the index anew, beside what is searched meanwhile. Each `begin` starts over and gives the
 * number of its round; `finish` leaves what was indexed since that round began and nothing else, and
 * changes nothing unless this round is under way.
 */
export interface SearchRebuild {
  begin(): Promise<number>;
  stateOf(round: number): Promise<RebuildState>;
  finish(round: number): Promise<void>;
}

/** What to find; each that is there narrows what the others leave. Times in ms. */
export interface DecisionFilters {
  statuses?: readonly DecisionStatus[];
  outcomes?: readonly FinalVerdict[];
  /** Decisions that name this region. */
  region?: string;
  owner?: string;
  /** Opened at or after, and before. */
  from?: number;
  to?: number;
}

/** Where a page of hits goes on: the adapter's own, as it gave it. */
export type SearchCursor = readonly (string | number)[];

export interface DecisionQuery {
  /**
   * Words, of which all have to be there, in any form that the language's analyzer takes as the same,
   * with a letter wrong or missing in longer ones, the last one perhaps not written out; null for all.
   * Nothing in it is an operator.
   */
  words: string | null;
  filters: DecisionFilters;
  after: SearchCursor | null;
  perPage: number;
  withFacets: boolean;
}

/** A text with what was found in it; the parts in their order are the text, or a piece of it. */
export interface Highlight {
  field: "title" | "description";
  language: string | null;
  parts: readonly { text: string; isMatch: boolean }[];
}

export interface DecisionHit {
  id: string;
  /** None where nothing was asked in words. */
  highlights: readonly Highlight[];
}

/** How many of what was found have a value, the most first, then by value. */
export type Facet = readonly { value: string; count: number }[];
export const facetNames = ["status", "outcome", "region", "owner", "year"] as const;
export type FacetName = (typeof facetNames)[number];
/**
 * Each of all that the words and the other facets' filters leave, so that it says what choosing
 * another of its values would find. `year` is the one of the opening, in UTC; its filters are `from`
 * and `to`.
 */
export type DecisionFacets = Readonly<Record<FacetName, Facet>>;

export interface FoundDecisions {
  /** The best first where there are words, else the newest opening first. */
  hits: readonly DecisionHit[];
  /** Exact. */
  total: number;
  facets: DecisionFacets | null;
  next: SearchCursor | null;
}

/** Ballots by choice. */
export type BallotCounts = Readonly<Record<Choice, number>>;

/**
 * What is in the index of one decision, or of all. Counts of ballots, never weights: an engine adds
 * those up as floating-point numbers.
 */
export interface SearchStatistics {
  decisions: {
    total: number;
    byStatus: Facet;
    byOutcome: Facet;
    /** By month of the close, in UTC (`2026-11`), in order; of what is closed. */
    byMonth: Facet;
    /** Summed over those whose final results show both. */
    turnout: { decisions: number; electorate: number; voted: number };
  };
  ballots: {
    total: BallotCounts;
    /** The regions with the most ballots first, at most `limits.searchRegionsMax`; null is hidden. */
    byRegion: readonly { region: string | null; counts: BallotCounts }[];
    /** Of the regions that are left out. */
    otherRegions: BallotCounts;
    /** In order (`2026-11`). */
    byMonth: readonly { month: string; counts: BallotCounts }[];
  };
}

/** How the index does, in words that anybody may read. */
export interface SearchHealth {
  /** `unknown` where it did not answer. */
  kind: "embedded" | "opensearch" | "none" | "misconfigured" | "unknown";
  problems: string[];
  indexedTo: number | null;
}

/**
 * What is asked of the index. It holds decisions that were opened and ballots that were published,
 * some seconds after that; it may be wiped and filled again at any time, and supplies no result and no
 * outcome: those are asked of their decisions.
 * @throws {SearchUnavailable}
 */
export interface SearchReads {
  /** @throws {CursorRefused} */
  searchDecisions(query: DecisionQuery): Promise<FoundDecisions>;
  statistics(decisionId: string | null): Promise<SearchStatistics>;
  /**
   * What had changed until then is in the index, as far as its feed has kept its order (ms); null where
   * nothing was ever indexed.
   */
  indexedTo(): Promise<number | null>;
  /** Never rejects. */
  health(): Promise<SearchHealth>;
}

/** An index: one contract suite runs on every adapter. */
export type SearchIndex = SearchReads & SearchWriter & { rebuild: SearchRebuild };
