/** As much of JSON Schema 2020-12 as the OpenAPI document uses of answers. */
export interface AnswerSchema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, AnswerSchema>;
  required?: string[];
  additionalProperties?: AnswerSchema | boolean;
  items?: AnswerSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: AnswerSchema[];
  oneOf?: AnswerSchema[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
}

/** The schemas that others refer to, by name. */
export type NamedSchemas = Readonly<Record<string, AnswerSchema>>;

const keywords = new Set(
  "$ref type properties required additionalProperties items enum const anyOf oneOf pattern format minLength maxLength minimum maximum maxItems".split(
    " ",
  ),
);
const notes = new Set(["description", "example", "examples", "default", "title"]);

/**
 * What is wrong with a value by a schema, a sentence each with its JSON pointer. An object may have
 * the members alone that its schema names, so that nothing is answered that no document tells. A
 * keyword that is not known here throws: it would hold nothing.
 */
export function findSchemaFaults(
  value: unknown,
  schema: AnswerSchema,
  named: NamedSchemas,
  at = "",
): string[] {
  for (const keyword of Object.keys(schema)) {
    if (!keywords.has(keyword) && !notes.has(keyword))
      throw new Error(`a schema has the keyword ${keyword}, which nobody checks`);
  }
  if (schema.$ref !== undefined) {
    const target = named[schema.$ref.replace("#/components/schemas/", "")];
    if (target === undefined) throw new Error(`${schema.$ref} is not in the document`);
    return findSchemaFaults(value, target, named, at);
  }
  const faultsOf = (each: AnswerSchema) => findSchemaFaults(value, each, named, at);
  const { anyOf, oneOf } = schema;
  if (anyOf !== undefined && !anyOf.some((each) => faultsOf(each).length === 0))
    return [`${at}: none of ${anyOf.length} schemas: ${anyOf.flatMap(faultsOf).join("; ")}`];
  const matching = oneOf?.filter((each) => faultsOf(each).length === 0).length;
  if (oneOf !== undefined && matching !== 1)
    return [`${at}: ${matching} of ${oneOf.length} schemas: ${oneOf.flatMap(faultsOf).join("; ")}`];
  const types = schema.type === undefined ? null : [schema.type].flat();
  if (types !== null && !types.some((type) => isOfType(value, type)))
    return [`${at}: ${JSON.stringify(value)?.slice(0, 80)} is no ${types.join(" or ")}`];
  return [
    ...plainFaults(value, schema, at),
    ...(Array.isArray(value) ? itemFaults(value, schema, named, at) : []),
    ...(isObject(value) ? memberFaults(value, schema, named, at) : []),
  ];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  if (type === "integer") return Number.isSafeInteger(value);
  return typeof value === type;
}

function plainFaults(value: unknown, schema: AnswerSchema, at: string): string[] {
  const shown = `${at}: ${JSON.stringify(value)?.slice(0, 80)}`;
  const { minimum = -Infinity, maximum = Infinity, minLength = 0, maxLength = Infinity } = schema;
  const faults: string[] = [];
  if (schema.enum !== undefined && !schema.enum.includes(value))
    faults.push(`${shown} is not listed`);
  if ("const" in schema && schema.const !== value) faults.push(`${shown} is another value`);
  if (typeof value === "number" && (value < minimum || value > maximum))
    faults.push(`${shown} is out of range`);
  if (typeof value !== "string") return faults;
  const characters = Array.from(value).length;
  if (characters < minLength || characters > maxLength) faults.push(`${shown} has a wrong length`);
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value))
    faults.push(`${shown} does not match ${schema.pattern}`);
  if (schema.format === "date-time" && !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value))
    faults.push(`${shown} is no time`);
  return faults;
}

function itemFaults(
  items: readonly unknown[],
  schema: AnswerSchema,
  named: NamedSchemas,
  at: string,
): string[] {
  const { items: each, maxItems = Infinity } = schema;
  const tooMany = items.length > maxItems ? [`${at}: ${items.length} items`] : [];
  if (each === undefined) return tooMany;
  return [
    ...tooMany,
    ...items.flatMap((item, index) => findSchemaFaults(item, each, named, `${at}/${index}`)),
  ];
}

function memberFaults(
  value: Record<string, unknown>,
  schema: AnswerSchema,
  named: NamedSchemas,
  at: string,
): string[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const isClosed = schema.properties !== undefined && additionalProperties === undefined;
  const missing = required.filter((name) => !Object.hasOwn(value, name));
  const faults = missing.map((name) => `${at}: ${name} is missing`);
  for (const [name, member] of Object.entries(value)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const other = typeof additionalProperties === "object" ? additionalProperties : {};
    if (own === undefined && (isClosed || additionalProperties === false))
      faults.push(`${at}/${name} is in no schema`);
    else faults.push(...findSchemaFaults(member, own ?? other, named, `${at}/${name}`));
  }
  return faults;
}
