import { toBill, usedLine, type Bill, type BillLine } from "./bill.ts";
import { groupCommitAt } from "./latency.ts";
import type { Load } from "./load.ts";
import { kafkaOf, postgresOf } from "./own-servers.ts";
import { objectGigabytes, priceList } from "./price-list.ts";
import { shardUsageAt } from "./shard-usage.ts";
import { bytesABallot } from "./sizes.ts";
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
    shard: shardUsageAt(rate, load.voters / shards / 2),
  });
  const sessionSeconds = load.sessionsAMonth * load.hours * 3_600;
  const watching = load.watchers * load.decisions * load.sessionsAMonth;
  const others: Partial<Record<CastingUnit, number>> = {
    // Each is a request to the Worker and one to the room; what is sent to it costs nothing.
    worker_requests: watching,
    object_requests: watching,
    // The collector of metrics, one for all decisions.
    object_gigabyte_seconds: sessionSeconds * objectGigabytes,
  };
  // The keys are those of the record, each once.
  const names = Object.keys(units) as CastingUnit[];
  const used = names.map((name) => usedLine(name, votesAMonth * units[name] + (others[name] ?? 0)));
  return toBill([...used, ...storageLines(load), ...serverLines(load)], votesAMonth);
}

/** Of one month's ballots; those of each month before cost the same again. */
function storageLines({ votesAMonth, database }: Load): BillLine[] {
  const objects = (votesAMonth * (bytesABallot.shard + bytesABallot.published)) / 1e9;
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
