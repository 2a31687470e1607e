import { join } from "node:path";
import { projectRoot } from "../local-platform/project.ts";
import { portOf, type Addresses, type Service, type ServiceName } from "./service.ts";
import { readServiceState } from "./state-file.ts";

const host = "127.0.0.1";
const username = "platform";

/** The project's own gateway before the Kafka and the Redis that run here. */
export const gateway: Service<Addresses["gateway"]> = {
  portOffsets: { gateway: 5 },
  needs: ["redis", "kafka"],
  stopSignal: "SIGTERM",

  prepare: (location) => {
    const { gatewayPassword, gatewayToken } = location.credentials;
    return Promise.resolve({
      file: process.execPath,
      args: [join(projectRoot, "src/gateway/index.ts")],
      env: {
        GATEWAY_HOST: host,
        GATEWAY_PORT: String(portOf(location, "gateway")),
        GATEWAY_KAFKA_USERNAME: username,
        GATEWAY_KAFKA_PASSWORD: gatewayPassword,
        GATEWAY_REDIS_TOKEN: gatewayToken,
        KAFKA_BROKERS: addressNow("kafka", "brokers"),
        REDIS_URL: addressNow("redis", "url"),
      },
    });
  },

  isReady: async (location) => {
    try {
      const answer = await fetch(`http://${host}:${portOf(location, "gateway")}/readyz`);
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  },

  address: (location) => ({
    url: `http://${host}:${portOf(location, "gateway")}`,
    username,
    password: location.credentials.gatewayPassword,
    token: location.credentials.gatewayToken,
  }),
};

/** Where a service that this one needs, and that so was started before it, is reached. */
function addressNow(name: ServiceName, part: string): string {
  const found = readServiceState(name)?.address[part];
  if (found === undefined) throw new Error(`${name} was never started here`);
  return found;
}
