import { z } from "@hono/zod-openapi";
import { describe, expect, it } from "vitest";
import { jsonContent, jsonRequest, keySecurity } from "../../../../src/http/contract/common.ts";
import { route } from "../../../../src/http/contract/route.ts";
import { problems, type ProblemCode } from "../../../../src/http/problems/problems.ts";

const done = { 200: jsonContent(z.object({}), "Done") };
const codes = Object.keys(problems) as ProblemCode[];

/** What a route documents: its codes by status. */
function codesByStatus({ responses }: { responses: object }) {
  const answers: [string, { content?: Record<string, { examples?: object }> }][] =
    Object.entries(responses);
  return Object.fromEntries(
    answers.flatMap(([status, { content }]) => {
      const examples = content?.["application/problem+json"]?.examples;
      return examples === undefined ? [] : [[status, Object.keys(examples)]];
    }),
  );
}

/** Every route may have had too many requests, and none takes a parameter that it does not know. */
const always = { 400: ["query.unknown_parameter"], 429: ["rate.exceeded"] };

function routeWith(errors: ProblemCode[]) {
  return route({ method: "get", path: "/things", errors, responses: done });
}

describe("a route", () => {
  it.each(codes)("documents %s under its status where it lists it", (code) => {
    const { [problems[code].status]: listed } = codesByStatus(routeWith([code]));
    expect(listed).toContain(code);
  });

  it("documents codes of one status together, in the order of its list", () => {
    const errors: ProblemCode[] = ["roll.missing", "region.not_shown", "decision.closed"];
    expect(codesByStatus(routeWith(errors))).toEqual({
      403: ["region.not_shown"],
      409: ["roll.missing", "decision.closed"],
      ...always,
    });
  });

  it("answers with no other problem where it has nothing to refuse, and keeps its other answers", () => {
    expect(codesByStatus(routeWith([]))).toEqual(always);
    expect(routeWith([]).responses).toMatchObject(done);
  });

  it("has the codes that follow from its path, query, body and credential without listing them", () => {
    const made = route({
      method: "post",
      path: "/things/{decisionId}/{shard}",
      security: keySecurity("admin"),
      request: {
        params: z.object({ decisionId: z.string(), shard: z.string() }),
        query: z.object({ after: z.string() }),
        ...jsonRequest(z.object({})),
      },
      errors: [],
      responses: done,
    });
    expect(codesByStatus(made)).toEqual({
      ...always,
      400: [
        "query.unknown_parameter",
        "body.not_json",
        "body.duplicate_key",
        "body.too_deep",
        "body.wrong_type",
        "body.unknown_field",
        "body.invalid",
        "query.invalid",
      ],
      401: ["credential.missing", "key.invalid", "session.ended"],
      403: ["role.forbidden", "session.cross_site"],
      404: ["decision.not_found", "shard.not_found"],
      413: ["body.too_large"],
      415: ["body.unsupported_type", "body.unsupported_encoding"],
      503: ["service.updating"],
    });
  });

  it("refuses other sites in a session where it changes something alone", () => {
    const security = keySecurity("auditor", "station");
    const read = route({ method: "get", path: "/things", security, errors: [], responses: done });
    expect(codesByStatus(read)).toMatchObject({ 403: ["role.forbidden"] });
    const stations = keySecurity("station");
    const cast = { method: "post", path: "/things", security: stations } as const;
    expect(codesByStatus(route({ ...cast, errors: [], responses: done }))).toMatchObject({
      401: ["credential.missing", "key.invalid"],
      403: ["role.forbidden"],
    });
  });

  it.each([
    ["ballotToken", ["credential.missing", "token.invalid", "token.expired"]],
    ["idToken", ["credential.missing", "login.invalid", "login.expired"]],
  ])("with a %s has the codes of that credential", (scheme, expected) => {
    const security = [{ [scheme]: [] }];
    const made = route({ method: "get", path: "/things", security, errors: [], responses: done });
    expect(codesByStatus(made)).toEqual({
      401: expected,
      403: ["role.forbidden"],
      ...always,
      503: ["service.updating"],
    });
  });
});
