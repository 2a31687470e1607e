import { sumTallies, isSameTally } from "../../src/ballot/tally.ts";
import { tallyFromJson } from "../../src/ballot/tally-json.ts";
import type { Decision, Manifest } from "../../src/decision/decision.ts";
import type { PublicationPage } from "../../src/ports/decisions.ts";
import { isSettled } from "../../src/decision/lifecycle.ts";
import {
  emptyPublicationState,
  PublicationBuilder,
  summarizeList,
  type PublicationList,
  type PublicationState,
} from "../../src/publication/publication-builder.ts";
import { decodePublished, type PublishedBallot } from "../../src/publication/published-ballot.ts";
import {
  cellLookup,
  shownCells,
  type CountedGroup,
  type CountedVoters,
  type ShownCells,
} from "../../src/results/shown-cells.ts";
import { CountedCells } from "../../src/results/counted-cells.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";
import type { PublicationProgress, PublicationStore } from "./publication-store.ts";

/** The sealed shards of a decision; a call goes to all of them, and throws where one is silent. */
export interface SealedShards {
  /** Has each cut its next portion into so many buckets; whether all have cut everything. */
  cutBallots(manifest: Manifest, buckets: number): Promise<boolean>;
  countVoters(manifest: Manifest): Promise<CountedVoters[]>;
  /** The ballots of one bucket, as text of each shard. */
  readCut(manifest: Manifest, bucket: number): Promise<string[]>;
  dropCut(manifest: Manifest): Promise<void>;
}

/** Bounds of what is sorted and written at once. */
export interface PublicationBounds {
  readonly publicationBucketBallots: number;
  readonly publicationBucketNotes: number;
  readonly publicationPageCharactersMax: number;
  readonly publicationStepsMax: number;
}

/** What the publication is made from and kept in. */
export interface RoomPublicationDependencies {
  store: {
    readonly decision: Decision | null;
    readonly seals: ReadonlyMap<number, ShardSnapshot>;
  };
  publication: PublicationStore;
  shards: SealedShards;
  bounds?: PublicationBounds;
}

/** What a certified outcome says of the publication, but how it is written there. */
export interface PublicationSummary {
  state: PublicationState;
  cells: ShownCells;
  /** Voters whose newest ballot took their vote back. */
  standingWithdrawals: number;
}

/**
 * Writes the publication of a closed decision from its shards' records, bucket by bucket in the
 * order of hashes. Each step is kept with its pages, so a restart goes on behind it.
 */
export class RoomPublication {
  readonly #deps: RoomPublicationDependencies;
  readonly #bounds: PublicationBounds;

  constructor(deps: RoomPublicationDependencies) {
    this.#deps = deps;
    this.#bounds = deps.bounds ?? limits;
  }

  /** Sizes, roots and shown cells, once all is written; null before. */
  get summary(): PublicationSummary | null {
    const { publication } = this.#deps;
    const { progress } = publication;
    if (progress?.stage !== "written") return null;
    const { cells, standingWithdrawals } = publication;
    return { state: progress.state, cells, standingWithdrawals };
  }

  /** Does some steps of what is missing. */
  async run(): Promise<void> {
    const { decision } = this.#deps.store;
    const manifest = decision?.manifest ?? null;
    if (decision === null || manifest === null || !isSettled(decision.status)) return;
    for (let step = 0; step < this.#bounds.publicationStepsMax; step += 1) {
      const { publication } = this.#deps;
      const progress = publication.progress ?? publication.begin(this.#buckets(manifest));
      if (progress.stage === "written") return;
      await this.#step(manifest, progress);
    }
  }

  /** The rows of a page; null where it does not exist, or not all pages do yet. */
  readPage(list: PublicationList, page: number): PublicationPage | null {
    const { publication } = this.#deps;
    const { progress } = publication;
    if (progress?.stage !== "written") return null;
    const pages = progress.state.pages[list];
    const found = page <= pages ? publication.readPage(list, page) : null;
    return found === null ? null : { ...found, pages, size: sizeOf(progress.state, list) };
  }

  /** The decision is being forgotten: in the transaction that says so. */
  forgetOpenings(): void {
    this.#deps.publication.forgetOpenings();
  }

  #buckets({ disclosure }: Manifest): number {
    const { publicationBucketBallots, publicationBucketNotes } = this.#bounds;
    const most = disclosure === "roll_call" ? publicationBucketNotes : publicationBucketBallots;
    let buckets = 1;
    while (buckets * most < this.#accepted()) buckets *= 2;
    return buckets;
  }

  async #step(manifest: Manifest, progress: PublicationProgress): Promise<void> {
    const { publication, shards } = this.#deps;
    if (progress.stage === "cutting") {
      const { buckets } = progress;
      if (!(await shards.cutBallots(manifest, buckets))) return;
      const ofShards = await shards.countVoters(manifest);
      const counted = mergeCells(ofShards.map(({ cells }) => cells));
      const withdrawn = sumOf(ofShards) - sumOf(counted);
      const state = emptyPublicationState;
      const writing: PublicationProgress = { stage: "writing", buckets, next: 0, state };
      publication.keepCells(shownCells(manifest, counted), withdrawn, writing);
    } else if (progress.stage === "writing") {
      const texts = await shards.readCut(manifest, progress.next);
      this.#writeBucket(manifest, progress, texts.flatMap(decodePublished));
    } else if (progress.stage === "clearing") {
      await shards.dropCut(manifest);
      publication.keepProgress({ stage: "written", state: progress.state });
    }
  }

  #writeBucket(
    manifest: Manifest,
    { buckets, next, state: before }: Extract<PublicationProgress, { stage: "writing" }>,
    ballots: readonly PublishedBallot[],
  ): void {
    const { publication } = this.#deps;
    const builder = new PublicationBuilder({
      disclosure: manifest.disclosure,
      isCellShown: cellLookup(publication.cells),
      state: before,
      lastRows: (list) => publication.readPage(list, before.pages[list])?.rows ?? "",
      pageCharactersMax: this.#bounds.publicationPageCharactersMax,
    });
    builder.add(ballots);
    const { state } = builder;
    const isLast = next + 1 === buckets;
    if (isLast) this.#requireWhole(state);
    const pages = {
      counted: builder.takePages("counted"),
      others: builder.takePages("others"),
      openings: builder.takePages("openings"),
    };
    publication.keepPages(
      pages,
      isLast ? { stage: "clearing", state } : { stage: "writing", buckets, next: next + 1, state },
    );
  }

  /** What is published is what was sealed: every ballot is in a list, and the counted ones agree. */
  #requireWhole(state: PublicationState): void {
    const published = summarizeList(state, "counted").size + summarizeList(state, "others").size;
    invariant(published === this.#accepted(), "every sealed ballot is published once");
    const sealed = sumTallies([...this.#deps.store.seals.values()].map(({ tally }) => tally));
    invariant(isSameTally(tallyFromJson(state.tally), sealed), "what is published is the tally");
  }

  #accepted(): number {
    return [...this.#deps.store.seals.values()].reduce((sum, { seq }) => sum + seq, 0);
  }
}

function sizeOf({ counted, others }: PublicationState, list: PublicationList): number {
  return list === "openings" ? counted.size + others.size : { counted, others }[list].size;
}

function sumOf(parts: readonly { voters: number }[]): number {
  return parts.reduce((sum, { voters }) => sum + voters, 0);
}

/**
 * The cells of all shards as those of the whole decision; a region that one of them tells as one is
 * one, and so are those of the most weights where there are too many.
 */
function mergeCells(ofShards: readonly (readonly CountedGroup[])[]): CountedGroup[] {
  const counted = new CountedCells();
  for (const cells of ofShards) for (const cell of cells) counted.add(cell);
  return counted.cells;
}
