import { z } from "zod";
import { describeCause } from "../../shared/loggable-error.ts";
import type { SearchHealth } from "../search.ts";
import { ask, type EngineClient } from "./engine-client.ts";
import { isAsMade } from "./index-mapping.ts";
import type { IndexNames } from "./index-names.ts";
import type { IndexSet } from "./index-set.ts";
import type { IndexState } from "./index-state.ts";

interface Needs {
  client: EngineClient;
  names: IndexNames;
  set: IndexSet;
  state: IndexState;
}

const healthSchema = z.object({ status: z.string() });
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
    changedOf(client, names, served),
    blockedOf(client, served),
    redOf(client, served),
  ]);
  return [
    ...missing.map((index) => `the index ${index} was deleted: \`enviro reindex\` fills it again`),
    ...changed.map((index) => `the index ${index} was changed: \`enviro reindex\` makes it anew`),
    ...blocked.map((index) => `the index ${index} takes nothing, as where the disk is full`),
    ...red.map((index) => `a part of the index ${index} is nowhere`),
  ];
}

async function changedOf(client: EngineClient, names: IndexNames, served: readonly string[]) {
  const asMade = await Promise.all(served.map((index) => isAsMade(client, names, index)));
  return served.filter((_, place) => asMade[place] === false);
}

async function blockedOf(client: EngineClient, served: readonly string[]): Promise<string[]> {
  if (served.length === 0) return [];
  const path = `/${served.join(",")}/_settings/index.blocks.*`;
  const found = await ask(client, { method: "GET", path }, blocksSchema);
  return served.filter((index) =>
    Object.values(found[index]?.settings?.index?.blocks ?? {}).includes("true"),
  );
}

async function redOf(client: EngineClient, served: readonly string[]): Promise<string[]> {
  const red: string[] = [];
  for (const index of served) {
    const path = `/_cluster/health/${index}`;
    const { status } = await ask(client, { method: "GET", path }, healthSchema);
    if (status === "red") red.push(index);
  }
  return red;
}
