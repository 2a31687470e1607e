import { z } from "@hono/zod-openapi";
import { keyRoles } from "../../auth/api-key.ts";
import {
  decisionIdSchema,
  decisionParams,
  jsonContent,
  jsonRequest,
  keySecurity,
  ownerSchema,
} from "./common.ts";
import { route } from "./route.ts";

const keyShape = {
  id: z.string(),
  role: z.enum(keyRoles),
  label: z.string(),
  decision_id: z.string().nullable(),
  owner: z.string().nullable(),
  created_at: z.string(),
};

const labelSchema = z.string().min(1).max(200);

export const keyGrantSchema = z
  .strictObject({
    role: z.enum(keyRoles),
    label: labelSchema,
    decision_id: decisionIdSchema
      .nullable()
      .default(null)
      .openapi({ description: "The one decision that the key is good for; null for all" }),
    owner: ownerSchema.nullable().default(null).openapi({
      description:
        "Whom an organiser's key speaks for; other roles have none. Decisions belong to the owner: another key of the same owner manages them as well",
    }),
  })
  .refine(({ role, owner }) => (role === "organiser") === (owner !== null), {
    message: "an organiser's key has an owner, and no other key has",
    path: ["owner"],
  })
  .refine(({ role, decision_id }) => role !== "organiser" || decision_id === null, {
    message: "an organiser's key is good for all decisions of its owner",
    path: ["decision_id"],
  });

const issuedKeySchema = z.object({
  ...keyShape,
  key: z.string().openapi({ description: "Shown this once" }),
});

export const issueKeyRoute = route({
  method: "post",
  path: "/api/v1/api-keys",
  summary: "Issue an API key",
  security: keySecurity("admin"),
  request: jsonRequest(keyGrantSchema),
  errors: ["keys.full"],
  responses: {
    201: jsonContent(issuedKeySchema, "Issued"),
  },
});

export const listKeysRoute = route({
  method: "get",
  path: "/api/v1/api-keys",
  summary: "List the API keys, without their secrets",
  security: keySecurity("admin"),
  errors: [],
  responses: {
    200: jsonContent(z.object({ items: z.array(z.object(keyShape)) }), "All keys"),
  },
});

export const revokeKeyRoute = route({
  method: "delete",
  path: "/api/v1/api-keys/{keyId}",
  summary: "Revoke an API key",
  security: keySecurity("admin"),
  request: { params: z.object({ keyId: z.string().max(64) }) },
  errors: [],
  responses: { 204: { description: "Revoked" } },
});

const stationKeysPath = "/api/v1/decisions/{decisionId}/station-keys" as const;

export const issueStationKeyRoute = route({
  method: "post",
  path: stationKeysPath,
  summary: "Issue a key to a polling station of a decision",
  description:
    "Good for this decision alone, from its opening to its close; that it was issued is public (`…/events`). A key that the organiser issues casts votes and looks up who is on the roll. Whether a voter has voted is told to stations whose key an admin issued, since organisers issue ballot tokens; and where stations replace votes (`stations: overrides`) admins alone issue their keys.",
  security: keySecurity("admin", "organiser"),
  request: { params: decisionParams, ...jsonRequest(z.strictObject({ label: labelSchema })) },
  errors: [
    "manifest.none",
    "decision.already_ended",
    "vote.stations_excluded",
    "station_key.replaces_votes",
    "keys.full",
  ],
  responses: { 201: jsonContent(issuedKeySchema, "Issued") },
});

export const listStationKeysRoute = route({
  method: "get",
  path: stationKeysPath,
  summary: "List the keys of a decision's polling stations, without their secrets",
  description:
    "Those that are good for this decision alone. One without an owner was issued by an admin.",
  security: keySecurity("admin", "organiser"),
  request: { params: decisionParams },
  errors: [],
  responses: {
    200: jsonContent(z.object({ items: z.array(z.object(keyShape)) }), "Its stations' keys"),
  },
});

export const revokeStationKeyRoute = route({
  method: "delete",
  path: `${stationKeysPath}/{keyId}`,
  summary: "Revoke the key of a polling station of a decision",
  description:
    "An organiser revokes what it has issued itself. What the key has cast stays cast; it may pass for another half minute.",
  security: keySecurity("admin", "organiser"),
  request: { params: decisionParams.extend({ keyId: z.string().max(64) }) },
  errors: [],
  responses: { 204: { description: "Revoked" } },
});
