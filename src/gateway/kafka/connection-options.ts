import type { BaseOptions } from "@platformatic/kafka";
import { limits } from "../../shared/limits.ts";
import type { KafkaConfig } from "../config.ts";

/**
 * What every client of the brokers is made with: the caller repeats, so that a broker that is down
 * is told at once.
 */
export function connectionOptions(config: KafkaConfig): BaseOptions {
  return {
    clientId: "enviro-governance-gateway",
    bootstrapBrokers: [...config.brokers],
    connectTimeout: limits.gatewayConnectMsMax,
    requestTimeout: limits.gatewayBrokerAnswerMsMax,
    timeout: limits.gatewayBrokerAnswerMsMax,
    retries: 0,
    autocreateTopics: false,
    ...(config.tls === null ? {} : { tls: config.tls }),
    ...(config.sasl === null ? {} : { sasl: config.sasl }),
  };
}
