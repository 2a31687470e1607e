import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import * as contract from "../contract/receipt-keys.ts";

/** The public keys of the deployment's signatures. */
export function receiptKeyRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(contract.readSigningKeysRoute, (c) =>
    c.json({ keys: [...deps.receipts.publicKeys] }, 200, { "cache-control": "max-age=300" }),
  );
}
