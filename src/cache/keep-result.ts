import type { ShownResult } from "../results/shown-result.ts";
import type { ResultCache } from "./result-cache.ts";
import { encodeResult } from "./result-entry.ts";
import { sharedForm } from "./shared-form.ts";
import { lifeOf } from "./tier.ts";

/**
 * Keeps what may be shared of a result under its version, for its tier's time. No result gets into
 * a cache in another way.
 */
export async function keepResult(
  cache: Pick<ResultCache, "keep">,
  result: ShownResult,
): Promise<void> {
  const shared = sharedForm(result);
  if (shared === null) return;
  const { decisionId, version, isFinal } = shared;
  await cache.keep(decisionId, { version, text: encodeResult(shared), lifeMs: lifeOf(isFinal) });
}
