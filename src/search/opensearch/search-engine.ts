import { limits } from "../../shared/limits.ts";
import { errorTypeOf, expectSuccess, type EngineClient } from "./engine-client.ts";
import { IndexBroken } from "./index-broken.ts";
import type { IndexNames } from "./index-names.ts";
import type { IndexState } from "./index-state.ts";

/** Searches of what is served, whole or not at all: none is of some of the shards. */
export interface SearchEngine {
  /** Null where nothing was ever indexed. */
  searchDecisions(body: object, parameters?: string): Promise<unknown>;
  searchBallots(body: object): Promise<unknown>;
}

export function searchEngine(
  client: EngineClient,
  names: IndexNames,
  state: IndexState,
): SearchEngine {
  const whole = "allow_partial_search_results=false";
  const timeout = `${limits.searchAnswerMsMax}ms`;
  return {
    async searchDecisions(body, parameters = "") {
      const path = `/${names.served.decisions}/_search?${whole}${parameters}`;
      const answer = await client({ method: "POST", path, body: { ...body, timeout } });
      if (errorTypeOf(answer.body) !== "index_not_found_exception") return expectSuccess(answer);
      if ((await state.readMade()).length === 0) return null;
      throw new IndexBroken("an index was deleted: `enviro reindex` fills it again");
    },

    async searchBallots(body) {
      const path = `/${names.served.ballots}/_search?${whole}&ignore_unavailable=true`;
      return expectSuccess(await client({ method: "POST", path, body: { ...body, timeout } }));
    },
  };
}
