import type { SearchIndex } from "../search.ts";
import type { EngineSettings } from "../settings.ts";
import { engineClient } from "./engine-client.ts";
import { findDecisions } from "./find-decisions.ts";
import { engineHealth } from "./health.ts";
import { IndexBroken } from "./index-broken.ts";
import { indexNames } from "./index-names.ts";
import { indexSet } from "./index-set.ts";
import { indexState } from "./index-state.ts";
import { engineRebuild } from "./rebuild.ts";
import { searchEngine } from "./search-engine.ts";
import { readStatistics } from "./statistics.ts";
import { engineWriter } from "./writer.ts";

/** The index in OpenSearch 2 and later, or Elasticsearch 7.17. */
export function openSearch(settings: EngineSettings): SearchIndex {
  const client = engineClient(settings);
  const names = indexNames(settings.prefix);
  const state = indexState(client, names, settings);
  const set = indexSet({ client, names, state, settings });
  const engine = searchEngine(client, names, state);
  const needs = { client, names, set, state };
  return {
    searchDecisions: (query) => findDecisions(engine, query),
    async statistics(decisionId) {
      const missing = await set.missing(await set.list());
      if (missing.length > 0)
        throw new IndexBroken("an index was deleted: `enviro reindex` fills it again");
      return readStatistics(engine, decisionId);
    },
    indexedTo: async () => (await state.readIndexedTo())?.at ?? null,
    health: () => engineHealth(needs),
    ...engineWriter(needs),
    rebuild: engineRebuild(client, names, set),
  };
}
