import { readFileSync } from "node:fs";
import { z } from "zod";
import { readHeaders, tracesEndpoint } from "../telemetry/traces/settings.ts";

const text = z.string().min(1);
const flag = z.enum(["true", "false"]).transform((word) => word === "true");
const count = z.string().regex(/^\d+$/).transform(Number);

const environmentSchema = z.object({
  GATEWAY_HOST: text.default("127.0.0.1"),
  GATEWAY_PORT: count.pipe(z.int().max(65_535)).default(8_080),
  GATEWAY_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  GATEWAY_KAFKA_USERNAME: text.optional(),
  GATEWAY_KAFKA_PASSWORD: z.string().min(16).optional(),
  GATEWAY_REDIS_TOKEN: z.string().min(16).optional(),
  KAFKA_BROKERS: text.optional(),
  KAFKA_TLS: flag.default(false),
  KAFKA_TLS_CA_FILE: text.optional(),
  KAFKA_SASL_MECHANISM: z.enum(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]).optional(),
  KAFKA_SASL_USERNAME: text.optional(),
  KAFKA_SASL_PASSWORD: text.optional(),
  KAFKA_SESSION_TIMEOUT_MS: count.pipe(z.int().min(6_000).max(300_000)).default(10_000),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: text.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default(""),
  OTEL_SERVICE_NAME: text.default("enviro-gateway"),
});
type Environment = z.infer<typeof environmentSchema>;

export type KafkaConfig = {
  /** What callers of the gateway log in with. */
  username: string;
  password: string;
  brokers: readonly string[];
  /** Null is a connection without TLS; an empty one trusts what Node trusts. */
  tls: { ca?: string } | null;
  sasl: {
    mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512";
    username: string;
    password: string;
  } | null;
  /** How long the group waits for a member whose gateway died. */
  sessionTimeoutMs: number;
};

export type RedisConfig = { token: string; url: string };

/** Where spans go. */
export type TracesConfig = { url: string; headers: Record<string, string>; service: string };

export type GatewayConfig = {
  host: string;
  port: number;
  logLevel: string;
  /** Null where this gateway stands before no Kafka. */
  kafka: KafkaConfig | null;
  redis: RedisConfig | null;
  traces: TracesConfig | null;
};

/**
 * The environment does not describe a gateway that could work; the message names every variable at
 * fault and never a value.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** @throws {ConfigError} */
export function readConfig(environment: Record<string, string | undefined>): GatewayConfig {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new ConfigError(faults.join("\n"));
  }
  const values = parsed.data;
  const kafka = values.KAFKA_BROKERS === undefined ? null : readKafka(values);
  const redis = values.REDIS_URL === undefined ? null : readRedis(values);
  if (kafka === null && redis === null) {
    throw new ConfigError("KAFKA_BROKERS or REDIS_URL: at least one is needed");
  }
  const { GATEWAY_HOST: host, GATEWAY_PORT: port, GATEWAY_LOG_LEVEL: logLevel } = values;
  return { host, port, logLevel, kafka, redis, traces: readTraces(values) };
}

function readTraces({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_HEADERS: given,
  OTEL_SERVICE_NAME: service,
}: Environment): TracesConfig | null {
  if (endpoint === undefined) return null;
  const [url, headers] = [tracesEndpoint(endpoint), readHeaders(given)];
  if (url === null) throw new ConfigError("OTEL_EXPORTER_OTLP_ENDPOINT: no URL of a collector");
  if (headers === null) throw new ConfigError("OTEL_EXPORTER_OTLP_HEADERS: no list of name=value");
  return { url, headers, service };
}

function readKafka(values: Environment): KafkaConfig {
  const mechanism = values.KAFKA_SASL_MECHANISM;
  return {
    username: need(values, "GATEWAY_KAFKA_USERNAME", "KAFKA_BROKERS"),
    password: need(values, "GATEWAY_KAFKA_PASSWORD", "KAFKA_BROKERS"),
    brokers: need(values, "KAFKA_BROKERS", "KAFKA_BROKERS").split(","),
    tls: values.KAFKA_TLS ? readTls(values.KAFKA_TLS_CA_FILE) : null,
    sasl:
      mechanism === undefined
        ? null
        : {
            mechanism,
            username: need(values, "KAFKA_SASL_USERNAME", "KAFKA_SASL_MECHANISM"),
            password: need(values, "KAFKA_SASL_PASSWORD", "KAFKA_SASL_MECHANISM"),
          },
    sessionTimeoutMs: values.KAFKA_SESSION_TIMEOUT_MS,
  };
}

function readRedis(values: Environment): RedisConfig {
  const token = need(values, "GATEWAY_REDIS_TOKEN", "REDIS_URL");
  return { token, url: need(values, "REDIS_URL", "REDIS_URL") };
}

function readTls(file: string | undefined): { ca?: string } {
  if (file === undefined) return {};
  try {
    return { ca: readFileSync(file, "utf8") };
  } catch (error) {
    throw new ConfigError("KAFKA_TLS_CA_FILE: the file cannot be read", { cause: error });
  }
}

type TextName = {
  [Name in keyof Environment]-?: string extends Environment[Name] ? Name : never;
}[keyof Environment];

function need(values: Environment, name: TextName, because: string): string {
  const value = values[name];
  if (value === undefined) throw new ConfigError(`${name}: is needed with ${because}`);
  return value;
}
