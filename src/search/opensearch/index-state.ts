import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import type { EngineSettings } from "../settings.ts";
import { ask, errorTypeOf, expectSuccess, readAs, type EngineClient } from "./engine-client.ts";
import { stateForm } from "./index-forms.ts";
import type { IndexNames } from "./index-names.ts";

/**
 * What outlives an index: how far it is, and which indexes were made, so that one that somebody has
 * deleted is missed.
 */
export interface IndexState {
  /** Unless a later moment is noted. */
  noteIndexedTo(note: IndexedTo): Promise<void>;
  readIndexedTo(): Promise<IndexedTo | null>;
  noteMade(index: string): Promise<void>;
  forgetMade(index: string): Promise<void>;
  readMade(): Promise<string[]>;
}

export interface IndexedTo {
  at: number;
  /** When that was noted, by the clock of who did. */
  notedAt: number;
}

const indexedToName = "indexed_to";
const indexedToSchema = z.object({
  _source: z.object({ at: z.int(), notedAt: z.int() }),
});
const madeSchema = z.object({
  hits: z.object({
    hits: z.array(
      z.object({ _id: z.string(), _source: z.object({ index: z.string().optional() }) }),
    ),
  }),
});

export function indexState(
  client: EngineClient,
  names: IndexNames,
  settings: Pick<EngineSettings, "replicas">,
): IndexState {
  const { state } = names;
  let isMade = false;
  const make = async () => {
    if (isMade) return;
    const body = stateForm(settings);
    const answer = await client({
      method: "PUT",
      path: `/${state}`,
      body,
      msMax: limits.searchWriteMsMax,
    });
    if (errorTypeOf(answer.body) !== "resource_already_exists_exception") expectSuccess(answer);
    isMade = true;
  };
  const documentPath = (name: string) => `/${state}/_doc/${encodeURIComponent(name)}`;

  return {
    async noteIndexedTo(note) {
      await make();
      const path = `${documentPath(indexedToName)}?version=${note.at}&version_type=external_gte`;
      const answer = await client({ method: "PUT", path, body: note });
      // A later moment is noted.
      if (answer.status !== 409) expectSuccess(answer);
    },

    async readIndexedTo() {
      const answer = await client({ method: "GET", path: documentPath(indexedToName) });
      if (answer.status === 404) return null;
      const { _source: source } = readAs(indexedToSchema, expectSuccess(answer));
      return source;
    },

    async noteMade(index) {
      await make();
      const path = `${documentPath(index)}?refresh=true`;
      expectSuccess(await client({ method: "PUT", path, body: { index } }));
    },

    async forgetMade(index) {
      const path = `${documentPath(index)}?refresh=true`;
      const answer = await client({ method: "DELETE", path });
      if (answer.status !== 404) expectSuccess(answer);
    },

    async readMade() {
      const path = `/${state}/_search?ignore_unavailable=true`;
      const body = { size: limits.searchIndexesMax, query: { match_all: {} } };
      const { hits } = await ask(client, { method: "POST", path, body }, madeSchema);
      return hits.hits.flatMap(({ _source }) => _source.index ?? []);
    },
  };
}
