import { z } from "@hono/zod-openapi";
import { sessionRoles } from "../../auth/session.ts";
import { limits } from "../../shared/limits.ts";
import { jsonContent, jsonRequest, sessionSecurity } from "./common.ts";
import { route } from "./route.ts";

const sessionShape = z
  .object({
    id: z.string().openapi({ description: "As it stands in audit logs; no secret" }),
    role: z.enum(sessionRoles),
    owner: z.string().nullable(),
    label: z.string(),
    decision_id: z
      .string()
      .nullable()
      .openapi({ description: "The one decision that it is good for; null for all" }),
    expires_at: z.iso.datetime(),
    signed_in_with: z.enum(["key", "login"]),
  })
  .openapi("Session");

export const readSessionRoute = route({
  method: "get",
  path: "/api/v1/session",
  summary: "Read who has signed in here, and with whom else one may",
  security: sessionSecurity,
  errors: ["service.updating"],
  responses: {
    200: jsonContent(
      z.object({
        session: sessionShape.nullable(),
        providers: z
          .array(z.object({ id: z.string(), name: z.string() }))
          .openapi({ description: "Logins elsewhere that this deployment trusts with its staff" }),
      }),
      "The session, or null where there is none or it has ended",
    ),
  },
});

export const beginSessionRoute = route({
  method: "post",
  path: "/api/v1/session",
  summary: "Sign in with an API key",
  description:
    "The answer sets the cookie of a new session, with the rights of the key; it ends with the key, after twelve hours, or by signing out. A station's key begins none.",
  request: jsonRequest(
    z.strictObject({ key: z.string().min(1).max(limits.sessionKeyCharactersMax) }),
  ),
  errors: [
    "key.invalid",
    "role.forbidden",
    "session.cross_site",
    "sessions.full",
    "service.updating",
  ],
  responses: { 201: jsonContent(z.object({ session: sessionShape }), "Signed in") },
});

export const endSessionRoute = route({
  method: "delete",
  path: "/api/v1/session",
  summary: "Sign out",
  security: sessionSecurity,
  errors: ["session.cross_site", "service.updating"],
  responses: { 204: { description: "Signed out, also where nobody had signed in" } },
});

/** A browser is sent on, with an answer that says nothing else. */
const sentOn = (description: string) => ({ description });

export const beginLoginRoute = route({
  method: "get",
  path: "/api/v1/session/login",
  summary: "Send a browser to a provider to log in",
  description:
    "With the authorization code flow of OpenID Connect, PKCE, state and nonce. What goes wrong is said on the page for signing in.",
  request: {
    query: z.object({
      provider: z.string().max(32).default(""),
      return_to: z.string().optional().openapi({
        description: "A path below /organise where to go on afterwards; any other is /organise",
      }),
    }),
  },
  errors: [],
  responses: { 302: sentOn("To the provider, or to the page for signing in") },
});

export const finishLoginRoute = route({
  method: "get",
  path: "/api/v1/session/callback/{provider}",
  summary: "Take a browser back from a provider, and sign it in",
  description:
    "The redirect URI that is registered at the provider, which adds what it likes: one for each, so that the answer of one is never taken for that of another (RFC 9700, 4.4). The code is exchanged once; the claims of the ID token give role and owner by the rules of `STAFF_LOGINS`.",
  request: {
    params: z.object({ provider: z.string() }),
    query: z.object({}).catchall(z.string()),
  },
  errors: ["service.updating"],
  responses: { 302: sentOn("Into the app, or to the page for signing in") },
});
