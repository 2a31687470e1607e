import { invariant } from "../shared/invariant.ts";
import { limits } from "../shared/limits.ts";
import { serverOf, toBill, usedLine, type Bill, type BillLine, type ServerSize } from "./bill.ts";
import { byShare, toStage, type Stage } from "./bottleneck.ts";
import { groupCommitAt, latencyAt, type GroupCommitPlan, type Latency } from "./latency.ts";
import type { PlanInput, PlannedDatabase, PlannedLog } from "./plan-input.ts";
import { priceList } from "./price-list.ts";
import { shardUsageAt } from "./shard-usage.ts";
import { ballotsASecond, bytesABallot, plannedShare } from "./sizes.ts";
import { unitsAVote, type CastingUnit } from "./units-a-vote.ts";

/** What a deployment needs for a load, what that costs, and what gives way first. */
export interface DeploymentPlan {
  votes: { aSession: number; aMonth: number };
  /** Of each decision. */
  shards: {
    count: number;
    votesPerSecondEach: number;
    /** Whether the only shard lives in the object of its room. */
    isInRoom: boolean;
  };
  groupCommit: GroupCommitPlan;
  database: PlannedDatabase;
  log: PlannedLog;
  /** Consumers of the queue at one time, or VoteWriter objects and at least as many partitions. */
  writers: number;
  kafka: { partitions: number; brokers: number; server: ServerSize; gigabytesAWeek: number } | null;
  postgres: { connections: number; server: ServerSize; gigabytesAMonth: number } | null;
  /** Null where D1 is not used. */
  d1: { gigabytesAMonth: number; monthsUntilFull: number } | null;
  /** Null where the shards can't keep up. */
  latency: Latency | null;
  /** From the most used on. */
  stages: readonly Stage[];
  bottleneck: Stage;
  bill: Bill;
}

/** An input with its choices made, and what follows from it at once. */
interface Load extends PlanInput {
  votesADecision: number;
  votesASession: number;
  votesAMonth: number;
  votesPerSecondOfDecision: number;
  voters: number;
  database: PlannedDatabase;
  log: PlannedLog;
  shards: number;
  /** Votes a second of each shard. */
  rate: number;
  isInRoom: boolean;
}

/** Shorter than this D1 is not worth beginning with. */
const d1MonthsMin = 12;

/** Plans a deployment for a load. Pure, and as quick for any. */
export function planDeployment(input: PlanInput): DeploymentPlan {
  const load = toLoad(input);
  const stages = byShare(stagesOf(load));
  const [bottleneck] = stages;
  invariant(bottleneck !== undefined, "there are always stages");
  return {
    votes: { aSession: load.votesASession, aMonth: load.votesAMonth },
    shards: { count: load.shards, votesPerSecondEach: load.rate, isInRoom: load.isInRoom },
    groupCommit: groupCommitAt(load.rate),
    database: load.database,
    log: load.log,
    writers: writersOf(load),
    kafka: kafkaOf(load),
    postgres: postgresOf(load),
    d1: load.database === "d1" ? d1Of(load.votesAMonth) : null,
    latency: latencyAt(load.rate),
    stages,
    bottleneck,
    bill: billOf(load),
  };
}

function toLoad(input: PlanInput): Load {
  const votesPerSecondOfDecision = input.votesPerSecond / input.decisions;
  const votesASession = input.votesPerSecond * input.hours * 3_600;
  const votesAMonth = votesASession * input.sessionsAMonth;
  const votesADecision = votesASession / input.decisions;
  const shards = shardsFor(votesPerSecondOfDecision);
  const rate = votesPerSecondOfDecision / shards;
  const messages = input.decisions * shards * rate * shardUsageAt(rate, votesADecision).records;
  return {
    ...input,
    votesADecision,
    votesASession,
    votesAMonth,
    votesPerSecondOfDecision,
    voters: input.voters ?? votesADecision,
    shards,
    rate,
    isInRoom: shards === 1 && input.watchers <= limits.roomWithShardWatchersMax,
    database:
      input.database ?? (d1Of(votesAMonth).monthsUntilFull < d1MonthsMin ? "postgres" : "d1"),
    log: input.log ?? (messages > limits.queueMessagesASecondMax / 2 ? "kafka" : "queue"),
  };
}

/** As many as keep each at what a shard is planned for, and no more than a decision may have. */
function shardsFor(votesPerSecond: number): number {
  const wanted = Math.ceil(votesPerSecond / limits.shardVotesASecondPlanned);
  return Math.min(limits.shardsMax, Math.max(1, wanted));
}

function d1Of(votesAMonth: number) {
  const gigabytesAMonth = (votesAMonth * bytesABallot.d1) / 1e9;
  return { gigabytesAMonth, monthsUntilFull: limits.d1BytesMax / 1e9 / gigabytesAMonth };
}

/** One more where one is not enough: of what was measured a share is planned for. */
function writersOf({ votesPerSecond, database, log }: Load): number {
  const needed = Math.ceil(votesPerSecond / (ballotsASecond[database] * plannedShare));
  return log === "queue"
    ? Math.max(queueConsumers, needed)
    : Math.min(limits.kafkaWritersMax, Math.max(2, needed));
}

/** `max_concurrency` of the queue's consumer in wrangler.toml. */
const queueConsumers = 4;

function kafkaOf(load: Load): DeploymentPlan["kafka"] {
  if (load.log === "queue") return null;
  const gigabytesAWeek = (load.votesAMonth * bytesABallot.log * kafkaCopies) / 1e9 / weeksAMonth;
  return { partitions: writersOf(load), brokers: kafkaCopies, server: serverOf(2), gigabytesAWeek };
}

/** A record is on so many brokers, and kept for a week. */
const kafkaCopies = 3;
const weeksAMonth = 4.35;

function postgresOf(load: Load): DeploymentPlan["postgres"] {
  if (load.database === "d1") return null;
  return {
    connections: writersOf(load) + limits.postgresConnectionsMax / 4,
    server: serverOf(postgresProcessors(load.votesPerSecond)),
    gigabytesAMonth: (load.votesAMonth * bytesABallot.postgres) / 1e9,
  };
}

/** Two processors brought what was measured in, together with everything else. */
function postgresProcessors(votesPerSecond: number): number {
  return Math.max(2, Math.ceil((2 * votesPerSecond) / (ballotsASecond.postgres * plannedShare)));
}

/** One that applies ballots one after another has this many processors at most. */
const postgresProcessorsMax = 64;

function stagesOf(load: Load): Stage[] {
  const { votesPerSecond, votesADecision, shards, rate, watchers, decisions } = load;
  const { records } = shardUsageAt(rate, load.voters / shards / 2);
  const stages = [
    toStage({
      name: "shards",
      asked: load.votesPerSecondOfDecision,
      most: limits.shardsMax * limits.shardVotesASecondPlanned,
      remedy: "decisions",
    }),
    toStage({
      name: "shard_storage",
      asked: (votesADecision / shards) * bytesABallot.shard,
      most: limits.objectBytesMax,
      remedy: "shards",
    }),
    toStage({
      name: "publication",
      asked: votesADecision * (bytesABallot.publication + (shards === 1 ? bytesABallot.shard : 0)),
      most: limits.objectBytesMax,
      remedy: "decisions",
    }),
    toStage({
      name: "database",
      asked: votesPerSecond,
      most: databaseMost(load),
      remedy: load.database === "d1" ? "DATABASE" : "postgres_processors",
    }),
    toStage({ name: "watchers", asked: watchers, most: limits.watchersMax, remedy: "decisions" }),
  ];
  if (load.log === "queue") {
    stages.push(
      toStage({
        name: "queue",
        asked: decisions * shards * rate * records,
        most: limits.queueMessagesASecondMax,
        remedy: "VOTE_LOG_KIND",
      }),
    );
  } else {
    const most = ballotsASecond.gateway * plannedShare;
    stages.push(toStage({ name: "gateway", asked: votesPerSecond, most, remedy: "gateways" }));
  }
  if (load.database === "d1") {
    const asked = load.votesAMonth * bytesABallot.d1;
    stages.push(toStage({ name: "d1_size", asked, most: limits.d1BytesMax, remedy: "DATABASE" }));
  }
  return stages;
}

function databaseMost({ database }: Load): number {
  const most = ballotsASecond[database] * plannedShare;
  return database === "d1" ? most : (most * postgresProcessorsMax) / 2;
}

function billOf(load: Load): Bill {
  const { votesAMonth, shards, rate, isInRoom } = load;
  const units = unitsAVote({
    votesPerSecond: load.votesPerSecondOfDecision,
    objects: shards + (isInRoom ? 0 : 1),
    regions: load.regions,
    isRollCall: load.isRollCall,
    database: load.database,
    log: load.log,
    votesACommit: groupCommitAt(rate).votesACommit,
    shard: shardUsageAt(rate, load.voters / shards / 2),
  });
  const watching = load.watchers * load.decisions * load.sessionsAMonth;
  const others: Partial<Record<CastingUnit, number>> = {
    // Each is a request to the Worker and one to the room; what is sent to it costs nothing.
    worker_requests: watching,
    object_requests: watching,
  };
  // The keys are those of the record, each once.
  const names = Object.keys(units) as CastingUnit[];
  const used = names.map((name) => usedLine(name, votesAMonth * units[name] + (others[name] ?? 0)));
  return toBill([...used, ...storageLines(load), ...serverLines(load)], votesAMonth);
}

/** Of one month's ballots; those of each month before cost the same again. */
function storageLines({ votesAMonth, database }: Load): BillLine[] {
  const objects = (votesAMonth * (bytesABallot.shard + bytesABallot.publication)) / 1e9;
  const rows = database === "d1" ? (votesAMonth * bytesABallot.d1) / 1e9 : 0;
  return [usedLine("object_storage_gigabytes", objects), usedLine("d1_storage_gigabytes", rows)];
}

function serverLines(load: Load): BillLine[] {
  const [postgres, kafka] = [postgresOf(load), kafkaOf(load)];
  const lines: BillLine[] = [];
  if (postgres !== null)
    lines.push({
      item: "postgres_server",
      quantity: 1,
      included: 0,
      usd: postgres.server.usdAMonth,
    });
  if (kafka !== null) {
    // The gateway has one of its own.
    const quantity = kafka.brokers + 1;
    lines.push({
      item: "kafka_servers",
      quantity,
      included: 0,
      usd: quantity * kafka.server.usdAMonth,
    });
  }
  const gigabytes = (postgres?.gigabytesAMonth ?? 0) + (kafka?.gigabytesAWeek ?? 0);
  const usd = gigabytes * priceList.servers.diskUsdAGigabyteMonth;
  return [...lines, { item: "disk_gigabytes", quantity: gigabytes, included: 0, usd }];
}
