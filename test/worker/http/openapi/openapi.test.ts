import { describe, expect, it } from "vitest";
import { examples } from "../../../../src/http/openapi/examples.ts";
import { problems } from "../../../../src/http/problems/problems.ts";
import { api } from "../../../support/worker/api.ts";
import { refusalsOf, type Described } from "../../../support/worker/documented.ts";

const { body: document } = await api<Described>("GET", "/api/v1/openapi.json");
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, responses }]) => ({
    name: `${method.toUpperCase()} ${path}`,
    operationId,
    responses,
    refusals: refusalsOf(document, responses),
  })),
);

/** Codes of no route of the contract: of methods that none takes, and of failures that are ours. */
const unlisted = [
  "method.not_allowed",
  "server.error",
  "service.misconfigured",
  "vote.wrong_shard",
];

describe("the description of the API", () => {
  it.each(operations)("names a code for every status with which $name refuses", ({ refusals }) => {
    for (const { codes, answer } of refusals) {
      expect(codes).not.toEqual([]);
      for (const code of codes) expect(answer.description).toContain(`\`${code}\``);
    }
  });

  it("names for every status of 400 and more the codes", () => {
    const refusing = operations.flatMap(({ responses }) =>
      Object.keys(responses).filter((status) => Number(status) >= 400),
    );
    expect(operations.flatMap(({ refusals }) => refusals)).toHaveLength(refusing.length);
    expect(refusing.length).toBeGreaterThan(150);
  });

  it("lists every code with some route, and has an example of each", () => {
    const listed = operations.flatMap(({ refusals }) => refusals.flatMap(({ codes }) => codes));
    expect([...new Set(listed), ...unlisted].toSorted()).toEqual(Object.keys(problems).toSorted());
    expect(Object.keys(document.components.examples).toSorted()).toEqual(
      [...new Set(listed)].toSorted(),
    );
    for (const [code, { value }] of Object.entries(document.components.examples)) {
      expect(value).toMatchObject({ code, type: `urn:enviro-governance:problem:${code}` });
    }
  });

  it("refers to one schema of a problem, and holds each answer of few codes once", () => {
    const refusals = operations.flatMap((operation) => operation.refusals);
    const schemas = new Set(refusals.map(({ media }) => JSON.stringify(media.schema)));
    expect([...schemas]).toEqual(['{"$ref":"#/components/schemas/Problem"}']);
    const own = operations
      .flatMap(({ responses }) => Object.values(responses))
      .flatMap((answer) => ("$ref" in answer ? [] : refusalsOf(document, { 0: answer })))
      .filter(({ codes }) => codes.length <= 3)
      .map(({ answer }) => answer.description);
    expect(new Set(own).size).toBe(own.length);
  });

  it("has examples of routes alone that there are, and a name of its own for each route", () => {
    const names = operations.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(examples)));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(names.length);
  });
});
