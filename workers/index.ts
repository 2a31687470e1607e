import { keepDatabaseAhead } from "./composition.ts";
import { consumeQueue } from "./consume-queues.ts";
import { appOf } from "./app-of.ts";
import { startWriters } from "./vote-writers.ts";

export { BallotShard } from "../durable-objects/ballot-shard.ts";
export { DecisionRoom } from "../durable-objects/decision-room.ts";
export { Registry } from "../durable-objects/registry.ts";
export { VoteWriter } from "../durable-objects/vote-writer.ts";

export default {
  fetch: (request, env, ctx) => appOf(env).fetch(request, env, ctx),
  queue: consumeQueue,
  scheduled: async ({ scheduledTime }, env) => {
    await Promise.all([startWriters(env), keepDatabaseAhead(env, scheduledTime)]);
  },
} satisfies ExportedHandler<Env, string>;
