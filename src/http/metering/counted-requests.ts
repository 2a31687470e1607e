import type { Manifest } from "../../decision/decision.ts";
import { isTurnoutShown } from "../../decision/visibility.ts";

const counted = new WeakSet<Request>();

/**
 * Has a voter's request counted among the others of its route, if its decision shows before the
 * close how many have voted. Without this word a voters' route counts failures alone: how often it
 * was asked is a sealed decision's turnout.
 */
export function countVotersRequest(request: Request, manifest: Pick<Manifest, "visibility">): void {
  if (isTurnoutShown(manifest)) counted.add(request);
}

export function isVotersRequestCounted(request: Request): boolean {
  return counted.has(request);
}
