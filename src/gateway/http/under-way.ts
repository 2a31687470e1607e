import type { MiddlewareHandler } from "hono";
import { limits } from "../../shared/limits.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { GatewayRefusal } from "../refusal.ts";

/**
 * What is under way now, so that memory stays bounded and a stopping gateway knows when it is idle.
 */
export class RequestsUnderWay {
  #requests = 0;
  #bytes = 0;
  #isStopping = false;
  #onIdle: (() => void) | null = null;

  /** Refuses what would be too much, before its body is read. */
  limit(metrics: GatewayMetrics): MiddlewareHandler {
    return async (c, next) => {
      if (this.#isStopping) throw new GatewayRefusal("gateway.stopping");
      // A body of unknown length counts as the largest that may come.
      const bytes = Number(c.req.header("content-length") ?? limits.gatewayBodyBytesMax);
      if (!(bytes <= limits.gatewayBodyBytesMax)) throw new GatewayRefusal("body.too_large");
      const isTooMuch =
        this.#requests >= limits.gatewayRequestsMax ||
        this.#bytes + bytes > limits.gatewayBytesUnderWayMax;
      if (isTooMuch) throw new GatewayRefusal("gateway.overloaded");
      this.#requests += 1;
      this.#bytes += bytes;
      metrics.requestsUnderWay.set(this.#requests);
      try {
        await next();
      } finally {
        this.#requests -= 1;
        this.#bytes -= bytes;
        metrics.requestsUnderWay.set(this.#requests);
        if (this.#requests === 0) this.#onIdle?.();
      }
    };
  }

  /** Takes nothing more, and resolves once everything is answered. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#requests === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
  }
}
