import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { BoundedMap } from "../../shared/bounded-map.ts";
import { limits } from "../../shared/limits.ts";
import { Problem } from "../problem.ts";
import { requireWholeBallots, type Exported } from "../responses/whole-ballots.ts";

type Count = { startedAt: number; state: "under way" | "whole" | Problem };

/**
 * The counts before exports, of which an isolate makes one a decision in a while: whoever comes
 * meanwhile goes without, since nobody may wait for another request, and each page is held against
 * the seals anyway. So what anybody can ask for costs the database little.
 */
export class BallotCounts {
  readonly #deps: HttpDependencies;
  readonly #known = new BoundedMap<string, Count>(limits.isolateDecisionsMax);

  constructor(deps: HttpDependencies) {
    this.#deps = deps;
  }

  /** @throws {Problem} ballots.archived, or ballots.incomplete, which is told again for a while */
  async requireWhole(exported: Exported): Promise<void> {
    const now = this.#deps.now();
    const known = this.#known.get(exported.id);
    if (known !== undefined && now - known.startedAt < keptMs(known)) {
      if (known.state instanceof Problem) throw known.state;
      return;
    }
    const note = (state: Count["state"], startedAt = now): void =>
      this.#known.set(exported.id, { startedAt, state });
    note("under way");
    try {
      await requireWholeBallots(this.#deps, exported);
      note("whole");
    } catch (error) {
      const isCounted = error instanceof Problem && error.code === "ballots.incomplete";
      if (isCounted) note(error);
      // Asking what is archived costs no count, and an outage says nothing.
      else note("whole", -Infinity);
      throw error;
    }
  }
}

function keptMs({ state }: Count): number {
  return state instanceof Problem ? limits.incompleteToldMs : limits.ballotCountKeptMs;
}
