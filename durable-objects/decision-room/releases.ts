import type { Decision } from "../../src/decision/decision.ts";
import { limits } from "../../src/shared/limits.ts";
import type { Exposure } from "../../src/results/exposure.ts";
import { advanceReleases, type Releases } from "../../src/results/releases.ts";
import type { DecisionResult } from "../../src/results/result.ts";

/** Where a room keeps what it has released. */
export interface KeptReleases {
  readonly releases: Releases;
  keepReleases(releases: Releases): void;
}

/**
 * What a room shows of its decision before the close, outside roll calls. A release is kept before
 * it is shown, so that a new instance shows it too and nobody sees figures go back.
 */
export class RoomReleases {
  readonly #store: KeptReleases;
  /** When the last release was kept, in ms. */
  #keptAt = Number.NEGATIVE_INFINITY;
  #isWaiting = false;

  constructor(store: KeptReleases) {
    this.#store = store;
  }

  /** Whether there is a release that waits for enough time since the one before. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /**
   * What of a result may be known, after the releases that are due by it at `now` (ms). The result
   * has to be of all shards: one of some would go back.
   */
  exposure(
    { draft, manifest, createdAt }: Decision,
    result: DecisionResult,
    now: number,
  ): Exposure {
    const { releaseMin } = draft;
    const { regions, total } = result;
    // What is sealed is not released: the first figures come with the close.
    if (manifest !== null && draft.visibility !== "sealed")
      this.#advance(regions.size === 0 ? new Map([["", total]]) : regions, releaseMin, now);
    const since = manifest === null ? createdAt : Math.min(manifest.opensAt, now);
    return { kind: "releases", releases: this.#store.releases, releaseMin, since };
  }

  #advance(regions: DecisionResult["regions"], releaseMin: number, now: number): void {
    const { releases } = this.#store;
    const next = advanceReleases(releases, regions, { releaseMin, now });
    const isTooEarly = Math.abs(now - this.#keptAt) < limits.releaseDelayMs;
    this.#isWaiting = next !== releases && isTooEarly;
    if (next === releases || isTooEarly) return;
    this.#store.keepReleases(next);
    this.#keptAt = now;
  }
}
