import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { limits } from "../shared/limits.ts";
import { createGatewayApp } from "./app.ts";
import type { GatewayConfig } from "./config.ts";
import { withDeadline } from "../shared/deadline.ts";
import { RequestsUnderWay } from "./http/under-way.ts";
import { openKafka } from "./kafka/kafka.ts";
import type { GatewayLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { createTracer } from "./tracer.ts";
import { openRedis } from "./redis/connection.ts";

export type Gateway = {
  origin: string;
  /**
   * Takes nothing more, answers what is under way, leaves every group, and closes; what takes too
   * long is cut off.
   */
  stop(): Promise<void>;
};

/** Starts the gateway; rejects where its port is taken. Kafka and Redis may come later. */
export async function startGateway(config: GatewayConfig, log: GatewayLog): Promise<Gateway> {
  const metrics = createMetrics();
  const underWay = new RequestsUnderWay();
  const kafka = config.kafka === null ? null : openKafka(config.kafka, metrics, log);
  const redis = config.redis === null ? null : openRedis(config.redis.url, log);
  const tracer = createTracer(config.traces, log);
  const app = createGatewayApp({ config, kafka, redis, underWay, metrics, log, tracer });
  const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port });
  await once(server, "listening");
  // A server that listens on a port has an address of this kind.
  const { address, port } = server.address() as AddressInfo;

  const stop = async (): Promise<void> => {
    server.close();
    const isIdle = await withDeadline(
      underWay.stop().then(() => true),
      limits.gatewayStopMsMax,
      () => false,
    );
    if (!isIdle) log.warn("requests were cut off at the end");
    const closed = Promise.allSettled([kafka?.close(), redis?.close()]);
    await withDeadline(closed, limits.gatewayStopMsMax, () => log.warn("connections were cut off"));
    if (redis?.isOpen === true) redis.destroy();
    if ("closeAllConnections" in server) server.closeAllConnections();
  };
  return { origin: `http://${address}:${port}`, stop };
}
