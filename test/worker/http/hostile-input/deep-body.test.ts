import { describe, expect, it } from "vitest";
import { parseRule } from "../../../../src/rules/parse-rule.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { adminKey, api } from "../../../support/worker/api.ts";
import { draftDecision } from "../../../support/worker/decisions.ts";
import { refused } from "../../../support/worker/problems.ts";
import { fillPath, nameOf, servedRoutes } from "../../../support/worker/routes.ts";

const shapes = [
  ["lists", "[", "]"],
  ["objects", '{"not":', "}"],
] as const;

/** JSON text of a value that is nested so deep. */
function nested(depth: number, open: string, close: string): string {
  return `${open.repeat(depth)}${open === "[" ? "" : '"for"'}${close.repeat(depth)}`;
}

const withRule = (rule: string) =>
  `{"title":"Deep","rule":{"requirements":[{"id":"r","not":${rule}}]}}`;

describe("a rule 50,000 levels deep", () => {
  it.each(shapes)("of %s is refused in a draft and in a change of one", async (_, open, close) => {
    const text = withRule(nested(50_000, open, close));
    const ask = { key: adminKey, text };
    await refused("POST", "/api/v1/decisions", ask, 400, "body.too_deep");
    const path = `/api/v1/decisions/${await draftDecision()}`;
    await refused("PATCH", path, ask, 400, "body.too_deep");
  });

  it.each(shapes)("of %s is refused where it is to be parsed", async (_, open, close) => {
    const deep = nested(50_000, open, close);
    for (const body of [
      `{"rule":{"requirements":${deep}},"tally":{"yes":1}}`,
      `{"preset":"simple-majority","tables":{"t":${deep}},"tally":{"yes":1}}`,
      `{"preset":"simple-majority","groups":{"g":${deep}},"tally":{"yes":1}}`,
    ]) {
      await refused("POST", "/api/v1/rules/evaluate", { text: body }, 400, "body.too_deep");
    }
  });
});

describe("a rule as deep as a body may be", () => {
  it("is refused by its own reader, which names the place", async () => {
    // Around it are the body, the rule, the list and the requirement.
    const text = withRule(nested(limits.jsonDepthMax - 4, '{"not":', "}"));
    const ask = { key: adminKey, text };
    const { errors } = await refused("POST", "/api/v1/decisions", ask, 422, "rule.invalid");
    expect(errors?.[0]?.detail).toContain("nested deeper");
  });

  it("has room for the deepest that its own reader takes", async () => {
    let test: object = { count: "yes", at_least: 1 };
    for (let depth = 0; depth < limits.ruleDepthMax; depth += 1) test = { all: [test] };
    const rule = { requirements: [{ id: "r", ...test }] };
    expect(parseRule(rule, limits)).toHaveProperty("rule");
    const ask = { key: adminKey, body: { title: "Deep", rule } };
    expect((await api("POST", "/api/v1/decisions", ask)).status).toBe(201);
  });
});

describe("a body 100,000 levels deep", () => {
  const routes = servedRoutes().filter(({ method }) => ["POST", "PATCH"].includes(method));

  it.each(routes)("is no failure of ours at $method $path", async (route) => {
    const path = fillPath(route.path, await draftDecision());
    const { status } = await api(route.method, path, {
      key: adminKey,
      text: nested(100_000, '{"a":', "}").replace('"for"', "1"),
    });
    expect([nameOf(route), status < 500]).toEqual([nameOf(route), true]);
  });
});
