import { z } from "@hono/zod-openapi";
import { keyRoles } from "../../auth/api-key.ts";
import { decisionIdSchema, jsonContent, jsonRequest, keySecurity, ownerSchema } from "./common.ts";
import { route } from "./route.ts";

const keyShape = {
  id: z.string(),
  role: z.enum(keyRoles),
  label: z.string(),
  decision_id: z.string().nullable(),
  owner: z.string().nullable(),
  created_at: z.string(),
};

export const keyGrantSchema = z
  .strictObject({
    role: z.enum(keyRoles),
    label: z.string().min(1).max(200),
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

export const issueKeyRoute = route({
  method: "post",
  path: "/api/v1/api-keys",
  summary: "Issue an API key",
  security: keySecurity("admin"),
  request: jsonRequest(keyGrantSchema),
  errors: ["keys.full"],
  responses: {
    201: jsonContent(
      z.object({ ...keyShape, key: z.string().openapi({ description: "Shown this once" }) }),
      "Issued",
    ),
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
