import type { OpenAPIHono } from "@hono/zod-openapi";
import { readTraceparent } from "../../telemetry/traces/span-context.ts";
import { inSpan } from "../../telemetry/traces/trace-scope.ts";
import type { TraceOptions, Tracer } from "../../telemetry/traces/tracer.ts";
import type { Span } from "../../telemetry/traces/span.ts";
import { LoggableError } from "../../shared/loggable-error.ts";
import { Problem, problemCodeOf } from "../problem.ts";
import { problems } from "../problems/problems.ts";
import type { RouteTable } from "./route-table.ts";

/** What a voter asks, or somebody for one: a client's own trace must not lead to it. */
const votersRoutes = /\/(?:voting|votes|ballot-socket|tokens|eligibility)(?:\/|$)/;

const ofDecision = "/api/v1/decisions/:decisionId";

/**
 * Records some of the requests, and all that fail, as server spans. It stands around everything else
 * that a request passes; one that is not recorded costs a random number.
 */
export function traceRequests(app: OpenAPIHono, tracer: Tracer, routes: RouteTable): void {
  if (!tracer.isOn) return;
  const serve = app.fetch;
  app.fetch = async (request, ...rest) => {
    if (!tracer.sample()) {
      const startedAt = Date.now();
      const answer = await serve(request, ...rest);
      if (answer.status >= 500) recordFailed(tracer, { request, answer, startedAt, routes });
      return answer;
    }
    const { name, options } = describe(request, routes);
    const span = tracer.start(name, options);
    return inSpan(span, async () => {
      const answer = await serve(request, ...rest);
      noteAnswer(span, answer);
      if (answer.ok) span?.set({ "enviro.decision.id": changedDecision(request, routes) });
      return answer;
    });
  };
}

/** The decision that an organiser's request changes, which its audit log says as well. */
function changedDecision({ method, url }: Request, routes: RouteTable): string | undefined {
  const { pathname } = new URL(url);
  const { path = "" } = routes.find(pathname) ?? {};
  const isChange = method !== "GET" && method !== "HEAD" && !votersRoutes.test(path);
  return isChange && path.startsWith(ofDecision) ? pathname.split("/")[4] : undefined;
}

/**
 * Records a vote of a rehearsal whatever is sampled, and goes on from the client's own trace: such
 * votes never count. Where the request is recorded already, that is its span.
 */
export async function traceRehearsedVote(
  tracer: Tracer,
  { request, route }: { request: Request; route: string },
  cast: () => Promise<Response>,
): Promise<Response> {
  const parent = readTraceparent(request.headers.get("traceparent"));
  const attributes = { ...requestAttributes(request.method, route), "enviro.rehearsal": true };
  const span = tracer.start(`${request.method} ${route}`, { kind: "server", parent, attributes });
  return inSpan(span, async () => {
    try {
      const answer = await cast();
      noteAnswer(span, answer);
      return answer;
    } catch (error) {
      if (error instanceof Problem) noteStatus(span, problems[error.code].status, error.code);
      throw error;
    }
  });
}

function describe(request: Request, routes: RouteTable): { name: string; options: TraceOptions } {
  const { method, url, headers } = request;
  const route = routes.find(new URL(url).pathname)?.path;
  const isVoters = route === undefined || votersRoutes.test(route);
  return {
    name: route === undefined ? method : `${method} ${route}`,
    options: {
      kind: "server",
      parent: isVoters ? null : readTraceparent(headers.get("traceparent")),
      attributes: requestAttributes(method, route),
    },
  };
}

function requestAttributes(method: string, route: string | undefined) {
  return { "http.request.method": method, "http.route": route };
}

function noteAnswer(span: Span | null, answer: Response): void {
  noteStatus(span, answer.status, problemCodeOf(answer));
}

function noteStatus(span: Span | null, status: number, code: string | undefined): void {
  span?.set({ "http.response.status_code": status, "enviro.outcome.code": code });
  if (status >= 500) span?.fail(new LoggableError(`status ${status}`));
}

function recordFailed(
  tracer: Tracer,
  {
    request,
    answer,
    startedAt,
    routes,
  }: { request: Request; answer: Response; startedAt: number; routes: RouteTable },
): void {
  const { name, options } = describe(request, routes);
  const span = tracer.start(name, { ...options, startedAt });
  noteAnswer(span, answer);
  span?.end();
}
