import type { OpenAPIHono } from "@hono/zod-openapi";
import { readTraceparent } from "../../telemetry/traces/span-context.ts";
import { inSpan } from "../../telemetry/traces/trace-scope.ts";
import type { TraceOptions, Tracer } from "../../telemetry/traces/tracer.ts";
import type { Span } from "../../telemetry/traces/span.ts";
import type { Manifest } from "../../decision/decision.ts";
import { isTurnoutShown } from "../../decision/visibility.ts";
import { votersRoutes } from "../../telemetry/metrics/series.ts";
import { LoggableError } from "../../shared/loggable-error.ts";
import { Problem, problemCodeOf } from "../problem.ts";
import { problems } from "../problems/problems.ts";
import type { RouteTable } from "./route-table.ts";

const ofDecision = "/api/v1/decisions/:decisionId";

/** When requests of voters arrived that were chosen, in ms. */
const chosen = new WeakMap<Request, number>();
/** Requests of voters that are recorded. */
const recorded = new WeakSet<Request>();

/**
 * Records some of the requests, and all that fail, as server spans. It stands around everything else
 * that a request passes; one that is not recorded costs a random number. A voter's request is
 * recorded by `traceVote` alone, once it is known whose decision it is.
 */
export function traceRequests(app: OpenAPIHono, tracer: Tracer, routes: RouteTable): void {
  if (!tracer.isOn) return;
  const serve = app.fetch;
  app.fetch = async (request, ...rest) => {
    const startedAt = Date.now();
    if (tracer.sample()) {
      const route = routeOf(request, routes);
      if (!votersRoutes.has(route ?? "")) return traceOne(request, route);
      chosen.set(request, startedAt);
    }
    const answer = await serve(request, ...rest);
    if (answer.status >= 500 && !recorded.has(request)) {
      const route = routeOf(request, routes);
      const span = tracer.start(nameOf(request, route), {
        ...describe(request, route),
        startedAt,
      });
      noteAnswer(span, answer);
      span?.end();
    }
    return answer;

    function traceOne(of: Request, route: string | undefined): Promise<Response> {
      const span = tracer.start(nameOf(of, route), describe(of, route));
      return inSpan(span, async () => {
        const traced = await serve(of, ...rest);
        noteAnswer(span, traced);
        if (traced.ok) span?.set({ "enviro.decision.id": changedDecision(of, route) });
        return traced;
      });
    }
  };
}

/** The request of a vote, where it comes from a client. */
export interface TracedVote {
  request: Request;
  /** The pattern of its path. */
  route: string;
  manifest: Pick<Manifest, "visibility" | "rehearsal">;
}

/**
 * Casts in a trace where the vote was chosen and its decision shows how many have voted: the traces
 * of a sealed one would tell. A vote of a rehearsal is always recorded, and goes on from the
 * client's own trace: it never counts.
 */
export async function traceVote(
  tracer: Tracer,
  { request, route, manifest }: TracedVote,
  cast: () => Promise<Response>,
): Promise<Response> {
  if (!tracer.isOn) return cast();
  const isRehearsal = manifest.rehearsal === true;
  const startedAt = chosen.get(request);
  if (!isRehearsal && (startedAt === undefined || !isTurnoutShown(manifest))) return cast();
  const parent = isRehearsal ? readTraceparent(request.headers.get("traceparent")) : null;
  const span = tracer.start(nameOf(request, route), {
    kind: "server",
    parent,
    attributes: { ...requestAttributes(request.method, route), "enviro.rehearsal": isRehearsal },
    startedAt: startedAt ?? Date.now(),
  });
  recorded.add(request);
  const outcome = await inSpan(span, async () => {
    try {
      const answer = await cast();
      noteAnswer(span, answer);
      return answer;
    } catch (error) {
      // A refusal is an answer, and no failure of the span.
      if (!(error instanceof Problem)) throw error;
      noteStatus(span, problems[error.code].status, error.code);
      return error;
    }
  });
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

/** The decision that an organiser's request changes, which its audit log says as well. */
function changedDecision({ method, url }: Request, route = ""): string | undefined {
  const isChange = method !== "GET" && method !== "HEAD" && route.startsWith(ofDecision);
  return isChange ? new URL(url).pathname.split("/")[4] : undefined;
}

function routeOf({ url }: Request, routes: RouteTable): string | undefined {
  return routes.find(new URL(url).pathname)?.path;
}

function nameOf({ method }: Request, route: string | undefined): string {
  return route === undefined ? method : `${method} ${route}`;
}

function describe({ method, headers }: Request, route: string | undefined): TraceOptions {
  // A client's own trace must not lead to what it asks as a voter.
  const isVoters = route === undefined || votersRoutes.has(route);
  return {
    kind: "server",
    parent: isVoters ? null : readTraceparent(headers.get("traceparent")),
    attributes: requestAttributes(method, route),
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
