import type { ComputedStatistics } from "../search/computed-statistics.ts";
import { SearchUnavailable } from "../search/search.ts";
import { BoundedMap } from "../shared/bounded-map.ts";
import { limits } from "../shared/limits.ts";
import type { ReportFailure } from "../shared/log-line.ts";
import { LoggableError } from "../shared/loggable-error.ts";
import { serializedBytes } from "../shared/serialized-bytes.ts";
import type { GuardedCache } from "./guard-cache.ts";
import { decodeStatistics, encodeStatistics } from "./statistics-entry.ts";

/** What reading statistics through the tiers needs; times in ms. */
export interface TieredStatisticsDependencies {
  /** What isolates share; null where each has its own memory alone. */
  cache: GuardedCache | null;
  compute(decisionId: string | null): Promise<ComputedStatistics>;
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Lets work go on behind the answer. */
  defer(work: Promise<void>): void;
  report: ReportFailure;
}

/**
 * Statistics through an isolate's memory and the cache that isolates share. What is older than five
 * minutes is shown while one reader computes it anew; values are shared, never promises.
 */
export class TieredStatistics {
  readonly #deps: TieredStatisticsDependencies;
  readonly #known = new BoundedMap<string, ComputedStatistics>(limits.isolateDecisionsMax, {
    bytesMax: limits.isolateKindBytesMax,
    bytesOf: serializedBytes,
  });
  /** Until when somebody of this isolate computes. Whose request was cancelled never ends: it expires. */
  readonly #claimedUntil = new BoundedMap<string, number>(limits.isolateDecisionsMax);

  constructor(deps: TieredStatisticsDependencies) {
    this.#deps = deps;
  }

  /** Of one decision or of all (null). @throws {SearchUnavailable} */
  async read(decisionId: string | null): Promise<ComputedStatistics> {
    const name = nameOf(decisionId);
    for (let waits = 0; ; waits += 1) {
      const known = this.#known.get(name);
      if (known !== undefined && this.#ageOf(known) < limits.statisticsKeptMs) {
        if (!this.#isFresh(known) && this.#claim(name))
          this.#deps.defer(this.#renew(name, decisionId));
        return known;
      }
      if (this.#claim(name)) return this.#obtain(name, decisionId);
      if (waits === limits.statisticsWaitsMax) throw new SearchUnavailable(stillComputed);
      await this.#deps.sleep(limits.statisticsWaitMs);
    }
  }

  /** Another isolate's, or computed for this reader and those who come after. */
  async #obtain(name: string, decisionId: string | null): Promise<ComputedStatistics> {
    try {
      return (await this.#findOrWait(name)) ?? (await this.#compute(name, decisionId));
    } finally {
      this.#claimedUntil.set(name, 0);
    }
  }

  /** The same behind an answer, by one isolate of many. Never throws. */
  async #renew(name: string, decisionId: string | null): Promise<void> {
    try {
      if (await this.#isOursToRenew(name)) await this.#compute(name, decisionId);
      this.#claimedUntil.set(name, 0);
    } catch (error) {
      // The claim stands until it expires: an index that is away is not asked with each read.
      this.#deps.report("statistics.renewal_failed", error, { decision: decisionId });
    }
  }

  async #isOursToRenew(name: string): Promise<boolean> {
    const { found, isClaimed, isAway } = await this.#find(name);
    if (isClaimed || isAway) return true;
    if (found === null || this.#isFresh(found)) return false;
    if ((await this.#deps.cache?.claim(name)) !== true) return false;
    // Whoever had claimed it before may have renewed it in between.
    const again = await this.#find(name);
    return again.found === null || !this.#isFresh(again.found);
  }

  async #compute(name: string, decisionId: string | null): Promise<ComputedStatistics> {
    const computed = await this.#deps.compute(decisionId);
    this.#known.set(name, computed);
    const text = encodeStatistics(name, computed);
    const entry = { version: computed.indexedTo ?? 0, text, lifeMs: limits.statisticsKeptMs };
    await this.#deps.cache?.keep(name, entry);
    return computed;
  }

  async #findOrWait(name: string): Promise<ComputedStatistics | null> {
    for (let tries = 0; ; tries += 1) {
      const { found, isClaimed, isAway } = await this.#find(name);
      if (found !== null || isClaimed || isAway || tries === limits.cacheWaitsMax) return found;
      await this.#deps.sleep(limits.cacheWaitMsFirst * 2 ** tries);
    }
  }

  /** What other isolates have computed; what is found is kept. */
  async #find(name: string): Promise<SharedLook> {
    const look = await this.#deps.cache?.look(name);
    if (look === undefined || look.kind === "unavailable") return away;
    if (look.kind === "missing") return { ...away, isClaimed: look.isClaimed, isAway: false };
    const found = look.kind === "found" ? decodeStatistics(name, look.text) : null;
    if (found === null || this.#ageOf(found) >= limits.statisticsKeptMs) return away;
    this.#known.set(name, found);
    return { found, isClaimed: false, isAway: false };
  }

  #ageOf({ computedAt }: ComputedStatistics): number {
    return this.#deps.now() - computedAt;
  }

  #isFresh(computed: ComputedStatistics): boolean {
    const freshMs = isWhole(computed)
      ? limits.statisticsFreshMs
      : limits.statisticsIncompleteFreshMs;
    return this.#ageOf(computed) < freshMs;
  }

  #claim(name: string): boolean {
    const now = this.#deps.now();
    if (now < (this.#claimedUntil.get(name) ?? 0)) return false;
    this.#claimedUntil.set(name, now + limits.statisticsClaimMs);
    return true;
  }
}

/** `isAway`: nobody can be asked, or what is there is of no use. */
type SharedLook = { found: ComputedStatistics | null; isClaimed: boolean; isAway: boolean };
const away: SharedLook = { found: null, isClaimed: false, isAway: true };
const stillComputed = new LoggableError("they are still being computed");

/** Whether the index has all ballots that it will have. */
function isWhole({ ballotsCounted, statistics }: ComputedStatistics): boolean {
  const { yes, no, abstain } = statistics.ballots.total;
  return ballotsCounted === null || ballotsCounted === yes + no + abstain;
}

/** What they are kept under: no decision's id has an underscore. */
function nameOf(decisionId: string | null): string {
  return decisionId === null ? "statistics_of_all" : `statistics_of_${decisionId}`;
}
