import { limits } from "../limits.ts";
import type { ShownResult } from "../results/shown-result.ts";
import { BoundedMap } from "../bounded-map.ts";
import type { HttpDeps } from "./deps.ts";

/**
 * One look at the room, or at the cache before it, serves all readers of this isolate for a second. Values are shared, never promises: in a Worker one request
 * must not wait for another's. A reader that has seen a newer version is not given the shared one, so it never sees a result go back.
 */
export class SharedResults {
  readonly #deps: Pick<HttpDeps, "results" | "now">;
  readonly #known = new BoundedMap<string, { result: ShownResult; readAt: number }>(
    limits.isolateDecisionsMax,
  );

  constructor(deps: Pick<HttpDeps, "results" | "now">) {
    this.#deps = deps;
  }

  async read(decisionId: string, seenVersion: number | null): Promise<ShownResult | null> {
    const known = this.#known.get(decisionId);
    if (known !== undefined && this.#deps.now() - known.readAt < limits.sharedReadMs) {
      if (seenVersion === null || seenVersion <= known.result.version) return known.result;
    }
    const last = known?.result ?? null;
    const result = await this.#deps.results.read(decisionId, { seenVersion, last });
    if (result === null) return null;
    const newest = this.#known.get(decisionId);
    // Two reads may come back in the other order than they went out.
    if (newest !== undefined && newest.result.version > result.version) return newest.result;
    this.#known.set(decisionId, { result, readAt: this.#deps.now() });
    return result;
  }
}
