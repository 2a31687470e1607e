import { invariant } from "../shared/invariant.ts";
import type { Bill } from "./bill.ts";
import { byShare, type Stage } from "./bottleneck.ts";
import { groupCommitAt, latencyAt, type GroupCommitPlan, type Latency } from "./latency.ts";
import { d1Of, toLoad } from "./load.ts";
import { billOf } from "./month-bill.ts";
import {
  kafkaOf,
  postgresOf,
  writersOf,
  type KafkaPlan,
  type PostgresPlan,
} from "./own-servers.ts";
import type { PlanInput, PlannedDatabase, PlannedLog } from "./plan-input.ts";
import { stagesOf } from "./stages.ts";

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
  /** Where they are asked to be, in turn: so many of Cloudflare's places, as `location_hints`. */
  places: number;
  groupCommit: GroupCommitPlan;
  database: PlannedDatabase;
  log: PlannedLog;
  /** Consumers of the queue at one time, or VoteWriter objects and at least as many partitions. */
  writers: number;
  kafka: KafkaPlan | null;
  postgres: PostgresPlan | null;
  /** Null where D1 is not used. */
  d1: { gigabytesAMonth: number; monthsUntilFull: number } | null;
  /** Null where the shards can't keep up. */
  latency: Latency | null;
  /** From the most used on. */
  stages: readonly Stage[];
  bottleneck: Stage;
  bill: Bill;
}

/** Plans a deployment for a load. Pure, and as quick for any. */
export function planDeployment(input: PlanInput): DeploymentPlan {
  const load = toLoad(input);
  const stages = byShare(stagesOf(load));
  const [bottleneck] = stages;
  invariant(bottleneck !== undefined, "there are always stages");
  return {
    votes: { aSession: load.votesASession, aMonth: load.votesAMonth },
    shards: { count: load.shards, votesPerSecondEach: load.rate, isInRoom: load.isInRoom },
    places: Math.min(load.shards, load.continents),
    groupCommit: groupCommitAt(load.rate),
    database: load.database,
    log: load.log,
    writers: writersOf(load),
    kafka: kafkaOf(load),
    postgres: postgresOf(load),
    d1: load.database === "d1" ? d1Of(load.votesAMonth) : null,
    latency: latencyAt(load.rate, load.continents),
    stages,
    bottleneck,
    bill: billOf(load),
  };
}
