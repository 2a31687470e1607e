import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { limits } from "../shared/limits.ts";
import type { GatewayConfig } from "./config.ts";
import { gatewayHealthRoutes, type Backend } from "./http/health.ts";
import { observeRequests } from "./http/observe.ts";
import { answerRefusals } from "./http/on-error.ts";
import { basicCredential, bearerCredential, requireCredential } from "./http/require-credential.ts";
import type { RequestsUnderWay } from "./http/under-way.ts";
import type { Kafka } from "./kafka/kafka.ts";
import { kafkaRoutes } from "./kafka/routes.ts";
import type { GatewayLog } from "./log.ts";
import type { GatewayMetrics } from "./metrics.ts";
import { GatewayRefusal } from "./refusal.ts";
import type { RedisConnection } from "./redis/connection.ts";
import type { Tracer } from "../telemetry/traces/tracer.ts";
import { redisRoutes } from "./redis/routes.ts";
import { checkRedis } from "./redis/run-commands.ts";

export type GatewayDependencies = {
  config: GatewayConfig;
  kafka: Kafka | null;
  redis: RedisConnection | null;
  underWay: RequestsUnderWay;
  metrics: GatewayMetrics;
  log: GatewayLog;
  tracer: Tracer;
};

const redisPaths = ["/", "/pipeline", "/multi-exec"];

/**
 * The whole gateway as one fetch handler: health for all, then each dialect behind its own
 * credential.
 */
export function createGatewayApp({
  config,
  kafka,
  redis,
  underWay,
  metrics,
  log,
  tracer,
}: GatewayDependencies): Hono {
  const app = new Hono();
  app.onError(answerRefusals(metrics, log));
  app.notFound(() => {
    throw new GatewayRefusal("route.not_found");
  });
  app.use(observeRequests(metrics));
  app.route("/", gatewayHealthRoutes(backendsOf(kafka, redis), metrics, log));

  const tooLarge = (): never => {
    throw new GatewayRefusal("body.too_large");
  };
  const guards = [
    underWay.limit(metrics),
    bodyLimit({ maxSize: limits.gatewayBodyBytesMax, onError: tooLarge }),
  ] as const;
  if (redis !== null && config.redis !== null) {
    const isAllowed = requireCredential(bearerCredential(config.redis.token));
    for (const path of redisPaths) app.use(path, isAllowed, ...guards);
    app.route("/", redisRoutes(redis, metrics));
  }
  if (kafka !== null && config.kafka !== null) {
    const { username, password } = config.kafka;
    const isAllowed = requireCredential(basicCredential(username, password));
    const dialect = new Hono().use(isAllowed, ...guards);
    app.route("/", dialect.route("/", kafkaRoutes(kafka, metrics, tracer)));
  }
  return app;
}

function backendsOf(kafka: Kafka | null, redis: RedisConnection | null): Backend[] {
  const backends: Backend[] = [];
  if (kafka !== null) backends.push({ name: "kafka", check: kafka.countBrokers });
  if (redis !== null) backends.push({ name: "redis", check: () => checkRedis(redis) });
  return backends;
}
