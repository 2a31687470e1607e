import { BoundedMap } from "../shared/bounded-map.ts";
import { limits } from "../shared/limits.ts";
import { isLastVersion, type ShownResult } from "../results/shown-result.ts";
import type { GuardedCache } from "./guard-cache.ts";
import { keepResult } from "./keep-result.ts";
import { decodeResult } from "./result-entry.ts";
import { lifeOf, tierOf } from "./tier.ts";

/** Where results are read through the tiers; times in ms. */
export type TieredWorld = {
  cache: GuardedCache;
  /** The room's answer; null while it has none. */
  record(decisionId: string): Promise<ShownResult | null>;
  now(): number;
  /** From 0 to 1. */
  chance(): number;
  sleep(ms: number): Promise<void>;
  /** Lets work go on behind the answer. */
  defer(work: Promise<void>): void;
  report(event: string, error: unknown, place?: Record<string, string>): void;
};

/** What the reader knows already: the newest version that it has seen, and what its isolate read last. */
export type Reader = { seenVersion: number | null; last: ShownResult | null };

type Found = { result: ShownResult; leftMs: number };

/**
 * Results through the cache's tiers. Final figures come from the cache: warm, or cold while one reader renews them. Those of an open
 * decision come from its room, and the hot entry stands in where the room is silent. Nothing is decided by what comes from here.
 */
export class TieredResults {
  readonly #world: TieredWorld;
  /** When this isolate last kept a decision's result. */
  readonly #keptAt = new BoundedMap<string, number>(limits.isolateDecisionsMax);
  #hasReportedForeign = false;

  constructor(world: TieredWorld) {
    this.#world = world;
  }

  /** The result, never one before what the reader has seen; null where neither record nor cache has one. */
  async read(decisionId: string, reader: Reader): Promise<ShownResult | null> {
    const { last } = reader;
    if (last !== null && !last.isFinal) return this.#ask(decisionId, reader);
    const found = await this.#findOrWait(decisionId);
    if (found === null || isBehind(found.result, reader)) return this.#ask(decisionId, reader);
    const { isFinal } = found.result;
    const tier = tierOf({ isFinal, leftMs: found.leftMs }, this.#world.chance());
    if (tier === "spare") return this.#ask(decisionId, reader);
    if (tier === "renewed") this.#world.defer(this.#renew(decisionId));
    return found.result;
  }

  /**
   * Looks, and where another reader is computing looks again a few times. That reader may sit in another isolate, or in this one: its
   * promise must not be awaited, its entry may.
   */
  async #findOrWait(decisionId: string): Promise<Found | null> {
    for (let tries = 0; ; tries += 1) {
      const look = await this.#world.cache.look(decisionId);
      if (look.kind === "found") return this.#decode(decisionId, look);
      if (look.kind === "foreign") this.#reportForeign(decisionId);
      const isAwaited = look.kind === "missing" && !look.isClaimed;
      if (!isAwaited || tries === limits.cacheWaitsMax) return null;
      await this.#world.sleep(limits.cacheWaitMsFirst * 2 ** tries);
    }
  }

  /** Asks the room. Where it is silent, the newest of what this isolate and the hot entry know is shown, as old as it says it is. */
  async #ask(decisionId: string, reader: Reader): Promise<ShownResult | null> {
    try {
      const result = await this.#world.record(decisionId);
      if (result !== null) {
        this.#world.defer(this.#keep(result));
        return result;
      }
      return await this.#spare(decisionId, reader);
    } catch (error) {
      const spare = await this.#spare(decisionId, reader);
      if (spare === null) throw error;
      this.#world.report("results.record_silent", error, { decision: decisionId });
      return spare;
    }
  }

  async #spare(decisionId: string, { seenVersion, last }: Reader): Promise<ShownResult | null> {
    const look = await this.#world.cache.look(decisionId);
    const found = look.kind === "found" ? this.#decode(decisionId, look) : null;
    const isLastNewer = last !== null && last.version > (found?.result.version ?? -1);
    const newest = isLastNewer ? last : (found?.result ?? null);
    return newest === null || isBehind(newest, { seenVersion }) ? null : newest;
  }

  /** Computes an entry anew, if nobody else is at it. Never throws. */
  async #renew(decisionId: string): Promise<void> {
    if (!(await this.#world.cache.claim(decisionId))) return;
    try {
      const result = await this.#world.record(decisionId);
      if (result !== null) await this.#keep(result);
    } catch (error) {
      this.#world.report("cache.renewal_failed", error, { decision: decisionId });
    }
  }

  /** An open decision's entry only stands in for a silent room, so an isolate writes it every few seconds, not with every vote. */
  async #keep(result: ShownResult): Promise<void> {
    const { decisionId, isFinal } = result;
    const keptAt = this.#keptAt.get(decisionId);
    const now = this.#world.now();
    if (!isFinal && keptAt !== undefined && now - keptAt < limits.cacheHotKeepMs) return;
    this.#keptAt.set(decisionId, now);
    await keepResult(this.#world.cache, result);
  }

  #decode(
    decisionId: string,
    { version, text, leftMs }: { version: number; text: string; leftMs: number },
  ): Found | null {
    const result = decodeResult(text, { decisionId, version });
    // Ours expire, within their tier's time.
    if (result !== null && leftMs >= 0 && leftMs <= lifeOf(result.isFinal))
      return { result, leftMs };
    this.#reportForeign(decisionId);
    return null;
  }

  #reportForeign(decisionId: string): void {
    if (this.#hasReportedForeign) return;
    this.#hasReportedForeign = true;
    const error = new Error("something stands in the cache that this platform did not write");
    this.#world.report("cache.foreign_entry", error, { decision: decisionId });
  }
}

function isBehind(result: ShownResult, { seenVersion }: Pick<Reader, "seenVersion">): boolean {
  // A version after the last was never shown to anybody.
  return seenVersion !== null && result.version < seenVersion && !isLastVersion(result);
}
