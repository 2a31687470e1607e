import type { Role } from "./routes.ts";

/** What anyone may ask for without a credential. A route that is added here is a decision that somebody made. */
export const publicRoutes = [
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
  "GET /api/v1/decisions/{decisionId}/votes",
  "GET /api/v1/decisions/{decisionId}/export",
  "GET /api/v1/regions/{region}/results",
  "POST /api/v1/rules/evaluate",
  "GET /api/v1/rules/presets",
];

/** What a public route needs in its body to answer at all. */
export const publicBodies: Record<string, object> = {
  "POST /api/v1/rules/evaluate": { preset: "simple-majority", tally: { yes: 2, no: 1 } },
};

const admin: Role[] = ["admin"];

/** Who may use every other route; everybody else is refused. */
export const guardedRoutes: Record<string, Role[]> = {
  "POST /api/v1/voting/cast-vote": ["voter"],
  "POST /api/v1/voting/withdraw": ["voter"],
  "POST /api/v1/decisions/{decisionId}/votes/batch": ["station", "admin"],
  "POST /api/v1/decisions": admin,
  "PATCH /api/v1/decisions/{decisionId}": admin,
  "POST /api/v1/decisions/{decisionId}/open": admin,
  "POST /api/v1/decisions/{decisionId}/close": admin,
  "POST /api/v1/decisions/{decisionId}/cancel": admin,
  "POST /api/v1/decisions/{decisionId}/tokens": admin,
  "PUT /api/v1/decisions/{decisionId}/roll": admin,
  "GET /api/v1/decisions/{decisionId}/roll": admin,
  "GET /api/v1/decisions/{decisionId}/eligibility": ["voter"],
  "POST /api/v1/decisions/{decisionId}/eligibility": ["station", "admin"],
  "GET /api/v1/audit/decisions": admin,
  "GET /api/v1/decisions/{decisionId}/audit": admin,
  "GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/ballots": admin,
  "GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/roll": admin,
  "GET /api/v1/decisions/{decisionId}/audit/database/{shard}/ballots": admin,
  "POST /api/v1/decisions/{decisionId}/rebuild": admin,
  "GET /api/v1/dead-letters": admin,
  "GET /api/v1/dead-letters/{place}": admin,
  "POST /api/v1/dead-letters/{place}/replay": admin,
  "POST /api/v1/api-keys": admin,
  "GET /api/v1/api-keys": admin,
  "DELETE /api/v1/api-keys/{keyId}": admin,
};
