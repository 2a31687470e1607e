/** The members of a rule's document that count somewhere else than in the whole (docs/rules.md). */
const regionMembers = new Set(["units", "weigh", "each", "within", "shares"]);

/**
 * Whether a rule looks at regions at all, in whatever depth of its requirements.
 * @param {{ requirements?: unknown }} rule
 * @returns {boolean}
 */
export function countsByRegion({ requirements }) {
  return looksAtRegions(requirements);
}

/**
 * @param {unknown} node
 * @returns {boolean}
 */
function looksAtRegions(node) {
  if (typeof node !== "object" || node === null) return false;
  return Object.entries(node).some(
    ([name, inner]) => regionMembers.has(name) || looksAtRegions(inner),
  );
}
