import type { IndexHistory } from "../search/index-history.ts";
import { versionedRegistry } from "./objects/versioned-stubs.ts";

/** Of which environments this isolate has told the registry so. */
const told = new WeakSet<Env>();

/** Kept by the registry. */
export function indexHistory(env: Env): IndexHistory {
  return {
    async noteFilled() {
      if (told.has(env)) return;
      await versionedRegistry(env.REGISTRY).noteSearchFilled();
      told.add(env);
    },
    wasFilled: async () => versionedRegistry(env.REGISTRY).wasSearchFilled(),
  };
}
