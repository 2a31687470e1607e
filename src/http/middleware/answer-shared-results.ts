import type { OpenAPIHono } from "@hono/zod-openapi";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { isLastVersion } from "../../results/shown-result.ts";
import { addressClassOf } from "../admission/address-classes.ts";
import { clientAddressOf } from "../admission/client-address.ts";
import { sharedResultsOf } from "../coalescing/shared-results.ts";
import { readResultsRoute } from "../contract/results.ts";
import { Problem, problemResponse } from "../problem.ts";
import { pathOf } from "../requests/path-of.ts";
import { isUnchanged, versionIn } from "../responses/etag.ts";
import type { ReadyResult } from "../responses/ready-result.ts";
import { leavesJsonAsItIs } from "./compress-bodies.ts";

const resultsPath = /^\/api\/v1\/decisions\/([^/%]+)\/results$/;

/**
 * Answers reads of results that this isolate shares just now, before routing: all else that a
 * request passes costs several times the answer. Whatever is not as simple goes on to its route.
 */
export function answerSharedResults(app: OpenAPIHono, deps: HttpDependencies): void {
  const shared = sharedResultsOf(deps);
  const kind = addressClassOf(readResultsRoute);
  const serve = app.fetch;
  const answer = (ready: ReadyResult, isKnown: boolean): Response => {
    deps.meter.count("enviro.cache.reads", { tier: "isolate" });
    return isKnown ? ready.unchanged() : ready.whole(deps.now());
  };

  app.fetch = (request, ...rest) => {
    const decisionId = request.method === "GET" ? decisionIn(request.url) : null;
    const ready = decisionId === null ? null : shared.find(decisionId);
    if (ready === null) return serve(request, ...rest);
    const seen = request.headers.get("if-none-match") ?? undefined;
    if (isAhead(ready, seen)) return serve(request, ...rest);
    const isKnown = isUnchanged(seen, ready.headers.etag);
    if (!isKnown && !leavesJsonAsItIs(request)) return serve(request, ...rest);
    if (kind === null || !deps.admission.isOn) return answer(ready, isKnown);
    return deps.admission
      .admits(kind, clientAddressOf(request))
      .then((isAdmitted) =>
        isAdmitted ? answer(ready, isKnown) : problemResponse(new Problem("rate.exceeded")),
      );
  };
}

function decisionIn(url: string): string | null {
  return url.includes("?") ? null : (resultsPath.exec(pathOf(url))?.[1] ?? null);
}

/** Whether the reader shows a newer version than this. */
function isAhead({ result, headers }: ReadyResult, seen: string | undefined): boolean {
  if (seen === undefined || seen === headers.etag) return false;
  return (versionIn(seen) ?? 0) > result.version && !isLastVersion(result);
}
