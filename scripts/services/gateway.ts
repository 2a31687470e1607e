import { join } from "node:path";
import { projectRoot } from "../local-platform/project.ts";
import { placeOf } from "./place.ts";
import { portOf, type Addresses, type Service } from "./service.ts";

const host = "127.0.0.1";
const username = "platform";

/** The project's own gateway before the Kafka and the Redis that run here. */
export const gateway: Service<Addresses["gateway"]> = {
  portOffsets: { gateway: 5 },
  needs: ["redis", "kafka"],
  stopSignal: "SIGTERM",

  prepare: async (place) => {
    const { gatewayPassword, gatewayToken } = place.credentials;
    return {
      file: process.execPath,
      args: [join(projectRoot, "src/gateway/index.ts")],
      env: {
        GATEWAY_HOST: host,
        GATEWAY_PORT: String(portOf(place, "gateway")),
        GATEWAY_KAFKA_USERNAME: username,
        GATEWAY_KAFKA_PASSWORD: gatewayPassword,
        GATEWAY_REDIS_TOKEN: gatewayToken,
        KAFKA_BROKERS: `${host}:${portOf(await placeOf("kafka"), "kafka")}`,
        REDIS_URL: `redis://${host}:${portOf(await placeOf("redis"), "redis")}`,
      },
    };
  },

  isReady: async (place) => {
    try {
      const answer = await fetch(`http://${host}:${portOf(place, "gateway")}/readyz`);
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  },

  address: (place) => ({
    url: `http://${host}:${portOf(place, "gateway")}`,
    username,
    password: place.credentials.gatewayPassword,
    token: place.credentials.gatewayToken,
  }),
};
