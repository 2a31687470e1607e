import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { inTens } from "./held-back.ts";

export type GatewayMetrics = ReturnType<typeof createMetrics>;

/**
 * Everything that Prometheus may ask for. Labels are routes and codes, of which there are few;
 * never topics, groups or keys. What votes move is told in tens.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requestSeconds: new Histogram({
      // The Worker's name for the same: OpenTelemetry's.
      name: "http_server_request_duration_seconds",
      help: "Time from a request's arrival to its answer",
      labelNames: ["http_request_method", "http_route", "status_class"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    requestsUnderWay: new Gauge({
      name: "gateway_requests_under_way",
      help: "Requests that have arrived and are not answered",
      registers,
    }),
    refusals: new Counter({
      name: "gateway_refusals_total",
      help: "Requests that were refused, by the refusal's code",
      labelNames: ["code"],
      registers,
    }),
    recordsProduced: inTens(
      new Counter({
        name: "gateway_kafka_records_produced_total",
        help: "Records that every in-sync replica has",
        registers,
      }),
    ),
    recordsConsumed: inTens(
      new Counter({
        name: "gateway_kafka_records_consumed_total",
        help: "Records given to consumers",
        registers,
      }),
    ),
    commits: inTens(
      new Counter({
        name: "gateway_kafka_commits_total",
        help: "Commits that the brokers took",
        registers,
      }),
    ),
    groupJoins: new Counter({
      name: "gateway_kafka_group_joins_total",
      help: "Times that an instance joined its group, first or after a rebalance",
      registers,
    }),
    consumers: new Gauge({
      name: "gateway_kafka_consumers",
      help: "Consumer instances that are open",
      registers,
    }),
    redisCommands: inTens(
      new Counter({
        name: "gateway_redis_commands_total",
        help: "Commands that Redis answered, with a value or with an error",
        registers,
      }),
    ),
    brokers: new Gauge({
      name: "gateway_kafka_brokers",
      help: "Brokers of the cluster when last looked at; 0 where they did not answer",
      registers,
    }),
    backendUp: new Gauge({
      name: "gateway_backend_up",
      help: "1 where Kafka or Redis answered when last looked at, else 0",
      labelNames: ["backend"],
      registers,
    }),
  };
}
