import { Consumer } from "@platformatic/kafka";
import { limits } from "../../shared/limits.ts";
import type { KafkaConfig } from "../config.ts";
import type { GatewayLog } from "../log.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { GatewayRefusal } from "../refusal.ts";
import { connectionOptions } from "./connection-options.ts";
import { ConsumerInstance, type Assignment } from "./consumer-instance.ts";
import type { ConsumerOptions } from "./dialect.ts";
import { PartitionReader } from "./partition-reader.ts";

export type InstanceName = { group: string; instance: string };

type Options = { config: KafkaConfig; metrics: GatewayMetrics; log: GatewayLog };

/** The consumer instances that callers have opened here, each by its group and name. */
export class ConsumerInstances {
  readonly #options: Options;
  readonly #instances = new Map<string, { name: InstanceName; consumer: ConsumerInstance }>();
  readonly #sweep: NodeJS.Timeout;

  constructor(options: Options) {
    this.#options = options;
    this.#sweep = setInterval(() => void this.#closeIdle(), limits.gatewayIdleSweepMs).unref();
  }

  /** @throws {GatewayRefusal} the instance has not consumed yet. */
  find(name: InstanceName): ConsumerInstance {
    const found = this.#instances.get(keyOf(name));
    if (found === undefined) throw new GatewayRefusal("kafka.unknown_consumer");
    return found.consumer;
  }

  /** The instance of that name, opened with these options where it is not open. */
  open(name: InstanceName, options: ConsumerOptions): ConsumerInstance {
    const key = keyOf(name);
    const found = this.#instances.get(key);
    if (found !== undefined) return found.consumer;
    if (this.#instances.size >= limits.gatewayConsumersMax) {
      throw new GatewayRefusal("kafka.too_many_consumers");
    }
    const consumer = new ConsumerInstance({
      member: this.#client(name.group),
      reader: new PartitionReader(this.#client(name.group)),
      options,
      onJoin: () => this.#options.metrics.groupJoins.inc(),
    });
    this.#instances.set(key, { name, consumer });
    this.#options.metrics.consumers.set(this.#instances.size);
    return consumer;
  }

  list(): { name: string; instances: { name: string; topics: Assignment[] }[] }[] {
    const byGroup = Map.groupBy(this.#instances.values(), ({ name }) => name.group);
    return [...byGroup].map(([name, members]) => ({
      name,
      instances: members.map(({ name: { instance }, consumer }) => ({
        name: instance,
        topics: consumer.assignments(),
      })),
    }));
  }

  /** Takes an instance out of its group. */
  async close(name: InstanceName): Promise<void> {
    const consumer = this.find(name);
    this.#instances.delete(keyOf(name));
    this.#options.metrics.consumers.set(this.#instances.size);
    await consumer.close();
  }

  async closeAll(): Promise<void> {
    clearInterval(this.#sweep);
    const names = [...this.#instances.values()].map(({ name }) => name);
    await Promise.all(names.map((name) => this.close(name)));
  }

  /** A caller that comes no more would keep its partitions from the others for ever. */
  async #closeIdle(): Promise<void> {
    const idleSince = Date.now() - limits.gatewayConsumerIdleMsMax;
    for (const { name, consumer } of this.#instances.values()) {
      if (consumer.usedAt > idleSince) continue;
      this.#options.log.info("an idle consumer instance leaves its group");
      await this.close(name);
    }
  }

  #client(groupId: string): Consumer {
    const { sessionTimeoutMs } = this.#options.config;
    const client = new Consumer({
      ...connectionOptions(this.#options.config),
      groupId,
      autocommit: false,
      // A rebalance that meets another one is told to try again; this many times the client does.
      retries: limits.gatewayGroupTriesMax,
      retryDelay: limits.gatewayPollMs,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.ceil(sessionTimeoutMs / limits.gatewayHeartbeatsASession),
      // Joining waits for the whole group.
      requestTimeout: sessionTimeoutMs + limits.gatewayBrokerAnswerMsMax,
    });
    return client.on("error", (error) => this.#options.log.warn("consumer instance", { error }));
  }
}

function keyOf({ group, instance }: InstanceName): string {
  return JSON.stringify([group, instance]);
}
