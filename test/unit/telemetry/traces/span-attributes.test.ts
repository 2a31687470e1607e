import { describe, expect, it } from "vitest";
import {
  allowedAttributes,
  type SpanAttributes,
} from "../../../../src/telemetry/traces/span-attributes.ts";

describe("what a span may say", () => {
  it("is what the list has, in its shape", () => {
    const attributes: SpanAttributes = {
      "http.route": "/api/v1/decisions/:decisionId/votes",
      "http.response.status_code": 201,
      "enviro.outcome.code": "vote.already_cast",
      "enviro.rehearsal": true,
    };
    expect(Object.fromEntries(allowedAttributes(attributes))).toEqual(attributes);
  });

  it.each([
    ["http.route", "/api/v1/decisions/a?voter=ana"],
    ["http.route", "/api/v1/voters/ana@example.org"],
    ["http.request.method", "ana"],
    ["http.response.status_code", 12_345],
    ["enviro.outcome.code", "ana votes yes"],
    ["enviro.decision.id", "a decision"],
    ["enviro.shard.number", 1_234],
    ["enviro.voter.id", "ana"],
    ["url.full", "http://example.org/"],
    ["client.address", "192.0.2.1"],
    ["__proto__", "x"],
    ["http.route", { toString: () => "/api" }],
  ])("is not %s: %s", (name, value) => {
    expect(allowedAttributes({ [name]: value })).toEqual([]);
  });
});
