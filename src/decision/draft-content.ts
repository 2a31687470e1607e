import { canonicalJson } from "../shared/canonical-json.ts";
import type { Decision } from "./decision.ts";

/**
 * All that is shown of a decision that was never opened and can change, as text. A strong ETag is
 * its digest: of two drafts that read alike it is the same, on every release.
 */
export function draftContent({ draft, status, roll, map }: Decision): string {
  const shownRoll = roll && { import: roll.import, voters: roll.voters, weight: roll.weight };
  return canonicalJson({ draft, status, map, roll: shownRoll });
}
