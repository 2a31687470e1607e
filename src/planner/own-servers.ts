import { limits } from "../shared/limits.ts";
import { serverOf, type ServerSize } from "./bill.ts";
import type { Load } from "./load.ts";
import { ballotsASecond, bytesABallot, plannedShare } from "./sizes.ts";

export interface KafkaPlan {
  partitions: number;
  brokers: number;
  server: ServerSize;
  gigabytesAWeek: number;
}

export interface PostgresPlan {
  connections: number;
  server: ServerSize;
  gigabytesAMonth: number;
}

/** One more where one is not enough: of what was measured a share is planned for. */
export function writersOf({ votesPerSecond, database, log }: Load): number {
  const needed = Math.ceil(votesPerSecond / (ballotsASecond[database] * plannedShare));
  return log === "queue"
    ? Math.max(queueConsumers, needed)
    : Math.min(limits.kafkaWritersMax, Math.max(2, needed));
}

/** `max_concurrency` of the queue's consumer in wrangler.toml. */
const queueConsumers = 4;

/** The brokers of a topic, and what lies on all of their disks. */
export function kafkaOf(load: Load): KafkaPlan | null {
  if (load.log === "queue") return null;
  const gigabytesAWeek = (load.votesAMonth * bytesABallot.log * kafkaCopies) / 1e9 / weeksAMonth;
  return { partitions: writersOf(load), brokers: kafkaCopies, server: serverOf(2), gigabytesAWeek };
}

/** A record is on so many brokers, and kept for a week. */
const kafkaCopies = 3;
const weeksAMonth = 4.35;

/** The server of a database of one's own. */
export function postgresOf(load: Load): PostgresPlan | null {
  if (load.database === "d1") return null;
  return {
    connections: Math.min(
      limits.postgresConnectionsMax,
      writersOf(load) + limits.postgresConnectionsMax / 4,
    ),
    server: serverOf(postgresProcessors(load.votesPerSecond)),
    gigabytesAMonth: (load.votesAMonth * bytesABallot.postgres) / 1e9,
  };
}

/** Two processors brought what was measured in, together with everything else. */
function postgresProcessors(votesPerSecond: number): number {
  return Math.max(2, Math.ceil((2 * votesPerSecond) / (ballotsASecond.postgres * plannedShare)));
}

/** One that applies ballots one after another has this many processors at most. */
export const postgresProcessorsMax = 64;
