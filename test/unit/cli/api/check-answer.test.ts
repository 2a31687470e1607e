import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkAnswer } from "../../../../src/cli/api/check-answer.ts";
import type { RouteName } from "../../../../src/client/routes.ts";

const folder = new URL("../../../../src/http/contract/", import.meta.url);
const contracts = await Promise.all(
  readdirSync(folder).map((name): Promise<object> => import(new URL(name, folder).href)),
);

type Route = { method: string; path: string; responses: Record<number, { content?: object }> };

const isRoute = (value: unknown): value is Route =>
  typeof value === "object" && value !== null && "path" in value && "responses" in value;

/** Every route of the contract that answers with JSON. */
const names = contracts
  .flatMap((contract) => Object.values<unknown>({ ...contract }))
  .filter(isRoute)
  .filter(({ responses }) => {
    const { content = {} } = responses[200] ?? responses[201] ?? {};
    return "application/json" in content;
  })
  // The contract writes a name so.
  .map(({ method, path }) => `${method.toUpperCase()} ${path}` as RouteName);

describe("an answer of the API", () => {
  it.each(names)("of %s is held against its schema", (name) => {
    expect(() => checkAnswer(name, "no answer of any route")).toThrow(/expected/);
  });

  it.each<RouteName>([
    "POST /api/v1/decisions/{decisionId}/rebuild",
    "DELETE /api/v1/api-keys/{keyId}",
  ])("of %s is none, and only none is taken", (name) => {
    expect(() => checkAnswer(name, null)).not.toThrow();
    expect(() => checkAnswer(name, {})).toThrow(/expected null/);
  });
});
