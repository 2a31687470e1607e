import { limits } from "../../shared/limits.ts";
import { IndexRejected, type SearchWriter } from "../search.ts";
import { writeBulk, type BulkDocument, type RefusedDocument } from "./bulk.ts";
import { ballotSource, decisionSource } from "./documents.ts";
import { expectSuccess, type EngineClient } from "./engine-client.ts";
import { IndexBroken } from "./index-broken.ts";
import { changedIndexes } from "./index-mapping.ts";
import { quarterOf, type IndexNames } from "./index-names.ts";
import type { IndexList, IndexSet } from "./index-set.ts";
import type { IndexState } from "./index-state.ts";

interface Needs {
  client: EngineClient;
  names: IndexNames;
  set: IndexSet;
  state: IndexState;
}

/** A published ballot never changes. */
const ballotVersion = 1;

export function engineWriter({ client, names, set, state }: Needs): SearchWriter {
  /** Since the last note. */
  let hasWritten = false;
  const wasNotedJustNow = async () => {
    const last = await state.readIndexedTo();
    return last !== null && Math.abs(Date.now() - last.notedAt) < limits.searchRefreshMs;
  };

  const write = async (
    documentsOf: (generation: number, list: IndexList) => Promise<BulkDocument[]>,
  ) => {
    const { generations, list } = await set.generationsToWrite();
    const refused: RefusedDocument[] = [];
    for (const generation of generations) {
      hasWritten = true;
      try {
        refused.push(
          ...(await sound(await writeBulk(client, await documentsOf(generation, list)))),
        );
      } catch (error) {
        // What is searched may be broken while it is filled anew beside.
        const isLast = generation === generations.at(-1);
        if (isLast || !(error instanceof IndexBroken)) throw error;
      }
    }
    if (refused.length > 0) throw new IndexRejected(byKey(refused));
  };

  /** @throws {IndexBroken} for what is refused by an index that is not as it was made */
  const sound = async (refused: RefusedDocument[]) => {
    if (refused.length === 0) return refused;
    const indexes = [...new Set(refused.map(({ index }) => index))];
    if ((await changedIndexes(client, names, indexes)).length > 0)
      throw new IndexBroken("an index was changed: `enviro reindex` makes it anew");
    return refused;
  };

  return {
    indexDecisions: (documents) =>
      write(async (generation) => {
        const index = names.indexOf({ purpose: { kind: "decisions" }, generation });
        return documents.map((document) => ({
          key: document.id,
          index,
          name: document.id,
          version: document.version,
          source: decisionSource(document),
        }));
      }),

    indexBallots: (pages) =>
      write(async (generation, list) => {
        const documents = pages.flatMap(({ decisionId, page, ballots }) =>
          ballots.map((ballot) => {
            const quarter = quarterOf(ballot.at);
            return {
              key: `${decisionId}:${page}`,
              quarter,
              index: names.indexOf({ purpose: { kind: "ballots", quarter }, generation }),
              name: ballot.hash,
              version: ballotVersion,
              source: ballotSource(decisionId, ballot),
            };
          }),
        );
        const quarters = [...new Set(documents.map(({ quarter }) => quarter))];
        await set.keepBallotIndexes(quarters, generation, list);
        return documents;
      }),

    async noteIndexedTo(at) {
      // Refreshing is dear: what is written in short portions waits for the next note.
      if (hasWritten && (await wasNotedJustNow())) return;
      await refresh(client, names);
      await state.noteIndexedTo({ at, notedAt: Date.now() });
      hasWritten = false;
    },
  };
}

/** Before something is said to be found, it is: by itself that takes up to 30 s. */
async function refresh(client: EngineClient, names: IndexNames): Promise<void> {
  const { decisions, ballots } = names.served;
  const path = `/${decisions},${ballots}/_refresh?ignore_unavailable=true`;
  expectSuccess(await client({ method: "POST", path, msMax: limits.searchWriteMsMax }));
}

function byKey(refused: readonly RefusedDocument[]): { key: string; cause: string }[] {
  return [...new Map(refused.map(({ key, cause }) => [key, { key, cause }])).values()];
}
