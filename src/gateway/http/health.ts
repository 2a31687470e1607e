import { Hono } from "hono";
import type { GatewayLog } from "../log.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { GatewayRefusal } from "../refusal.ts";

/**
 * Something behind the gateway, and how to ask whether it is there; asking rejects with the reason.
 */
export type Backend = { name: "kafka" | "redis"; check: () => Promise<unknown> };

/**
 * Whether the process lives, whether what is behind it does, and the figures; none of them needs a
 * credential or tells a secret.
 */
export function gatewayHealthRoutes(
  backends: readonly Backend[],
  metrics: GatewayMetrics,
  log: GatewayLog,
): Hono {
  const app = new Hono();
  const known = new Map<string, string>();

  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.get("/readyz", async (c) => {
    const states = await Promise.all(
      backends.map(async (backend) => [backend.name, await stateOf(backend)] as const),
    );
    for (const [name, state] of states) {
      metrics.backendUp.labels(name).set(state === "up" ? 1 : 0);
      // Said when it changes, not each time that somebody asks.
      if (known.get(name) !== state) log.info("readiness", { backend: name, state });
      known.set(name, state);
    }
    const isReady = states.every(([, state]) => state === "up");
    return c.json(Object.fromEntries(states), isReady ? 200 : 503);
  });

  app.get("/metrics", async (c) =>
    c.text(await metrics.registry.metrics(), 200, { "content-type": metrics.registry.contentType }),
  );

  return app;
}

/** `up`, or the code of what is wrong. */
async function stateOf({ check }: Backend): Promise<string> {
  try {
    await check();
    return "up";
  } catch (error) {
    return error instanceof GatewayRefusal ? error.code : "gateway.error";
  }
}
