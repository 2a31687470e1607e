import { limits } from "../../shared/limits.ts";
import type { SearchRebuild } from "../search.ts";
import { expectSuccess, type EngineClient } from "./engine-client.ts";
import type { IndexNames } from "./index-names.ts";
import type { IndexSet } from "./index-set.ts";

/** Fills new indexes beside those that are searched; then the aliases move, all in one step. */
export function engineRebuild(
  client: EngineClient,
  names: IndexNames,
  set: IndexSet,
): SearchRebuild {
  return {
    async begin() {
      const { indexes, served } = await set.list();
      const left = indexes.filter(({ generation }) => generation !== served);
      await set.remove(left.map(({ name }) => name));
      await set.beginNext();
    },

    isUnderWay: async () => (await set.list()).building !== null,

    async finish() {
      const { building } = await set.list();
      if (building === null) return;
      const { decisions, ballots } = names.building;
      const path = `/${decisions},${ballots}/_refresh?ignore_unavailable=true`;
      expectSuccess(await client({ method: "POST", path, msMax: limits.searchWriteMsMax }));
      await set.serve(building);
    },
  };
}
