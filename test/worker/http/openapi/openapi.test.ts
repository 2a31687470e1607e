import { describe, expect, it } from "vitest";
import { examples } from "../../../../src/http/openapi/examples.ts";
import { ownCodes } from "../../../../src/http/openapi/own-codes.ts";
import { api } from "../../../support/worker/api.ts";

type Response = { description: string; content?: Record<string, unknown> };
type Operation = { operationId: string; responses: Record<string, Response> };
type Document = { paths: Record<string, Record<string, Operation>> };

const { body } = await api<Document>("GET", "/api/v1/openapi.json");
const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    ...operation,
  })),
);
const problemsOf = ({ responses }: Operation) =>
  Object.entries(responses).filter(([, { content }]) => content?.["application/problem+json"]);

describe("the description of the API", () => {
  it.each(operations)("names a code for every status with which $name refuses", (operation) => {
    const nameless = problemsOf(operation).filter(([, { description }]) => !/`/.test(description));
    expect(nameless.map(([status]) => status)).toEqual([]);
  });

  it.each(Object.keys(ownCodes))("shows every code that is listed for %s", (name) => {
    const operation = operations.find((each) => each.name === name);
    const shown = operation === undefined ? "" : JSON.stringify(problemsOf(operation));
    for (const code of ownCodes[name] ?? []) expect(shown).toContain(`\`${code}\``);
  });

  it("has examples of routes alone that there are, and a name of its own for each route", () => {
    const names = operations.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(examples)));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(names.length);
  });
});
