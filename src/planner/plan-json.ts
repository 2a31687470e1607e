import type { BillLine } from "./bill.ts";
import type { Stage } from "./bottleneck.ts";
import type { DeploymentPlan } from "./plan.ts";
import { priceList } from "./price-list.ts";

/** A plan as JSON: what the API answers with, and what the command prints. */
export function viewPlan(plan: DeploymentPlan) {
  const { votes, shards, groupCommit, kafka, postgres, d1, latency, bill } = plan;
  return {
    votes: { a_session: votes.aSession, a_month: votes.aMonth },
    shards: {
      count: shards.count,
      votes_per_second_each: shards.votesPerSecondEach,
      in_room: shards.isInRoom,
    },
    places: plan.places,
    group_commit: { window_ms: groupCommit.windowMs, votes_a_commit: groupCommit.votesACommit },
    database: plan.database,
    log: plan.log,
    writers: plan.writers,
    kafka: kafka && {
      partitions: kafka.partitions,
      brokers: kafka.brokers,
      processors: kafka.server.processors,
      memory_gigabytes: kafka.server.memoryGigabytes,
      gigabytes_a_week: kafka.gigabytesAWeek,
    },
    postgres: postgres && {
      connections: postgres.connections,
      processors: postgres.server.processors,
      memory_gigabytes: postgres.server.memoryGigabytes,
      gigabytes_a_month: postgres.gigabytesAMonth,
    },
    d1: d1 && { gigabytes_a_month: d1.gigabytesAMonth, months_until_full: d1.monthsUntilFull },
    latency: latency && {
      p50_ms: latency.p50Ms,
      p99_ms: latency.p99Ms,
      parts: latency.parts.map(({ name, p50Ms, p99Ms, basis }) => ({
        name,
        p50_ms: p50Ms,
        p99_ms: p99Ms,
        basis,
      })),
    },
    bottleneck: viewStage(plan.bottleneck),
    stages: plan.stages.map(viewStage),
    bill: {
      prices_read_on: priceList.readOn,
      currency: "USD" as const,
      a_month: bill.usdAMonth,
      a_million_votes: bill.usdAMillionVotes,
      lines: bill.lines.map(viewLine),
    },
  };
}

function viewStage(stage: Stage) {
  return { ...stage };
}

function viewLine({ item, quantity, included, usd }: BillLine) {
  return { item, quantity, included, usd };
}
