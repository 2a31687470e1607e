import type { OpenAPIHono } from "@hono/zod-openapi";

/** The contract as an OpenAPI 3.1 document, from the same schemas that judge requests. */
export function openApiRoute(app: OpenAPIHono): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "ballotToken", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "A ballot token, issued to one voter for one decision",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "idToken", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "An ID token (OpenID Connect) of the issuer that the decision names",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description: "An API key; each route lists the roles that may use it. An organiser's key is good for the decisions of its owner",
  });
  app.doc31("/api/v1/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Enviro-Governance",
      version: "1",
      description:
        "Decisions, votes and their exact results. Errors are problem documents (RFC 9457) with a stable `code`.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url: "/" }],
  });
}
