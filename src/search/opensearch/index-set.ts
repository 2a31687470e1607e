import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import type { EngineSettings } from "../settings.ts";
import { ask, errorTypeOf, expectSuccess, type EngineClient } from "./engine-client.ts";
import { IndexBroken } from "./index-broken.ts";
import { indexForm } from "./index-forms.ts";
import {
  writeAliasOf,
  type IndexIdentity,
  type IndexNames,
  type IndexPurpose,
} from "./index-names.ts";
import type { IndexState } from "./index-state.ts";

/** An index that there is. */
export interface KnownIndex extends IndexIdentity {
  name: string;
  aliases: readonly string[];
}

/** The indexes of a deployment at a moment. */
export interface IndexList {
  indexes: readonly KnownIndex[];
  /** The generation that is searched, and the one that a rebuild makes; null where there is none. */
  served: number | null;
  building: number | null;
}

/** Makes, finds and removes indexes. */
export interface IndexSet {
  list(): Promise<IndexList>;
  /**
   * The generations that are written, the searched one first. The first index of a deployment is made
   * here; one that was made before and is gone is not, since it would be empty without saying so.
   */
  generationsToWrite(): Promise<{ generations: number[]; list: IndexList }>;
  /** @throws {IndexBroken} one of them was deleted */
  keepBallotIndexes(
    quarters: readonly string[],
    generation: number,
    list: IndexList,
  ): Promise<void>;
  /** Makes the first index of a generation that there never was, and gives that. */
  beginNext(): Promise<number>;
  /** Names of those that were made for what is searched, and are gone. */
  missing(list: IndexList): Promise<string[]>;
  remove(indexes: readonly string[]): Promise<void>;
  /** Searches a generation instead of older ones, which are removed in the same step. */
  serve(generation: number): Promise<void>;
}

const listSchema = z.record(z.string(), z.object({ aliases: z.record(z.string(), z.unknown()) }));

interface Needs {
  client: EngineClient;
  names: IndexNames;
  state: IndexState;
  settings: Pick<EngineSettings, "ballotShards" | "replicas">;
}

export function indexSet({ client, names, state, settings }: Needs): IndexSet {
  const msMax = limits.searchWriteMsMax;
  const aliasOf = ({ kind }: IndexPurpose, use: "served" | "building") => names[use][kind];

  const make = async (identity: IndexIdentity, use: "served" | "building") => {
    const index = names.indexOf(identity);
    const aliases = { [aliasOf(identity.purpose, use)]: {}, [writeAliasOf(index)]: {} };
    const body = { ...indexForm(identity.purpose, settings), aliases };
    const answer = await client({ method: "PUT", path: `/${index}`, body, msMax });
    if (errorTypeOf(answer.body) !== "resource_already_exists_exception") expectSuccess(answer);
    await state.noteMade(index);
  };

  const changeAliases = async (actions: readonly object[]) => {
    if (actions.length === 0) return;
    expectSuccess(await client({ method: "POST", path: "/_aliases", body: { actions }, msMax }));
  };

  const move = ({ name, purpose }: KnownIndex) => [
    { remove: { index: name, alias: aliasOf(purpose, "building") } },
    { add: { index: name, alias: aliasOf(purpose, "served") } },
  ];

  const set: IndexSet = {
    async list() {
      const found = await ask(
        client,
        { method: "GET", path: `/${names.pattern}/_alias` },
        listSchema,
      );
      const indexes = Object.entries(found).flatMap(([name, { aliases }]): KnownIndex[] => {
        const identity = names.identityOf(name);
        return identity === null ? [] : [{ name, aliases: Object.keys(aliases), ...identity }];
      });
      const generationWith = (alias: string) => {
        const having = indexes.filter(({ aliases }) => aliases.includes(alias));
        return having.length === 0 ? null : Math.max(...having.map((each) => each.generation));
      };
      return {
        indexes,
        served: generationWith(names.served.decisions),
        building: generationWith(names.building.decisions),
      };
    },

    async generationsToWrite() {
      const list = await set.list();
      const { indexes, served, building } = list;
      if (served === null && building === null) {
        if ((await state.readMade()).length > 0) throw missingIndex();
        await make({ purpose: { kind: "decisions" }, generation: firstGeneration }, "served");
        return { generations: [firstGeneration], list: { ...list, served: firstGeneration } };
      }
      // Made by a writer while the rebuild ended.
      const late = indexes.filter(
        ({ aliases, generation }) =>
          generation === served && aliases.includes(names.building.ballots),
      );
      await changeAliases(late.flatMap(move));
      const generations = [served, building].filter((generation) => generation !== null);
      return { generations, list };
    },

    async keepBallotIndexes(quarters, generation, { indexes, served }) {
      const known = new Set(indexes.map(({ name }) => name));
      const wanted = quarters
        .map((quarter) => ({ purpose: { kind: "ballots", quarter } as const, generation }))
        .filter((identity) => !known.has(names.indexOf(identity)));
      if (wanted.length === 0) return;
      const made = await state.readMade();
      if (wanted.some((identity) => made.includes(names.indexOf(identity)))) throw missingIndex();
      for (const identity of wanted)
        await make(identity, generation === served ? "served" : "building");
    },

    async beginNext() {
      const { indexes } = await set.list();
      const known = [...indexes.map(({ name }) => name), ...(await state.readMade())];
      const generations = known.map((name) => names.identityOf(name)?.generation ?? 0);
      const generation = Math.max(0, ...generations) + 1;
      await make({ purpose: { kind: "decisions" }, generation }, "building");
      return generation;
    },

    async missing({ indexes, served }) {
      const known = new Set(indexes.map(({ name }) => name));
      const made = await state.readMade();
      return made.filter((name) => {
        const generation = names.identityOf(name)?.generation ?? null;
        return !known.has(name) && (served === null || generation === served);
      });
    },

    async remove(removed) {
      for (const index of removed) {
        const answer = await client({ method: "DELETE", path: `/${index}`, msMax });
        if (answer.status !== 404) expectSuccess(answer);
        await state.forgetMade(index);
      }
    },

    async serve(generation) {
      const { indexes } = await set.list();
      const others = indexes.filter((index) => index.generation < generation);
      await changeAliases([
        ...others.map(({ name }) => ({ remove_index: { index: name } })),
        ...indexes.filter((index) => index.generation === generation).flatMap(move),
      ]);
      const made = await state.readMade();
      const past = made.filter((name) => (names.identityOf(name)?.generation ?? 0) < generation);
      for (const index of past) await state.forgetMade(index);
    },
  };
  return set;
}

const firstGeneration = 1;

function missingIndex(): IndexBroken {
  return new IndexBroken("an index was deleted: `enviro reindex` fills it again");
}
