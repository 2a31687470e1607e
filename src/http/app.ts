import { OpenAPIHono } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import { DatabaseUnavailable } from "../database/database.ts";
import type { HttpDependencies } from "../ports/http-dependencies.ts";
import { UnknownDecision } from "../ports/unknown-decision.ts";
import { SearchUnavailable } from "../search/search.ts";
import { isUnknownVersion } from "../shared/versioned.ts";
import { admitByAddress, limitRefusal } from "./middleware/admission.ts";
import { answerSharedResults } from "./middleware/answer-shared-results.ts";
import { compressBodies } from "./middleware/compress-bodies.ts";
import { aroundEveryRequest } from "./middleware/every-request.ts";
import { findUnknownParameter } from "./middleware/known-parameters.ts";
import { RouteTable } from "./middleware/route-table.ts";
import { traceRequests } from "./middleware/trace-requests.ts";
import { meterRequest } from "./metering/request-meter.ts";
import { Problem, problemResponse } from "./problem.ts";
import type { ProblemCode } from "./problems/problems.ts";
import { administrationRoutes } from "./routes/administration.ts";
import { auditLogRoutes } from "./routes/audit-log.ts";
import { auditRoutes } from "./routes/audit.ts";
import { ballotSocketRoutes } from "./routes/ballot-socket.ts";
import { backupRoutes } from "./routes/backup.ts";
import { batchRoutes } from "./routes/batch.ts";
import { deadLetterRoutes } from "./routes/dead-letters.ts";
import { decisionRoutes } from "./routes/decisions.ts";
import { eligibilityRoutes } from "./routes/eligibility.ts";
import { exchangeRoutes } from "./routes/exchange.ts";
import { healthRoutes } from "./routes/health.ts";
import { keyRoutes } from "./routes/keys.ts";
import { lookUpRoutes } from "./routes/look-ups.ts";
import { markedRegisterRoutes } from "./routes/marked-register.ts";
import { openApiRoute } from "./routes/openapi.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import { outcomeRoutes } from "./routes/outcome.ts";
import { recordRoutes } from "./routes/records.ts";
import { recoveryRoutes } from "./routes/recovery.ts";
import { reindexRoutes } from "./routes/reindex.ts";
import { resultRoutes } from "./routes/results.ts";
import { turnoutRoutes } from "./routes/turnout.ts";
import { mapRoutes } from "./routes/map.ts";
import { ownVoteRoutes } from "./routes/own-vote.ts";
import { receiptKeyRoutes } from "./routes/receipt-keys.ts";
import { planRoutes } from "./routes/plan.ts";
import { ruleRoutes } from "./routes/rules.ts";
import { rollRoutes } from "./routes/roll.ts";
import { statisticsRoutes } from "./routes/statistics.ts";
import { statusRoutes } from "./routes/status.ts";
import { staffLoginRoutes } from "./routes/staff-login.ts";
import { stationSocketRoutes } from "./routes/station-socket.ts";
import { stationKeyRoutes } from "./routes/station-keys.ts";
import { searchRoutes } from "./routes/search.ts";
import { sessionRoutes } from "./routes/session.ts";
import { rollUploadRoutes } from "./routes/roll-uploads.ts";
import { tokenRoutes } from "./routes/tokens.ts";
import { votingRoutes } from "./routes/voting.ts";
import { refuseInvalid } from "./requests/validation.ts";

/** All that may answer at length: everything but a vote, whose way is kept short. */
const compressedPaths = [
  "/api/v1/decisions/*",
  "/api/v1/regions/*",
  "/api/v1/audit/*",
  "/api/v1/audit-log",
  "/api/v1/own-decisions",
  "/api/v1/search/*",
  "/api/v1/stats",
  "/api/v1/status",
  "/api/v1/rules/*",
  "/api/v1/plan",
  "/api/v1/openapi.json",
];

/** All that anybody may ask, and what is asked about decisions; not the way of a single vote. */
const admittedPaths = [
  "/api/v1/decisions/*",
  "/api/v1/regions/*",
  "/api/v1/rules/*",
  "/api/v1/plan",
  "/api/v1/search/*",
  "/api/v1/stats",
  "/api/v1/status",
  "/api/v1/session/*",
  "/api/v1/openapi.json",
  "/.well-known/*",
];

/** The HTTP side of a deployment that lacks what every answer needs: it says so, and no more. */
export function createMisconfiguredApp(): OpenAPIHono {
  const app = new OpenAPIHono();
  app.notFound(() => problemResponse(new Problem("service.misconfigured")));
  aroundEveryRequest(app, () => null);
  return app;
}

/** The whole HTTP side, on what `deps` gives it. */
export function createApp(deps: HttpDependencies): OpenAPIHono {
  const app = new OpenAPIHono({ defaultHook: refuseInvalid });
  const admit = admitByAddress(app, deps);
  for (const path of admittedPaths) app.use(path, admit);
  for (const path of compressedPaths) app.use(path, compressBodies);
  decisionRoutes(app, deps);
  rollRoutes(app, deps);
  mapRoutes(app, deps);
  rollUploadRoutes(app, deps);
  eligibilityRoutes(app, deps);
  lookUpRoutes(app, deps);
  stationKeyRoutes(app, deps);
  markedRegisterRoutes(app, deps);
  votingRoutes(app, deps);
  ballotSocketRoutes(app, deps);
  ownVoteRoutes(app, deps);
  batchRoutes(app, deps);
  stationSocketRoutes(app, deps);
  tokenRoutes(app, deps);
  exchangeRoutes(app, deps);
  resultRoutes(app, deps);
  turnoutRoutes(app, deps);
  outcomeRoutes(app, deps);
  recordRoutes(app, deps);
  searchRoutes(app, deps);
  statisticsRoutes(app, deps);
  statusRoutes(app, deps);
  ruleRoutes(app);
  planRoutes(app);
  auditRoutes(app, deps);
  deadLetterRoutes(app, deps);
  reindexRoutes(app, deps);
  backupRoutes(app, deps);
  recoveryRoutes(app, deps);
  auditLogRoutes(app, deps);
  administrationRoutes(app, deps);
  keyRoutes(app, deps);
  sessionRoutes(app, deps);
  staffLoginRoutes(app, deps);
  receiptKeyRoutes(app, deps);
  healthRoutes(app, deps);
  metricsRoutes(app, deps);
  openApiRoute(app);
  const routes = new RouteTable(app);
  app.notFound((c) => problemResponse(routes.notServed(c.req.path)));
  app.onError(async (error, c) => {
    if (error instanceof Problem) {
      return problemResponse(await limitRefusal(deps, error, c.req.raw));
    }
    // The library's own: a body whose type a route does not take, and which nobody has read.
    if (error instanceof HTTPException && error.status === 415)
      return problemResponse(new Problem("body.unsupported_type"));
    if (error instanceof UnknownDecision) return problemResponse(new Problem("decision.not_found"));
    // The route's pattern, since a path names its decision and may name anything.
    deps.report("http.failed", error, { method: c.req.method, route: routePath(c) });
    return problemResponse(new Problem(codeOfFailure(error)));
  });
  answerSharedResults(app, deps);
  aroundEveryRequest(
    app,
    (request) => findUnknownParameter(routes, request),
    (answered) => meterRequest(deps.meter, routes, answered),
  );
  traceRequests(app, deps.tracer, routes);
  return app;
}

function codeOfFailure(error: unknown): ProblemCode {
  if (error instanceof DatabaseUnavailable) return "database.unavailable";
  if (error instanceof SearchUnavailable) return "search.unavailable";
  return isUnknownVersion(error) ? "service.updating" : "server.error";
}
