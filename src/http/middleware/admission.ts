import type { OpenAPIHono } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import type { BallotGrant } from "../../auth/ballot-token.ts";
import type { RequestClass } from "../../ports/admission.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { addressClassesOf } from "../admission/address-classes.ts";
import { clientAddressOf } from "../admission/client-address.ts";
import { Problem } from "../problem.ts";
import { problems, type ProblemCode } from "../problems/problems.ts";

/**
 * Admits what needs no credential by the client's address. What no route takes is a read. Votes have
 * no part in it: their way is kept short.
 */
export function admitByAddress(app: OpenAPIHono, deps: HttpDependencies) {
  let classes: ReadonlyMap<string, RequestClass | null> | null = null;
  return createMiddleware<object>(async (c, next) => {
    if (deps.admission.isOn) {
      classes ??= addressClassesOf(app);
      const method = c.req.method === "HEAD" ? "GET" : c.req.method;
      const kind = firstClass(classes, matchedRoutes(c), method);
      if (kind !== null) await requireAdmission(deps, kind, clientAddressOf(c.req.raw));
    }
    await next();
  });
}

/** Of the patterns that match a path the first is served. */
function firstClass(
  classes: ReadonlyMap<string, RequestClass | null>,
  matched: readonly { path: string }[],
  method: string,
): RequestClass | null {
  for (const { path } of matched) {
    const kind = classes.get(`${method} ${path}`);
    if (kind !== undefined) return kind;
  }
  return "read";
}

/** @throws {Problem} rate.exceeded */
export async function requireAdmission(
  deps: Pick<HttpDependencies, "admission">,
  kind: RequestClass,
  subject: string,
): Promise<void> {
  if (!(await deps.admission.admits(kind, subject))) throw new Problem("rate.exceeded");
}

/**
 * Admits a voter's request by the token's subject. Null where nobody need be asked, which is every
 * honest vote.
 */
export function admitVoter(
  deps: Pick<HttpDependencies, "admission">,
  { decisionId, pid }: Pick<BallotGrant, "decisionId" | "pid">,
): Promise<void> | null {
  return deps.admission.isFrequentVoter(pid)
    ? requireAdmission(deps, "voter", `${decisionId} ${pid}`)
    : null;
}

/**
 * The refusal that a client is given: of too many credentials that were no good that there were too
 * many. It is counted when it is refused, so that a good one passes whoever else shares its address.
 */
export async function limitRefusal(
  deps: HttpDependencies,
  problem: Problem,
  request: Request,
): Promise<Problem> {
  if (!isCredentialRefused(problem.code)) return problem;
  deps.noteRefusal(problem.code);
  if (problem.code === "role.forbidden") return problem;
  const isAdmitted = await deps.admission.admits("failed", clientAddressOf(request));
  return isAdmitted ? problem : new Problem("rate.exceeded");
}

/**
 * Whether somebody showed what is no good, or no good for this, or passed no challenge. To show no
 * credential is no attempt.
 */
export function isCredentialRefused(code: ProblemCode): boolean {
  if (code === "role.forbidden" || code === "challenge.failed") return true;
  return problems[code].status === 401 && code !== "credential.missing";
}
