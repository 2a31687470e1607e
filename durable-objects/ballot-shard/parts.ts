import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { voteLogOf } from "../../src/platform/vote-log.ts";
import type { ScheduledTask } from "../shared/scheduled-task.ts";
import { ShardOutbox } from "./outbox.ts";
import { ShardRolls } from "./rolls.ts";
import { Shard } from "./shard.ts";
import { ShardStore } from "./store.ts";

/** Puts a shard together in the object that it lives in. `report` tells its decision's room what it holds now. */
export function shardParts(
  ctx: DurableObjectState,
  env: Env,
  task: ScheduledTask,
  report: (decisionId: string, snapshot: ShardSnapshot) => Promise<void>,
) {
  const store = new ShardStore(ctx.storage);
  const outbox = new ShardOutbox({
    store,
    task,
    report,
    log: voteLogOf(env),
    republishAfterMs: Number(env.REPUBLISH_AFTER_MS),
  });
  return { outbox, shard: new Shard(store, new ShardRolls(ctx.storage), outbox) };
}
