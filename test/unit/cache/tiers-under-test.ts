import { setTimeout as sleep } from "node:timers/promises";
import { GuardedCache } from "../../../src/cache/guard-cache.ts";
import { memoryCache } from "../../../src/cache/memory.ts";
import type { ResultCache } from "../../../src/cache/result-cache.ts";
import { TieredResults, type AnsweredFrom } from "../../../src/cache/tiered-results.ts";
import type { ShownResult } from "../../../src/results/shown-result.ts";

/** Isolates before one cache and one room, with a clock that the test moves. */
export class TiersUnderTest {
  now = 1_790_000_000_000;
  /** What the room answers; an error is thrown. */
  room: ShownResult | null | Error = null;
  /** Resolves when the room may answer. */
  roomReady: Promise<unknown> = Promise.resolve();
  chance = 0.999;
  /** Where each read was answered from. */
  readonly answeredFrom: AnsweredFrom[] = [];
  asked = 0;
  readonly reports: string[] = [];
  readonly #deferred: Promise<void>[] = [];
  readonly cache: ResultCache;

  constructor(wrap: (cache: ResultCache) => ResultCache = (cache) => cache) {
    this.cache = wrap(memoryCache(() => this.now));
  }

  isolate(): TieredResults {
    const guardDeps = {
      now: () => this.now,
      report: (event: string) => void this.reports.push(event),
    };
    return new TieredResults({
      ...guardDeps,
      cache: new GuardedCache(this.cache, guardDeps),
      record: async () => {
        this.asked += 1;
        await this.roomReady;
        if (this.room instanceof Error) throw this.room;
        return this.room;
      },
      chance: () => this.chance,
      sleep: (ms) => sleep(ms),
      defer: (work) => void this.#deferred.push(work),
      onRead: (from) => void this.answeredFrom.push(from),
    });
  }

  /** Waits for what goes on behind the answers. */
  async settle(): Promise<void> {
    for (const work of this.#deferred.splice(0)) await work;
  }
}

/** A reader that knows nothing. */
export const stranger = { seenVersion: null, last: null };
