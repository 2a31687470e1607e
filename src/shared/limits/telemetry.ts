/** Traces, metrics and logs. */
export const telemetryLimits = {
  /**
   * Refused credentials are told at the 1st, 10th, 100th … of this time, by code: a million guesses
   * a minute are seven lines of an isolate.
   */
  refusalWindowMs: 60_000,
  /** Codes with which a credential is refused: twelve, and room. */
  refusalCodesMax: 32,

  /**
   * Spans that one trace begins in one place: opening 64 shards is some 130, a publication's portion
   * 200.
   */
  traceSpansMax: 500,
  /** Requests that a record of rehearsed votes points to: two of its records, at 110 bytes 110 kB. */
  spanLinksMax: 1_000,
  /** Rehearsed votes whose requests a shard remembers until their record is sent: about 2 MB. */
  rehearsedVotesMax: 10_000,
  /** Traces that one delivery of texts goes on with: at 1 % sampled, ten of a queue's 1,000. */
  deliveryTracesMax: 16,
  /** For how long spans are gathered into a request. */
  spansGatherMs: 1_000,
  /** A collector is near, or it is late. */
  spansSendMsMax: 5_000,
  /**
   * For how long one event sends spans, before its last request: the platform ends what runs 30 s
   * after an answer, and gives each 50 requests at least.
   */
  spansTurnMs: 15_000,
  /**
   * A span is 400 to 700 bytes, so that 512 are a request of some 300 kB; one of 1,000 links is sent
   * by itself.
   */
  spansARequestMax: 512,
  spansRequestCharactersMax: 524_288,
  /** What waits in an isolate of 128 MB while a collector is slow; the rest is dropped. */
  spansWaitingMax: 4_096,
  spansWaitingCharactersMax: 4_194_304,
  /** How often it is logged that spans are dropped. */
  spansDroppedTellMs: 60_000,

  /**
   * What is measured is handed on this often: a counter that moved with each vote would tell its
   * time. 64 shards and 40 isolates make ten calls a second of the one collector.
   */
  metricsFlushMs: 10_000,
  /** Series that votes move are shown when this many more have come, as releases of figures are. */
  metricsHeldBack: 10,
  /** 80 routes with 3 methods and 4 classes of status, and the rest; of 200 bytes each. */
  metricsSeriesAnIsolate: 1_000,
  metricsSeriesMax: 4_000,
  /** Isolates whose gauges are kept; a quiet room says for ten minutes that it is watched. */
  metricsSourcesMax: 2_000,
  metricsGaugeMs: 600_000,
  /** For how long the worst that was measured stands. */
  metricsWorstMs: 60_000,
  /** Analytics Engine takes 250 data points an invocation. */
  analyticsPointsMax: 200,
} as const;
