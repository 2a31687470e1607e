import { limits } from "../shared/limits.ts";
import { toStage, type Stage, type StageRemedy } from "./bottleneck.ts";
import type { Load } from "./load.ts";
import { postgresProcessorsMax } from "./own-servers.ts";
import { shardUsageAt } from "./shard-usage.ts";
import { ballotsASecond, bytesABallot, bytesARollVoter, plannedShare } from "./sizes.ts";

/** What is asked of each part, in no order. */
export function stagesOf(load: Load): Stage[] {
  const { votesPerSecond, votesADecision, shards, rate, watchers, decisions } = load;
  const { records } = shardUsageAt(rate, votesADecision / shards / 2);
  const stages = [
    toStage({
      name: "shards",
      asked: load.votesPerSecondOfDecision,
      most: limits.shardsMax * limits.shardVotesASecondPlanned,
      remedy: "decisions",
    }),
    toStage({
      name: "shard_storage",
      asked: (votesADecision * bytesABallot.shard + load.voters * bytesARollVoter) / shards,
      most: limits.objectBytesMax,
      remedy: shards < limits.shardsMax ? "shards" : "decisions",
    }),
    toStage({
      name: "publication",
      asked: votesADecision * bytesInRoom(load),
      most: limits.objectBytesMax,
      remedy: "decisions",
    }),
    toStage({
      name: "database",
      asked: votesPerSecond,
      most: databaseMost(load),
      remedy: load.database === "d1" ? "DATABASE" : databaseRemedy(votesPerSecond),
    }),
    toStage({ name: "watchers", asked: watchers, most: limits.watchersMax, remedy: "watchers" }),
  ];
  if (load.voters > 0)
    stages.push(
      toStage({ name: "roll", asked: load.voters, most: limits.rollRowsMax, remedy: "voters" }),
    );
  // Said where a month has no room for them.
  const hours = load.hours * load.sessionsAMonth;
  if (hours > limits.planHoursMax)
    stages.push(
      toStage({
        name: "hours_of_month",
        asked: hours,
        most: limits.planHoursMax,
        remedy: "sessions_a_month",
      }),
    );
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

/** Of a ballot, once it is published. */
function bytesInRoom({ isInRoom }: Load): number {
  const { shard, published, publishedInRoom } = bytesABallot;
  return isInRoom ? shard + published : publishedInRoom;
}

/** What is measured is the largest server: beyond that only another deployment has a database. */
function databaseRemedy(votesPerSecond: number): StageRemedy {
  const isBeyond = votesPerSecond > databaseMost({ database: "postgres" });
  return isBeyond ? "deployments" : "postgres_processors";
}

function databaseMost({ database }: Pick<Load, "database">): number {
  const most = ballotsASecond[database] * plannedShare;
  return database === "d1" ? most : (most * postgresProcessorsMax) / 2;
}
