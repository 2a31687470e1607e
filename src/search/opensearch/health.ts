import { z } from "zod";
import { describeCause } from "../../shared/loggable-error.ts";
import type { SearchHealth } from "../search.ts";
import { ask, type EngineClient } from "./engine-client.ts";
import { changedIndexes } from "./index-mapping.ts";
import type { IndexNames } from "./index-names.ts";
import type { IndexSet } from "./index-set.ts";
import type { IndexState } from "./index-state.ts";

interface Needs {
  client: EngineClient;
  names: IndexNames;
  set: IndexSet;
  state: IndexState;
}

const healthSchema = z.object({
  indices: z.record(z.string(), z.object({ status: z.string() })).default({}),
});
const blocksSchema = z.record(
  z.string(),
  z.object({
    settings: z
      .object({
        index: z.object({ blocks: z.record(z.string(), z.string()).optional() }).optional(),
      })
      .optional(),
  }),
);

/** What stands in the way of search, each with what to do. */
export async function engineHealth(needs: Needs): Promise<SearchHealth> {
  try {
    const noted = await needs.state.readIndexedTo();
    const problems = await problemsOf(needs);
    return { kind: "opensearch", problems, indexedTo: noted?.at ?? null };
  } catch (error) {
    return { kind: "opensearch", problems: [describeCause(error)], indexedTo: null };
  }
}

async function problemsOf({ client, names, set }: Needs): Promise<string[]> {
  const list = await set.list();
  const served = list.indexes
    .filter(({ generation }) => generation === list.served)
    .map(({ name }) => name);
  const [missing, changed, blocked, red] = await Promise.all([
    set.missing(list),
    changedIndexes(client, names, served),
    blockedOf(client, names, served),
    redOf(client, names, served),
  ]);
  return [
    ...missing.map((index) => `the index ${index} was deleted: \`enviro reindex\` fills it again`),
    ...changed.map((index) => `the index ${index} was changed: \`enviro reindex\` makes it anew`),
    ...blocked.map((index) => `the index ${index} takes nothing, as where the disk is full`),
    ...red.map((index) => `a part of the index ${index} is nowhere`),
  ];
}

async function blockedOf(client: EngineClient, { pattern }: IndexNames, served: readonly string[]) {
  const path = `/${pattern}/_settings/index.blocks.*`;
  const found = await ask(client, { method: "GET", path }, blocksSchema);
  return served.filter((index) =>
    Object.values(found[index]?.settings?.index?.blocks ?? {}).includes("true"),
  );
}

async function redOf(client: EngineClient, { pattern }: IndexNames, served: readonly string[]) {
  const path = `/_cluster/health/${pattern}?level=indices`;
  const { indices } = await ask(client, { method: "GET", path }, healthSchema);
  return served.filter((index) => indices[index]?.status === "red");
}
