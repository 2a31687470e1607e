/** The members of a rule's document that count somewhere else than in the whole (docs/rules.md). */
const regionMembers = new Set(["units", "weigh", "each", "within", "shares"]);

/** Whether a rule looks at regions at all, in whatever depth of its requirements. */
export function countsByRegion({ requirements }: { requirements?: unknown }): boolean {
  return looksAtRegions(requirements);
}

function looksAtRegions(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(
    ([name, inner]) => regionMembers.has(name) || looksAtRegions(inner),
  );
}
