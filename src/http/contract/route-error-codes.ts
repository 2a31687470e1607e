import type { RouteConfig } from "@hono/zod-openapi";
import type { ProblemCode } from "../problems/problems.ts";
import { notFoundCodeOf } from "./path-parameters.ts";

export type RouteShape = RouteConfig & {
  /** The refusals that do not follow from the path, the query, the body and the credential. */
  errors: readonly ProblemCode[];
};

/** Every code that a route may answer: those that follow from its shape, then its own. */
export function routeErrorCodes(route: RouteShape): ProblemCode[] {
  const { request = {}, parameters = [] } = route;
  const codes: ProblemCode[] = ["query.unknown_parameter", "rate.exceeded"];
  const hasHeader = (wanted: string) =>
    parameters.some((each) => "name" in each && each.name === wanted);
  if (request.body !== undefined) codes.push("body.unsupported_type", "body.unsupported_encoding");
  if (request.body?.content["application/json"] !== undefined) codes.push(...jsonBodyCodes);
  if (request.query !== undefined) codes.push("query.invalid");
  if (hasHeader("Idempotency-Key")) codes.push("idempotency.invalid_key");
  if (hasHeader("If-Match")) codes.push("decision.changed");
  codes.push(...credentialCodes(route));
  for (const [, parameter = ""] of route.path.matchAll(/\{(\w+)\}/g)) {
    codes.push(notFoundCodeOf(parameter));
  }
  if (asksRecord(route)) codes.push("service.updating");
  return [...new Set([...codes, ...route.errors])];
}

/** Whether a route asks a decision's room or the registry, which may be of another release. */
function asksRecord({ path, security = [] }: RouteShape): boolean {
  return security.length > 0 || path.includes("{decisionId}");
}

function credentialCodes({ method, security = [] }: RouteShape): ProblemCode[] {
  // A requirement of nothing lets in whoever has no credential, or a bad one.
  const isOptional = security.some((entry) => Object.keys(entry).length === 0);
  if (security.length === 0 || isOptional) return [];
  const schemes = new Set(security.flatMap((entry) => Object.keys(entry)));
  return [
    "credential.missing",
    "role.forbidden",
    ...[...schemes].flatMap((scheme) => codesByScheme[scheme] ?? []),
    ...(schemes.has("session") && method !== "get" ? (["session.cross_site"] as const) : []),
  ];
}

const codesByScheme: Readonly<Record<string, readonly ProblemCode[]>> = {
  apiKey: ["key.invalid"],
  session: ["session.ended"],
  ballotToken: ["token.invalid", "token.expired"],
  idToken: ["login.invalid", "login.expired"],
};

const jsonBodyCodes: readonly ProblemCode[] = [
  "body.not_json",
  "body.duplicate_key",
  "body.too_deep",
  "body.wrong_type",
  "body.unknown_field",
  "body.invalid",
  "body.too_large",
];
