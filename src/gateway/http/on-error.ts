import type { ErrorHandler } from "hono";
import type { GatewayLog } from "../log.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { GatewayRefusal } from "../refusal.ts";
import { RareLines } from "./rare-lines.ts";

const faultFirst = 500;

/**
 * The one place that turns what is thrown into an answer: `error` is what both genuine clients
 * show, `status` and `result` what the Kafka client expects beside it, `code` what never changes.
 */
export function answerRefusals(metrics: GatewayMetrics, log: GatewayLog): ErrorHandler {
  const lines = new RareLines();
  return (error, c) => {
    const refusal =
      error instanceof GatewayRefusal
        ? error
        : new GatewayRefusal("gateway.error", undefined, { cause: error });
    const { code, status, message } = refusal;
    metrics.refusals.labels(code).inc();
    if (status >= faultFirst) {
      const unsaid = lines.take(code);
      if (unsaid !== null) log.warn("a request was refused", { code, unsaid, error: refusal });
    }
    if (status === 401) c.header("www-authenticate", "Basic, Bearer");
    if (status === 503) c.header("retry-after", "1");
    return c.json({ error: message, result: "Error", status, code }, status);
  };
}
