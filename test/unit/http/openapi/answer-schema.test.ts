import { describe, expect, it } from "vitest";
import { findSchemaFaults, type AnswerSchema } from "../../../support/worker/answer-schema.ts";

const named = {
  Roll: {
    type: "object",
    properties: { voters: { type: "integer", minimum: 0 }, weight: { type: "string" } },
    required: ["voters"],
  },
};
const roll: AnswerSchema = { $ref: "#/components/schemas/Roll" };

const good: [unknown, AnswerSchema][] = [
  [{ voters: 1, weight: "2" }, roll],
  [{ voters: 1 }, roll],
  [null, { anyOf: [roll, { type: "null" }] }],
  ["2027-03-01T12:00:00.000Z", { type: "string", format: "date-time" }],
  [{ any: [1] }, { type: "object", additionalProperties: {} }],
  [{ any: 1 }, { type: "object" }],
  [[], { type: "array", items: roll }],
];
const bad: [string, unknown, AnswerSchema][] = [
  ["a wrong type", { voters: "1" }, roll],
  ["a number that is no integer", { voters: 1.5 }, roll],
  ["a number below the least", { voters: -1 }, roll],
  ["a member that is missing", { weight: "2" }, roll],
  ["a member that no schema names", { voters: 1, secret: 2 }, roll],
  ["nothing where there must be something", null, roll],
  ["an item that is wrong", [{ voters: 1 }, {}], { type: "array", items: roll }],
  ["too many items", [1, 2], { type: "array", maxItems: 1 }],
  ["none of several", 1, { anyOf: [{ type: "string" }, { type: "null" }] }],
  ["two of those of which one holds", 1, { oneOf: [{ type: "integer" }, { type: "number" }] }],
  ["what is not listed", "c", { type: "string", enum: ["a", "b"] }],
  ["another constant", 2, { const: 1 }],
  ["another pattern", "xyz", { type: "string", pattern: "^[0-9a-f]+$" }],
  ["a time without offset", "2027-03-01T12:00:00", { type: "string", format: "date-time" }],
  ["a text that is too long", "abc", { type: "string", maxLength: 2 }],
  ["a wrong value of a map", { a: 1 }, { additionalProperties: { type: "string" } }],
];

describe("the check of answers by their schemas", () => {
  it.each(good)("takes %j", (value, schema) => {
    expect(findSchemaFaults(value, schema, named)).toEqual([]);
  });

  it.each(bad)("finds %s", (_, value, schema) => {
    expect(findSchemaFaults(value, schema, named)).toHaveLength(1);
  });

  it("throws on what it would not check", () => {
    const unknown: object = { type: "string", contentEncoding: "base64" };
    expect(() => findSchemaFaults("a", unknown, named)).toThrow("contentEncoding");
    expect(() => findSchemaFaults("a", { $ref: "#/components/schemas/None" }, named)).toThrow(
      "None",
    );
  });
});
