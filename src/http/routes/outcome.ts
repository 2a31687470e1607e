import type { OpenAPIHono } from "@hono/zod-openapi";
import { sha256Hex } from "../../auth/digest.ts";
import { manifestText } from "../../decision/manifest.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/outcome.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { etagOf, isUnchanged, stillNewest, versionIn } from "../responses/etag.ts";
import { Problem } from "../problem.ts";
import { SharedOutcomes } from "../coalescing/shared-outcomes.ts";
import { findManifest, readerOf } from "./require-decision.ts";

/** What a decision's rule says, and the frozen manifest that it stands in. */
export function outcomeRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const shared = new SharedOutcomes(deps);

  app.openapi(contract.readOutcomeRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const seen = c.req.header("if-none-match");
    const { value, newerSeen } = await shared.read(decisionId, versionIn(seen), readerOf(deps, c));
    if (newerSeen !== null) return c.body(null, 304, stillNewest(newerSeen));
    const { version, isLast, textAt } = value;
    const headers = {
      etag: etagOf(version),
      "cache-control": isLast ? `public, max-age=${limits.finalOutcomeSeconds}` : "no-cache",
    };
    if (isUnchanged(seen, headers.etag)) return c.body(null, 304, headers);
    return c.body(textAt(deps.now()), 200, { ...headers, "content-type": "application/json" });
  });

  app.openapi(contract.readManifestRoute, async (c) => {
    const { decisionId } = c.req.valid("param");
    const manifest = await findManifest(deps, decisionId, readerOf(deps, c));
    if (manifest === null) throw new Problem("manifest.none");
    const text = manifestText(manifest);
    const headers = {
      etag: `"${sha256Hex(text)}"`,
      "cache-control": `public, max-age=${limits.finalOutcomeSeconds}`,
    };
    if (isUnchanged(c.req.header("if-none-match"), headers.etag)) return c.body(null, 304, headers);
    return c.body(text, 200, { ...headers, "content-type": "application/json" });
  });
}
