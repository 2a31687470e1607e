import { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { ask, type EngineClient } from "./engine-client.ts";
import { mappingOf } from "./index-forms.ts";
import type { IndexNames } from "./index-names.ts";

const mappingSchema = z.record(z.string(), z.object({ mappings: z.unknown() }));

/** Whether an index has the mapping that this release gives it. */
export async function isAsMade(
  client: EngineClient,
  names: IndexNames,
  index: string,
): Promise<boolean> {
  const identity = names.identityOf(index);
  if (identity === null) return false;
  const request = { method: "GET", path: `/${index}/_mapping` } as const;
  const found = await ask(client, request, mappingSchema);
  return canonicalJson(found[index]?.mappings) === canonicalJson(mappingOf(identity.purpose));
}
