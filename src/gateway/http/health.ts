import { Hono } from "hono";
import { withDeadline } from "../../shared/deadline.ts";
import { limits } from "../../shared/limits.ts";
import type { GatewayLog } from "../log.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { GatewayRefusal } from "../refusal.ts";

/**
 * Something behind the gateway, and how to ask whether it is there: gives how many brokers it has,
 * null of what has none, and rejects with the reason.
 */
export type Backend = { name: "kafka" | "redis"; check: () => Promise<number | null> };

/** `up`, or the code of what is wrong, and how many brokers answer for it. */
interface BackendState {
  name: Backend["name"];
  state: string;
  brokers: number | null;
}

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
  const readStates = shared(() => Promise.all(backends.map(stateOf)));
  const known = new Map<string, string>();

  app.get("/healthz", (c) => c.json({ status: "ok" }));

  const look = async (): Promise<BackendState[]> => {
    const states = await readStates();
    for (const { name, state, brokers } of states) {
      metrics.backendUp.labels(name).set(state === "up" ? 1 : 0);
      if (name === "kafka") metrics.brokers.set(brokers ?? 0);
      // Said when it changes, not each time that somebody asks.
      if (known.get(name) !== state) log.info("readiness", { backend: name, state });
      known.set(name, state);
    }
    return states;
  };

  app.get("/readyz", async (c) => {
    const states = await look();
    const told = states.flatMap(({ name, state, brokers }) => [
      [name, state] as const,
      ...(brokers === null ? [] : [["brokers", brokers] as const]),
    ]);
    const isReady = states.every(({ state }) => state === "up");
    return c.json(Object.fromEntries(told), isReady ? 200 : 503);
  });

  // Nobody else may ask for readiness. What is found too late for this answer is in the next.
  app.get("/metrics", async (c) => {
    await withDeadline(look(), limits.gatewayMetricsLookMsMax, () => null);
    const text = await metrics.registry.metrics();
    return c.text(text, 200, { "content-type": metrics.registry.contentType });
  });

  return app;
}

/** Gives everybody who asks within a second what one look has found: looks cost the brokers work. */
function shared<Value>(look: () => Promise<Value>): () => Promise<Value> {
  let last: Promise<Value> | null = null;
  return () => {
    if (last !== null) return last;
    const begun = look();
    last = begun;
    // It is forgotten a second after it has ended, so no two looks are under way at once.
    const forget = (): void => {
      setTimeout(() => {
        last = null;
      }, limits.healthSharedMs).unref();
    };
    begun.then(forget, forget);
    return begun;
  };
}

async function stateOf({ name, check }: Backend): Promise<BackendState> {
  try {
    return { name, state: "up", brokers: await check() };
  } catch (error) {
    const state = error instanceof GatewayRefusal ? error.code : "gateway.error";
    return { name, state, brokers: null };
  }
}
