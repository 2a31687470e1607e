import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { isLastVersion } from "../../results/shown-result.ts";
import { limits } from "../../shared/limits.ts";
import { serializedBytes } from "../../shared/serialized-bytes.ts";
import type { ReadyResult } from "../responses/ready-result.ts";
import { SharedReads } from "./shared-reads.ts";

const shared = new WeakMap<HttpDependencies, SharedReads<ReadyResult>>();

/** The results that this isolate has read in the last second: what anybody may read. */
export function sharedResultsOf(deps: HttpDependencies): SharedReads<ReadyResult> {
  const known = shared.get(deps);
  if (known !== undefined) return known;
  const made = new SharedReads<ReadyResult>({
    entriesMax: limits.isolateDecisionsMax,
    bytesOf: ({ result, textBytes }) => serializedBytes(result) + textBytes,
    isLast: ({ result }) => isLastVersion(result),
    keepsLast: false,
    now: () => deps.now(),
  });
  shared.set(deps, made);
  return made;
}
