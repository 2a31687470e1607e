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
      const round = await set.beginNext();
      // Removed after it, so that no later round is of the same generation.
      const { indexes, served } = await set.list();
      const left = indexes.filter(({ generation }) => generation < round && generation !== served);
      await set.remove(left.map(({ name }) => name));
      return round;
    },

    async stateOf(round) {
      const { building, served } = await set.list();
      if (building === round) return "under_way";
      return building === null && served === round ? "finished" : "gone";
    },

    async finish(round) {
      const { building } = await set.list();
      if (building !== round) return;
      const { decisions, ballots } = names.building;
      const path = `/${decisions},${ballots}/_refresh?ignore_unavailable=true`;
      expectSuccess(await client({ method: "POST", path, msMax: limits.searchWriteMsMax }));
      await set.serve(round);
    },
  };
}
