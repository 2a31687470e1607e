import { randomBytes } from "node:crypto";
import { dropSearchIndexes } from "../../../scripts/services/search-indexes.ts";
import { openSearch } from "../../../src/search/opensearch/opensearch.ts";
import type { EngineSettings } from "../../../src/search/settings.ts";
import type { EmptyIndex } from "./search-contract.ts";

export interface EmptyEngine extends EmptyIndex {
  settings: EngineSettings;
  /** Removes the indexes of this one alone. */
  remove(): Promise<void>;
}

/** An index of its own, at an engine that others may use meanwhile. */
export function emptyEngine(url: string): EmptyEngine {
  const prefix = `test-${randomBytes(6).toString("hex")}`;
  const settings = { url, username: "", password: "", prefix, ballotShards: 5, replicas: 0 };
  return {
    settings,
    index: openSearch(settings),
    settle: async () => {
      await send(url, "POST", `/${prefix}-*/_refresh`);
    },
    remove: () => dropSearchIndexes(url, prefix),
  };
}

/** What an operator sends by hand. */
export async function send(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const read = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(read)}`);
  return read;
}
