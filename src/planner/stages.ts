import { limits } from "../shared/limits.ts";
import { toStage, type Stage } from "./bottleneck.ts";
import type { Load } from "./load.ts";
import { postgresProcessorsMax } from "./own-servers.ts";
import { shardUsageAt } from "./shard-usage.ts";
import { ballotsASecond, bytesABallot, plannedShare } from "./sizes.ts";

/** What is asked of each part, in no order. */
export function stagesOf(load: Load): Stage[] {
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
      asked: votesADecision * bytesInRoom(load),
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

/** Of a ballot, once it is published. */
function bytesInRoom({ isInRoom }: Load): number {
  const { shard, published, publishedInRoom } = bytesABallot;
  return isInRoom ? shard + published : publishedInRoom;
}

function databaseMost({ database }: Load): number {
  const most = ballotsASecond[database] * plannedShare;
  return database === "d1" ? most : (most * postgresProcessorsMax) / 2;
}
