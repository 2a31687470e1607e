import type { BillItem } from "../../planner/bill.ts";
import type { Stage } from "../../planner/bottleneck.ts";
import type { LatencyPart } from "../../planner/latency.ts";

export const billWords: Readonly<Record<BillItem, string>> = {
  plan: "Workers Paid plan",
  worker_requests: "requests and messages to the Worker",
  worker_cpu_ms: "processor time of the Worker, ms",
  object_requests: "calls and alarms of objects",
  object_gigabyte_seconds: "time of objects, GB-s",
  object_rows_written: "rows written in objects",
  object_rows_read: "rows read in objects",
  queue_operations: "operations of the queue",
  d1_rows_written: "rows written in D1",
  d1_rows_read: "rows read in D1",
  object_storage_gigabytes: "storage of objects, GB",
  d1_storage_gigabytes: "storage of D1, GB",
  postgres_server: "server of Postgres",
  kafka_servers: "servers of Kafka and the gateway",
  disk_gigabytes: "disks of servers, GB",
};

export const latencyWords: Readonly<Record<LatencyPart["name"], string>> = {
  worker: "the Worker",
  way_to_shard: "the way to the shard and back",
  wait_for_others: "waiting for others to share a commit",
  turn_of_shard: "waiting for the shard's turn",
  commit: "the commit, on the platform's disks",
};

export const stageTexts: Readonly<Record<Stage["name"], string>> = {
  shards: "votes a second of one decision's shards",
  shard_storage: "bytes of one shard",
  publication: "bytes that one decision publishes, in its room",
  queue: "messages a second of the queue",
  gateway: "ballots a second of the gateway",
  database: "ballots a second into the database",
  d1_size: "bytes of D1, after one month",
  watchers: "who watch one decision",
  roll: "voters on one roll",
  hours_of_month: "hours of a month that are voted in",
};

export const remedyTexts: Readonly<Record<Stage["remedy"], string>> = {
  decisions: "more decisions for the same votes (--decisions)",
  shards: 'more shards ("shards" in the draft)',
  VOTE_LOG_KIND: 'VOTE_LOG_KIND = "kafka"',
  gateways: "more gateways behind one address",
  DATABASE: 'DATABASE = "postgres"',
  postgres_processors: "a larger server of Postgres",
  deployments: "several deployments, each with a database of its own",
  watchers:
    "fewer who watch live; whoever finds no place asks for the counts again and again (--watchers)",
  voters: "no roll: let voters in by ballot tokens or logins instead (--voters 0)",
  sessions_a_month: "fewer sessions, or shorter ones (--sessions-a-month, --hours)",
};
