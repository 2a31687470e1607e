/** The gateway to Kafka and Redis. */
export const gatewayLimits = {
  /**
   * A request to the gateway: 100 records of 60 kB, what a shard publishes at once, are 6 MB;
   * brokers take 1 MB a batch by default.
   */
  gatewayBodyBytesMax: 8_388_608,
  /**
   * Bodies under way, as text and then as records: with 64 MiB the process stays below half a
   * gigabyte.
   */
  gatewayBytesUnderWayMax: 67_108_864,
  /** Each consumer instance may wait in one; the rest are answered in milliseconds. */
  gatewayRequestsMax: 1_000,
  gatewayProduceRecordsMax: 10_000,
  gatewayTopicsMax: 100,
  gatewayPartitionsMax: 1_000,
  /**
   * An answer of 2 MiB holds about 90 records of 23 kB, 45,000 ballots: no object has trouble with
   * that in memory.
   */
  gatewayConsumeBytesMax: 2_097_152,
  gatewayPartitionBytesMax: 1_048_576,
  gatewayConsumeRecordsMax: 1_000,
  gatewayConsumeWaitMsDefault: 1_000,
  gatewayConsumeWaitMsMax: 30_000,
  /** Asking again, where waiting at one broker would keep the others waiting. */
  gatewayPollMs: 50,
  /** Two connections an instance; 256 are far more than the partitions of a topic. */
  gatewayConsumersMax: 256,
  /**
   * An instance that nobody polls for this long gives its partitions to others; Kafka's own client
   * waits 300 s.
   */
  gatewayConsumerIdleMsMax: 120_000,
  gatewayIdleSweepMs: 5_000,
  /** Rebalances can meet one another once for each member that comes or goes. */
  gatewayGroupTriesMax: 5,
  /** A member may miss two heartbeats of three. */
  gatewayHeartbeatsASession: 3,
  gatewayConnectMsMax: 2_000,
  gatewayBrokerAnswerMsMax: 5_000,
  /** Longer than a broker's own time for one answer, shorter than what a shard waits. */
  gatewayProduceMsMax: 8_000,
  /**
   * One command of Redis takes microseconds; a caller that reads a cache has given up long before.
   */
  gatewayRedisMsMax: 2_000,
  /** A look at Kafka and Redis before metrics are told without it: Prometheus waits ten seconds. */
  gatewayMetricsLookMsMax: 5_000,
  /**
   * Commands that wait for their turn on the connection: at 100,000 a second a tenth of a second.
   */
  gatewayRedisQueueMax: 10_000,
  gatewayCommandsMax: 1_000,
  gatewayCommandPartsMax: 10_000,
  gatewayReconnectMsMax: 2_000,
  /**
   * Docker and Kubernetes wait 10 s and 30 s after SIGTERM; both halves of a stop fit the first.
   */
  gatewayStopMsMax: 4_500,
  gatewayLogLineMs: 10_000,
} as const;
