import { describe, expect, test } from "vitest";
import { answerOf } from "../../../../src/web/api-docs/answer-of.ts";

const shared = { description: "Not found: `decision.not_found`" };
const api = { components: { responses: { "404": shared }, securitySchemes: {} } };

describe("an answer of a route on the page about the API", () => {
  test("is the one that the route names, where it stands among the components", () => {
    expect(answerOf({ $ref: "#/components/responses/404" }, api)).toBe(shared);
  });

  test("is the route's own where it has one", () => {
    const own = { description: "Done" };
    expect(answerOf(own, api)).toBe(own);
  });

  test("has no text where nothing has the name", () => {
    expect(answerOf({ $ref: "#/components/responses/none" }, api)).toEqual({ description: "" });
  });
});
