import { limits } from "../shared/limits.ts";
import type { PlanInput, PlannedDatabase, PlannedLog } from "./plan-input.ts";
import { shardUsageAt } from "./shard-usage.ts";
import { bytesABallot } from "./sizes.ts";

/** An input with its choices made, and what follows from it at once. */
export interface Load extends PlanInput {
  votesADecision: number;
  votesASession: number;
  votesAMonth: number;
  votesPerSecondOfDecision: number;
  database: PlannedDatabase;
  log: PlannedLog;
  shards: number;
  /** Votes a second of each shard. */
  rate: number;
  isInRoom: boolean;
}

/** Shorter than this D1 is not worth beginning with. */
const d1MonthsMin = 12;

/** Makes the choices that an input leaves open. */
export function toLoad(input: PlanInput): Load {
  const votesPerSecondOfDecision = input.votesPerSecond / input.decisions;
  const votesASession = input.votesPerSecond * input.hours * 3_600;
  const votesAMonth = votesASession * input.sessionsAMonth;
  const votesADecision = votesASession / input.decisions;
  const shards = shardsFor(votesPerSecondOfDecision);
  const rate = votesPerSecondOfDecision / shards;
  const messages =
    input.decisions * shards * rate * shardUsageAt(rate, votesADecision / shards / 2).records;
  return {
    ...input,
    votesADecision,
    votesASession,
    votesAMonth,
    votesPerSecondOfDecision,
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

/** What ballots of a month take of D1, and how long it lasts. */
export function d1Of(votesAMonth: number) {
  const gigabytesAMonth = (votesAMonth * bytesABallot.d1) / 1e9;
  return { gigabytesAMonth, monthsUntilFull: limits.d1BytesMax / 1e9 / gigabytesAMonth };
}
