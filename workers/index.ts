import { consumeQueue } from "./queue-consumer.ts";
import { appOf } from "./app.ts";
import { runCron } from "./cron.ts";
import { isPageRequest, servePage } from "./page.ts";

export { BallotShard } from "../durable-objects/ballot-shard/ballot-shard.ts";
export { DecisionRoom } from "../durable-objects/decision-room/decision-room.ts";
export { Registry } from "../durable-objects/registry/registry.ts";
export { VoteWriter } from "../durable-objects/vote-writer/vote-writer.ts";

export default {
  fetch: (request, env, ctx) =>
    isPageRequest(request) ? servePage(request, env, ctx) : appOf(env).fetch(request, env, ctx),
  queue: consumeQueue,
  scheduled: ({ scheduledTime }, env) => runCron(env, scheduledTime),
} satisfies ExportedHandler<Env, string>;
