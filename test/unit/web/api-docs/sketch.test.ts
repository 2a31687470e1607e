import { describe, expect, test } from "vitest";
import { sketchOf } from "../../../../src/web/api-docs/sketch.ts";

const none = { components: { securitySchemes: {} } };

describe("the sketch of a schema", () => {
  test("has the schema's shape, with the types as its leaves", () => {
    const schema = {
      properties: {
        vote: { type: "string", enum: ["yes", "no"] },
        regions: { items: { properties: { code: { type: "string" } } } },
        until: { type: ["string", "null"] },
      },
    };
    expect(sketchOf(schema, none)).toEqual({
      vote: "yes | no",
      regions: [{ code: "string" }],
      until: "string | null",
    });
  });

  test("looks up what a schema refers to, and ends where a schema refers to itself", () => {
    const rule = { properties: { not: { $ref: "#/components/schemas/Rule" } } };
    const api = { components: { schemas: { Rule: rule }, securitySchemes: {} } };
    const text = JSON.stringify(sketchOf({ $ref: "#/components/schemas/Rule" }, api));
    expect(text).toMatch(/^(\{"not":)+"…"\}+$/);
  });

  test("of a choice is that of its first, and of a union of parts that of all", () => {
    const [left, right] = [
      { properties: { a: { type: "string" } } },
      { properties: { b: { type: "integer" } } },
    ];
    expect(sketchOf({ oneOf: [left, right] }, none)).toEqual({ a: "string" });
    expect(sketchOf({ allOf: [left, right] }, none)).toEqual({ a: "string", b: "integer" });
  });
});
