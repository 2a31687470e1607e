import { localIdKeys } from "../../scripts/local-platform/keep-secrets.ts";
import { decisionIds } from "../../src/auth/decision-ids.ts";

/** The id of the decision with this slug, on every platform that `bootPlatform` starts. */
export function localId(slug: string): string {
  return decisionIds(localIdKeys).complete(slug);
}
