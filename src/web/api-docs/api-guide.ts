import type { ApiBody, ApiDocument, Operation } from "../contract.ts";
import { answerOf } from "./answer-of.ts";
import { sketchOf } from "./sketch.ts";

/** A body of a request or an answer, by an example or by the shape of its schema. */
export type GuideBody = { kind: "example" | "shape" | "type"; text: string };

export type GuideRoute = {
  id: string;
  summary: string;
  method: string;
  path: string;
  /** Roles and kinds of credentials that may use it. */
  credentials: string[];
  /** Anyone may use it, with or without a credential. */
  isPublic: boolean;
  description: string;
  parameters: { name: string; place: string; isRequired: boolean; description: string }[];
  sends: GuideBody[];
  answers: { status: string; description: string; bodies: GuideBody[] }[];
};

/** What the page about the API shows of the OpenAPI document, which is ten times as large. */
export type ApiGuide = {
  lead: string;
  credentials: { name: string; description: string }[];
  groups: { name: string; routes: GuideRoute[] }[];
};

/** Picks what a reader needs out of the OpenAPI document. */
export function guideTo(api: ApiDocument): ApiGuide {
  const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tags: operation.tags,
      route: routeGuide({ method, path, operation }, api),
    })),
  );
  return {
    lead: api.info.description,
    credentials: Object.entries(api.components.securitySchemes).map(([name, { description }]) => ({
      name,
      description,
    })),
    groups: api.tags.map(({ name }) => ({
      name,
      routes: routes.filter(({ tags }) => tags.includes(name)).map(({ route }) => route),
    })),
  };
}

type ApiRoute = { method: string; path: string; operation: Operation };

function routeGuide({ method, path, operation }: ApiRoute, api: ApiDocument): GuideRoute {
  const { operationId, summary, description = "", parameters = [], requestBody } = operation;
  const { security = [] } = operation;
  return {
    id: operationId,
    summary,
    method: method.toUpperCase(),
    path,
    credentials: [...new Set(security.flatMap(namesOf))],
    isPublic: security.length === 0 || security.some((entry) => Object.keys(entry).length === 0),
    description,
    parameters: parameters.map(({ name, in: place, required = false, description: text = "" }) => ({
      name,
      place,
      isRequired: required,
      description: text,
    })),
    sends: requestBody === undefined ? [] : bodiesOf(requestBody, api),
    answers: Object.entries(operation.responses).map(([status, shown]) => {
      const answer = answerOf(shown, api);
      return {
        status,
        description: answer.description,
        bodies: status.startsWith("2") ? bodiesOf(answer, api) : [],
      };
    }),
  };
}

/** A role is named once, whether it comes with a key or in a session. */
function namesOf(requirement: Record<string, string[]>): string[] {
  return Object.entries(requirement).flatMap(([scheme, roles]) =>
    roles.length > 0 ? roles : [scheme],
  );
}

function bodiesOf({ content = {} }: ApiBody, api: ApiDocument): GuideBody[] {
  return Object.entries(content).map(([type, { example, schema }]): GuideBody => {
    if (example !== undefined) return { kind: "example", text: JSON.stringify(example, null, 2) };
    if (type !== "application/json" || schema === undefined) return { kind: "type", text: type };
    return { kind: "shape", text: JSON.stringify(sketchOf(schema, api), null, 2) };
  });
}
