import type { OpenAPIHono } from "@hono/zod-openapi";
import { problemResponse, type Problem } from "../problem.ts";
import { withAnswerHeaders } from "./answer-headers.ts";

/**
 * What every request and answer of the API passes; `check` says why a request goes no further. It
 * stands around the app, not in it: with a middleware on every path each vote would go through
 * Hono's generic composition.
 */
export function aroundEveryRequest(
  app: OpenAPIHono,
  check: (request: Request) => Problem | null,
): void {
  const answer = app.fetch;
  app.fetch = async (request, ...rest) => {
    const refusal = check(request);
    return withAnswerHeaders(
      refusal === null ? await answer(request, ...rest) : problemResponse(refusal),
    );
  };
}
