import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AnsweredRequest } from "../metering/request-meter.ts";
import { problemResponse, type Problem } from "../problem.ts";
import { withAnswerHeaders } from "./answer-headers.ts";

/**
 * What every request and answer of the API passes; `check` says why a request goes no further, and
 * `measure` hears of each answer. It
 * stands around the app, not in it: with a middleware on every path each vote would go through
 * Hono's generic composition.
 */
export function aroundEveryRequest(
  app: OpenAPIHono,
  check: (request: Request) => Problem | null,
  measure: (answered: AnsweredRequest) => void = () => {},
): void {
  const answer = app.fetch;
  app.fetch = async (request, ...rest) => {
    const arrivedAt = Date.now();
    const refusal = check(request);
    const response = withAnswerHeaders(
      refusal === null ? await answer(request, ...rest) : problemResponse(refusal),
    );
    measure({ request, status: response.status, ms: Date.now() - arrivedAt });
    return response;
  };
}
