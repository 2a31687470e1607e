import type { OpenAPIHono } from "@hono/zod-openapi";
import { completeDocument, tags } from "../openapi/complete-document.ts";
import type { OpenApiDocument } from "../openapi/document.ts";
import { sessionCookie } from "../requests/session-cookie.ts";

const config = {
  openapi: "3.1.0",
  info: {
    title: "Enviro-Governance",
    version: "1",
    description:
      "Decisions, votes and their exact results. Errors are problem documents (RFC 9457) with a stable `code`; each route lists its codes.",
    license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
  },
  servers: [{ url: "/" }],
  tags,
};

const securitySchemes = {
  ballotToken: {
    bearerFormat: "JWT",
    description: "A ballot token, issued to one voter for one decision",
  },
  idToken: {
    bearerFormat: "JWT",
    description: "An ID token (OpenID Connect) of the issuer that the decision names",
  },
  apiKey: {
    description:
      "An API key; each route lists the roles that may use it. An organiser's key is good for the decisions of its owner",
  },
};

/** Signing in sets it; a browser sends it by itself. */
const sessionScheme = {
  type: "apiKey",
  in: "cookie",
  name: sessionCookie.name,
  description:
    "The session of somebody who has signed in; each route lists the roles that may use it. It counts where no Authorization header is sent, and for what changes something from a page of this origin alone",
} as const;

/** The contract as an OpenAPI 3.1 document, from the same schemas that validate requests. */
export function openApiRoute(app: OpenAPIHono): void {
  for (const [name, scheme] of Object.entries(securitySchemes)) {
    const bearer = { type: "http", scheme: "bearer", ...scheme } as const;
    app.openAPIRegistry.registerComponent("securitySchemes", name, bearer);
  }
  app.openAPIRegistry.registerComponent("securitySchemes", "session", sessionScheme);
  let text: string | null = null;
  app.get("/api/v1/openapi.json", (c) => {
    if (text === null) {
      // A copy, since the routes share objects and are completed one by one.
      const copy = JSON.parse(JSON.stringify(app.getOpenAPI31Document(config))) as OpenApiDocument;
      text = JSON.stringify(completeDocument(copy));
    }
    return c.body(text, 200, { "content-type": "application/json" });
  });
}
