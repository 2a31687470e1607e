import { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { ask, type EngineClient } from "./engine-client.ts";
import { mappingOf } from "./index-forms.ts";
import type { IndexNames } from "./index-names.ts";

const mappingSchema = z.record(z.string(), z.object({ mappings: z.unknown() }));

/** Those of these indexes that have another mapping than this release gives them. */
export async function changedIndexes(
  client: EngineClient,
  names: IndexNames,
  indexes: readonly string[],
): Promise<string[]> {
  const request = { method: "GET", path: `/${names.pattern}/_mapping` } as const;
  const found = await ask(client, request, mappingSchema);
  return indexes.filter((index) => {
    const identity = names.identityOf(index);
    const mapping = found[index]?.mappings;
    return (
      identity === null || canonicalJson(mapping) !== canonicalJson(mappingOf(identity.purpose))
    );
  });
}
