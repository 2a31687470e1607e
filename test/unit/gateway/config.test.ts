import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../../src/gateway/config.ts";

const kafka = {
  GATEWAY_KAFKA_USERNAME: "platform",
  GATEWAY_KAFKA_PASSWORD: "sixteen characters",
  KAFKA_BROKERS: "one:9092,two:9092",
};
const redis = { GATEWAY_REDIS_TOKEN: "sixteen characters", REDIS_URL: "rediss://cache:6379" };

describe("the gateway's configuration", () => {
  it("stands before Kafka, before Redis, or before both", () => {
    expect(readConfig(kafka)).toMatchObject({
      kafka: { brokers: ["one:9092", "two:9092"], tls: null, sasl: null },
      redis: null,
    });
    expect(readConfig(redis)).toMatchObject({ kafka: null, redis: { url: redis.REDIS_URL } });
    expect(() => readConfig({})).toThrow(/KAFKA_BROKERS or REDIS_URL/);
  });

  it.each([
    [
      "a login without its password",
      { ...kafka, KAFKA_SASL_MECHANISM: "PLAIN" },
      /KAFKA_SASL_USERNAME/,
    ],
    [
      "brokers without a credential for callers",
      { ...kafka, GATEWAY_KAFKA_PASSWORD: undefined },
      /GATEWAY_KAFKA_PASSWORD/,
    ],
    ["Redis without a token for callers", { REDIS_URL: redis.REDIS_URL }, /GATEWAY_REDIS_TOKEN/],
    [
      "a certificate that is not there",
      { ...kafka, KAFKA_TLS: "true", KAFKA_TLS_CA_FILE: "/no" },
      /KAFKA_TLS_CA_FILE/,
    ],
    ["a flag that is no flag", { ...kafka, KAFKA_TLS: "yes" }, /KAFKA_TLS/],
    [
      "a collector that is no URL",
      { ...redis, OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" },
      /OTEL_EXPORTER_OTLP_ENDPOINT/,
    ],
    [
      "headers for it that are no list",
      {
        ...redis,
        OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318",
        OTEL_EXPORTER_OTLP_HEADERS: "secret",
      },
      /OTEL_EXPORTER_OTLP_HEADERS/,
    ],
    ["another database's URL", { ...redis, REDIS_URL: "postgres://cache" }, /REDIS_URL/],
  ])("%s is refused by the variable's name", (_, environment, name) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(name);
  });

  it("sends spans to a collector where there is one", () => {
    expect(readConfig(redis).traces).toBeNull();
    const endpoint = "http://collector:4318";
    expect(readConfig({ ...redis, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }).traces).toEqual({
      url: `${endpoint}/v1/traces`,
      headers: {},
      service: "enviro-gateway",
    });
  });

  it("never repeats a value, which may be a secret in the wrong place", () => {
    const environment = { ...kafka, GATEWAY_KAFKA_PASSWORD: "hunter2", REDIS_URL: "hunter3" };
    expect(() => readConfig(environment)).toThrow(/^(?!.*hunter)/s);
  });
});
