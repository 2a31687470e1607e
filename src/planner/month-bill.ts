import { limits } from "../shared/limits.ts";
import { toBill, usedLine, type Bill, type BillLine } from "./bill.ts";
import { checkUsageOf } from "./check-usage.ts";
import { groupCommitAt } from "./latency.ts";
import type { Load } from "./load.ts";
import { kafkaOf, postgresOf, writersOf } from "./own-servers.ts";
import { objectGigabytes, priceList } from "./price-list.ts";
import { shardUsageAt } from "./shard-usage.ts";
import { shareAtWork } from "./share-at-work.ts";
import { bytesABallot, bytesARollVoter } from "./sizes.ts";
import { unitsAVote, type CastingUnit } from "./units-a-vote.ts";

/** The bill of a month with all of its sessions. */
export function billOf(load: Load): Bill {
  const { votesAMonth, shards, rate, isInRoom } = load;
  const units = unitsAVote({
    votesPerSecond: load.votesPerSecondOfDecision,
    objects: shards + (isInRoom ? 0 : 1),
    regions: load.regions,
    isRollCall: load.isRollCall,
    database: load.database,
    log: load.log,
    votesACommit: groupCommitAt(rate).votesACommit,
    shard: shardUsageAt(rate, load.votesADecision / shards / 2),
  });
  const sessionSeconds = load.sessionsAMonth * load.hours * 3_600;
  const watching = load.watchers * load.decisions * load.sessionsAMonth;
  const writers = kafkaWritersOf(load);
  const checks = checkUsageOf(load);
  const others: Partial<Record<CastingUnit, number>> = {
    // Each is a request to the Worker and one to the room; what is sent to it costs nothing.
    worker_requests: watching,
    object_requests: watching + writers.alarms + checks.calls,
    // The collector of metrics, one for all decisions.
    object_gigabyte_seconds:
      sessionSeconds * shareAtWork(load.votesPerSecond) * objectGigabytes + writers.gigabyteSeconds,
    object_rows_written: rollVotersAMonth(load) + writers.alarms + checks.rowsWritten,
    d1_rows_read: checks.d1RowsRead,
  };
  // The keys are those of the record, each once.
  const names = Object.keys(units) as CastingUnit[];
  const used = names.map((name) => usedLine(name, votesAMonth * units[name] + (others[name] ?? 0)));
  return toBill([...used, ...storageLines(load), ...serverLines(load)], votesAMonth);
}

/** Objects that ask Kafka day and night; setting the next alarm is a row. */
function kafkaWritersOf(load: Load): { alarms: number; gigabyteSeconds: number } {
  if (load.log === "queue") return { alarms: 0, gigabyteSeconds: 0 };
  const seconds = writersOf(load) * priceList.servers.hoursAMonth * 3_600;
  const alarms = (seconds * 1_000) / limits.kafkaTurnMs;
  return { alarms, gigabyteSeconds: seconds * objectGigabytes };
}

/** Each is a row of its shard, imported once. */
function rollVotersAMonth({ voters, decisions, sessionsAMonth }: Load): number {
  return voters * decisions * sessionsAMonth;
}

/** Of one month's ballots and rolls; those of each month before cost the same again. */
function storageLines(load: Load): BillLine[] {
  const { votesAMonth, database } = load;
  const ballots = votesAMonth * (bytesABallot.shard + bytesABallot.published);
  const objects = (ballots + rollVotersAMonth(load) * bytesARollVoter) / 1e9;
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
