/** @import { ApiDocument, ApiSchema } from "../../contract.ts" */

/** Schemas refer to one another at most a few levels deep; a rule refers to itself. */
const depthMax = 8;

/**
 * What a schema admits, as a value of that shape whose leaves name their types.
 * @param {ApiSchema} schema
 * @param {Pick<ApiDocument, "components">} api
 * @param {number} [depth]
 * @returns {unknown}
 */
export function sketchOf(schema, api, depth = 0) {
  if (depth > depthMax) return "…";
  const { $ref, allOf, anyOf, oneOf, properties, items, type } = schema;
  const inside = (/** @type {ApiSchema} */ part) => sketchOf(part, api, depth + 1);
  if ($ref !== undefined) {
    const named = api.components.schemas?.[$ref.split("/").at(-1) ?? ""];
    return named === undefined ? "…" : inside(named);
  }
  if (allOf !== undefined) return Object.assign({}, ...allOf.map(inside));
  const [choice] = anyOf ?? oneOf ?? [];
  if (choice !== undefined) return inside(choice);
  if (properties !== undefined) {
    const members = Object.entries(properties).map(([name, part]) => [name, inside(part)]);
    return Object.fromEntries(members);
  }
  if (items !== undefined) return [inside(items)];
  if (schema.enum !== undefined) return schema.enum.join(" | ");
  return Array.isArray(type) ? type.join(" | ") : (type ?? "any");
}
