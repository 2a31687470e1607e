import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { BillItem } from "../../planner/bill.ts";
import type { Stage } from "../../planner/bottleneck.ts";
import type { LatencyPart } from "../../planner/latency.ts";
import type { PlannedDatabase, PlannedLog } from "../../planner/plan-input.ts";
import type { PlanFigure } from "./wanted-plan.ts";

type Words<Code extends string> = Readonly<Record<Code, MessageDescriptor>>;

export const planFigureWords: Words<PlanFigure> = {
  votesPerSecond: msg`Votes a second`,
  hours: msg`Hours of a session`,
  sessionsAMonth: msg`Sessions a month`,
  decisions: msg`Decisions at one time`,
  voters: msg`Voters on the roll of a decision`,
  continents: msg`Continents of the voters`,
  regions: msg`Regions of a decision`,
  watchers: msg`Who watch a decision live`,
};

export const databaseWords: Words<PlannedDatabase> = {
  d1: msg`D1, the platform's own`,
  postgres: msg`Postgres, of your own`,
};

export const logWords: Words<PlannedLog> = {
  queue: msg`Queues, the platform's own`,
  kafka: msg`Kafka, of your own`,
};

export const itemWords: Words<BillItem> = {
  plan: msg`The platform's paid plan`,
  worker_requests: msg`Requests`,
  worker_cpu_ms: msg`Processor time, ms`,
  object_requests: msg`Calls and alarms of objects`,
  object_gigabyte_seconds: msg`Time of objects, GB-s`,
  object_rows_written: msg`Rows written in objects`,
  object_rows_read: msg`Rows read in objects`,
  queue_operations: msg`Operations of the queue`,
  d1_rows_written: msg`Rows written in D1`,
  d1_rows_read: msg`Rows read in D1`,
  object_storage_gigabytes: msg`Storage of objects, GB`,
  d1_storage_gigabytes: msg`Storage of D1, GB`,
  postgres_server: msg`Server of Postgres`,
  kafka_servers: msg`Servers of Kafka and its gateway`,
  disk_gigabytes: msg`Disks of servers, GB`,
};

export const partWords: Words<LatencyPart["name"]> = {
  worker: msg`At the edge`,
  way_to_shard: msg`The way to the shard and back`,
  wait_for_others: msg`Waiting for others to share a commit`,
  turn_of_shard: msg`Waiting for the shard's turn`,
  commit: msg`The commit, on the platform's disks`,
};

export const basisWords: Words<LatencyPart["basis"]> = {
  computed: msg`computed`,
  assumed: msg`assumed`,
};

export const stageWords: Words<Stage["name"]> = {
  shards: msg`Votes a second of one decision`,
  shard_storage: msg`Bytes of one shard`,
  publication: msg`Bytes that one decision publishes`,
  queue: msg`Messages a second of the queue`,
  gateway: msg`Ballots a second of the gateway`,
  database: msg`Ballots a second into the database`,
  d1_size: msg`Bytes of D1, after one month`,
  watchers: msg`Who watch one decision`,
  roll: msg`Voters on one roll`,
  hours_of_month: msg`Hours of a month that are voted in`,
};

export const remedyWords: Words<Stage["remedy"]> = {
  decisions: msg`Share the votes among more decisions.`,
  shards: msg`Give the draft more shards.`,
  VOTE_LOG_KIND: msg`Set VOTE_LOG_KIND to kafka.`,
  gateways: msg`Run more gateways behind one address.`,
  DATABASE: msg`Set DATABASE to postgres.`,
  postgres_processors: msg`Give Postgres a larger server.`,
  deployments: msg`Set up several deployments, each with a database of its own.`,
  watchers: msg`Have fewer watch live: whoever finds no place asks for the counts again and again.`,
  voters: msg`Have no roll: let voters in by ballot tokens or logins.`,
  sessions_a_month: msg`Hold fewer sessions, or shorter ones.`,
};
