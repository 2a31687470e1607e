import { BoundedMap } from "../shared/bounded-map.ts";
import { limits } from "../shared/limits.ts";
import { isLastVersion, type ShownResult } from "../results/shown-result.ts";
import type { GuardedCache } from "./guard-cache.ts";
import { keepResult } from "./keep-result.ts";
import { decodeResult } from "./result-entry.ts";
import { lifeOf, tierOf, type Tier } from "./tier.ts";
import type { ReportFailure } from "../shared/log-line.ts";
import { LoggableError } from "../shared/loggable-error.ts";

/** What reading through the tiers needs; times in ms. */
export interface TieredResultsDependencies {
  cache: GuardedCache;
  /** The room's answer; null while it has none. */
  record(decisionId: string): Promise<ShownResult | null>;
  now(): number;
  /** From 0 to 1. */
  chance(): number;
  sleep(ms: number): Promise<void>;
  /** Lets work go on behind the answer. */
  defer(work: Promise<void>): void;
  report: ReportFailure;
  /** Hears of each read, where it was answered from. */
  onRead(from: AnsweredFrom): void;
}

/** An entry of the cache, by how it was used, or the record. */
export type AnsweredFrom = Tier | "record";

/** What the reader knows: the newest version that it has seen, and what its isolate read last. */
export type Reader = { seenVersion: number | null; last: ShownResult | null };

type Found = { result: ShownResult; leftMs: number };

/**
 * Results through the cache's tiers. Final figures come from the cache: warm, or cold while one
 * reader renews them. Those of an open decision come from its room, or from the hot entry where the
 * room does not answer. Nothing is decided by what comes from here.
 */
export class TieredResults {
  readonly #deps: TieredResultsDependencies;
  /** When this isolate last kept a decision's result. */
  readonly #keptAt = new BoundedMap<string, number>(limits.isolateDecisionsMax);
  #hasReportedForeign = false;

  constructor(deps: TieredResultsDependencies) {
    this.#deps = deps;
  }

  /** The result, never older than what the reader has seen; null where there is none anywhere. */
  async read(decisionId: string, reader: Reader): Promise<ShownResult | null> {
    const { last } = reader;
    if (last !== null && !last.isFinal) return this.#ask(decisionId, reader);
    const found = await this.#findOrWait(decisionId);
    if (found === null || isBehind(found.result, reader)) return this.#ask(decisionId, reader);
    const { isFinal } = found.result;
    const tier = tierOf({ isFinal, leftMs: found.leftMs }, this.#deps.chance());
    if (tier === "spare") return this.#ask(decisionId, reader);
    this.#deps.onRead(tier);
    if (tier === "renewed") this.#deps.defer(this.#renew(decisionId));
    return found.result;
  }

  /**
   * Looks, and looks again a few times while another reader computes the entry. That reader may be
   * in this isolate or another: its promise must not be awaited, its entry may.
   */
  async #findOrWait(decisionId: string): Promise<Found | null> {
    for (let tries = 0; ; tries += 1) {
      const look = await this.#deps.cache.look(decisionId);
      if (look.kind === "found") return this.#decode(decisionId, look);
      if (look.kind === "foreign") this.#reportForeign(decisionId);
      const isAwaited = look.kind === "missing" && !look.isClaimed;
      if (!isAwaited || tries === limits.cacheWaitsMax) return null;
      await this.#deps.sleep(limits.cacheWaitMsFirst * 2 ** tries);
    }
  }

  /** Asks the room. If it does not answer, gives the newest of hot entry and isolate's own. */
  async #ask(decisionId: string, reader: Reader): Promise<ShownResult | null> {
    try {
      const result = await this.#deps.record(decisionId);
      if (result !== null) {
        this.#deps.onRead("record");
        this.#deps.defer(this.#keep(result));
        return result;
      }
      return await this.#spare(decisionId, reader);
    } catch (error) {
      const spare = await this.#spare(decisionId, reader);
      if (spare === null) throw error;
      this.#deps.onRead("spare");
      this.#deps.report("results.record_no_answer", error, { decision: decisionId });
      return spare;
    }
  }

  async #spare(decisionId: string, { seenVersion, last }: Reader): Promise<ShownResult | null> {
    const look = await this.#deps.cache.look(decisionId);
    const found = look.kind === "found" ? this.#decode(decisionId, look) : null;
    const isLastNewer = last !== null && last.version > (found?.result.version ?? -1);
    const newest = isLastNewer ? last : (found?.result ?? null);
    return newest === null || isBehind(newest, { seenVersion }) ? null : newest;
  }

  /** Computes an entry anew, if nobody else is at it. Never throws. */
  async #renew(decisionId: string): Promise<void> {
    if (!(await this.#deps.cache.claim(decisionId))) return;
    try {
      const result = await this.#deps.record(decisionId);
      if (result !== null) await this.#keep(result);
    } catch (error) {
      this.#deps.report("cache.renewal_failed", error, { decision: decisionId });
    }
  }

  /** Writes an open decision's entry every few seconds only: it is read when the room is silent. */
  async #keep(result: ShownResult): Promise<void> {
    const { decisionId, isFinal } = result;
    const keptAt = this.#keptAt.get(decisionId);
    const now = this.#deps.now();
    if (!isFinal && keptAt !== undefined && now - keptAt < limits.cacheHotKeepMs) return;
    this.#keptAt.set(decisionId, now);
    await keepResult(this.#deps.cache, result);
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
    const error = new LoggableError(
      "something stands in the cache that this platform did not write",
    );
    this.#deps.report("cache.foreign_entry", error, { decision: decisionId });
  }
}

function isBehind(result: ShownResult, { seenVersion }: Pick<Reader, "seenVersion">): boolean {
  // A version after the last was never shown to anybody.
  return seenVersion !== null && result.version < seenVersion && !isLastVersion(result);
}
