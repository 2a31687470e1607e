import { createClient, RESP_TYPES } from "redis";
import { limits } from "../../shared/limits.ts";
import type { GatewayLog } from "../log.ts";

export type RedisConnection = ReturnType<typeof openRedis>;

/**
 * One connection that carries everybody's commands, in order. Values come as bytes, whatever they
 * hold. Nothing waits while Redis is away: a command that is sent late has lost its asker.
 */
export function openRedis(url: string, log: GatewayLog) {
  const client = createClient({
    url,
    // The dialect's answers are those of the second protocol: a hash is a flat list.
    RESP: 2,
    disableOfflineQueue: true,
    commandsQueueMaxLength: limits.gatewayRedisQueueMax,
    socket: {
      connectTimeout: limits.gatewayConnectMsMax,
      reconnectStrategy: (tries) => Math.min(2 ** tries * 50, limits.gatewayReconnectMsMax),
    },
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  });
  client.on("error", (error: unknown) => log.warn("redis", { error }));
  // It tries for ever; what it could not do yet, a command's own refusal says.
  client.connect().catch((error: unknown) => log.error("redis will not be connected", { error }));
  return client;
}
