import type { RouteName } from "../../../src/client/routes.ts";
import { adminKey } from "./api.ts";
import type { Role } from "./routes.ts";

/** For monitors and tools: in no contract, and not in the typed client. */
type UntypedRoute = "GET /healthz" | "GET /readyz" | "GET /api/v1/openapi.json";

const openRoutes = [
  "GET /healthz",
  "GET /readyz",
  "GET /api/v1/openapi.json",
  "GET /api/v1/decisions",
  "GET /api/v1/decisions/{decisionId}",
  "GET /api/v1/decisions/{decisionId}/results",
  "GET /api/v1/decisions/{decisionId}/results/{region}",
  "GET /api/v1/decisions/{decisionId}/results/stream",
  "GET /api/v1/decisions/{decisionId}/results/socket",
  "GET /api/v1/decisions/{decisionId}/outcome",
  "GET /api/v1/decisions/{decisionId}/manifest",
  "GET /api/v1/decisions/{decisionId}/map",
  "GET /api/v1/decisions/{decisionId}/rule",
  "GET /api/v1/decisions/{decisionId}/turnout",
  "GET /api/v1/decisions/{decisionId}/events",
  "GET /api/v1/decisions/{decisionId}/votes",
  "GET /api/v1/decisions/{decisionId}/votes/others",
  "GET /api/v1/decisions/{decisionId}/votes/received",
  "GET /api/v1/decisions/{decisionId}/export",
  "GET /api/v1/regions/{region}/results",
  "GET /api/v1/search/decisions",
  "GET /api/v1/stats",
  "GET /api/v1/status",
  "GET /api/v1/decisions/{decisionId}/stats",
  "POST /api/v1/rules/evaluate",
  "GET /api/v1/rules/presets",
  "POST /api/v1/plan",
  "GET /.well-known/enviro-governance/keys",
  // Of these three each looks at the session by itself; signing in has the key in its body.
  "GET /api/v1/session",
  "POST /api/v1/session",
  "DELETE /api/v1/session",
  "GET /api/v1/session/login",
  "GET /api/v1/session/callback/{provider}",
] as const satisfies readonly (RouteName | UntypedRoute)[];

/**
 * What anyone may ask for without a credential. A route that is added here is a decision that
 * somebody made.
 */
export const publicRoutes: readonly string[] = openRoutes;

/** What a public route needs in its body to answer at all. */
export const publicBodies: Record<string, object> = {
  "POST /api/v1/rules/evaluate": { preset: "simple-majority", tally: { yes: 2, no: 1 } },
  "POST /api/v1/plan": { votes_per_second: 100 },
  "POST /api/v1/session": { key: adminKey },
};

/** The body of a route whose credential is looked at after its body. */
export const loginBodies: Record<string, object> = {
  "POST /api/v1/decisions/{decisionId}/tokens/exchange": { secret: "s".repeat(43) },
};

const admins: Role[] = ["admin"];
const organisers: Role[] = ["admin", "organiser"];
const auditors: Role[] = ["admin", "auditor"];

type ClosedRoute = Exclude<RouteName, (typeof openRoutes)[number]>;

/**
 * Who may use every other route; everybody else is refused. This is the written truth: the guards,
 * the OpenAPI document and docs/roles.md follow it. An organiser here is the one whose decision it
 * is. Its names are those of the typed client, which therefore knows every route.
 */
const closedRoutes: Record<ClosedRoute, Role[]> = {
  "POST /api/v1/voting/cast-vote": ["voter"],
  "POST /api/v1/voting/withdraw": ["voter"],
  "POST /api/v1/decisions/{decisionId}/votes/mine": ["voter"],
  "GET /api/v1/decisions/{decisionId}/ballot-socket": ["voter"],
  "POST /api/v1/decisions/{decisionId}/votes/batch": ["station", "admin"],
  "GET /api/v1/decisions/{decisionId}/station-socket": ["station", "admin"],
  // Another organiser drafts too: a decision of its own.
  "POST /api/v1/decisions/{decisionId}/tokens/exchange": ["login"],
  "POST /api/v1/decisions": [...organisers, "another organiser"],
  "PATCH /api/v1/decisions/{decisionId}": organisers,
  "POST /api/v1/decisions/{decisionId}/open": organisers,
  "POST /api/v1/decisions/{decisionId}/close": organisers,
  "POST /api/v1/decisions/{decisionId}/cancel": organisers,
  "DELETE /api/v1/decisions/{decisionId}": organisers,
  "POST /api/v1/decisions/{decisionId}/tokens": organisers,
  "POST /api/v1/decisions/{decisionId}/tokens/revoke": organisers,
  "PUT /api/v1/decisions/{decisionId}/roll": organisers,
  "POST /api/v1/decisions/{decisionId}/roll/uploads": organisers,
  "PUT /api/v1/decisions/{decisionId}/roll/uploads": organisers,
  "POST /api/v1/decisions/{decisionId}/roll/uploads/finish": organisers,
  "GET /api/v1/decisions/{decisionId}/roll": [...organisers, "auditor"],
  "PUT /api/v1/decisions/{decisionId}/map": organisers,
  "DELETE /api/v1/decisions/{decisionId}/map": organisers,
  "GET /api/v1/decisions/{decisionId}/eligibility": ["voter"],
  "POST /api/v1/decisions/{decisionId}/eligibility": [...organisers, "station"],
  "POST /api/v1/decisions/{decisionId}/look-ups": ["admin", "station"],
  "POST /api/v1/decisions/{decisionId}/station-keys": organisers,
  "GET /api/v1/decisions/{decisionId}/station-keys": organisers,
  "DELETE /api/v1/decisions/{decisionId}/station-keys/{keyId}": organisers,
  "POST /api/v1/decisions/{decisionId}/marked-register": [...organisers, "auditor"],
  "GET /api/v1/audit/decisions": auditors,
  // Another organiser reads its own.
  "GET /api/v1/own-decisions": [...organisers, "another organiser"],
  "GET /api/v1/uncertified-decisions": auditors,
  "GET /api/v1/decisions/{decisionId}/certification": [...organisers, "auditor"],
  "GET /api/v1/service": auditors,
  "GET /api/v1/audit-log": auditors,
  "GET /api/v1/decisions/{decisionId}/audit-log": [...auditors, "organiser"],
  "GET /api/v1/decisions/{decisionId}/audit": auditors,
  "GET /api/v1/decisions/{decisionId}/audit/openings": auditors,
  "GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/ballots": auditors,
  "GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/roll": auditors,
  "GET /api/v1/decisions/{decisionId}/audit/database/{shard}/ballots": auditors,
  "POST /api/v1/decisions/{decisionId}/rebuild": admins,
  "POST /api/v1/api-keys": admins,
  "GET /api/v1/api-keys": admins,
  "DELETE /api/v1/api-keys/{keyId}": admins,
  "GET /api/v1/dead-letters": auditors,
  "GET /api/v1/dead-letters/{deadLetterId}": auditors,
  "POST /api/v1/dead-letters/{deadLetterId}/replay": admins,
  "POST /api/v1/dead-letters/{deadLetterId}/dismiss": admins,
  "POST /api/v1/search/reindex": admins,
  "POST /api/v1/decisions/{decisionId}/shards/{shard}/recovery": admins,
  "POST /api/v1/backups": admins,
  "GET /api/v1/backups/{backup}/objects": admins,
  "GET /api/v1/backups/{backup}/objects/{object}": admins,
  "PUT /api/v1/backups/{backup}/objects/{object}": admins,
};

export const guardedRoutes: Record<string, Role[]> = {
  ...closedRoutes,
  // For Prometheus, not in the typed client.
  "GET /metrics": auditors,
};
