import type { ApiDocument, ApiSchema } from "../contract.ts";

/** Schemas refer to one another at most a few levels deep; a rule refers to itself. */
const depthMax = 8;

/** What a schema admits, as a value of that shape whose leaves name their types. */
export function sketchOf(
  schema: ApiSchema,
  api: Pick<ApiDocument, "components">,
  depth = 0,
): unknown {
  if (depth > depthMax) return "…";
  const { $ref, allOf, anyOf, oneOf, properties, items, type } = schema;
  const inside = (part: ApiSchema): unknown => sketchOf(part, api, depth + 1);
  if ($ref !== undefined) {
    const named = api.components.schemas?.[$ref.split("/").at(-1) ?? ""];
    return named === undefined ? "…" : inside(named);
  }
  if (allOf !== undefined) return Object.assign({}, ...allOf.map(inside)) as unknown;
  const [choice] = anyOf ?? oneOf ?? [];
  if (choice !== undefined) return inside(choice);
  if (properties !== undefined) {
    const members = Object.entries(properties).map(([name, part]) => [name, inside(part)]);
    return Object.fromEntries(members) as unknown;
  }
  if (items !== undefined) return [inside(items)];
  if (schema.enum !== undefined) return schema.enum.join(" | ");
  return Array.isArray(type) ? type.join(" | ") : (type ?? "any");
}
