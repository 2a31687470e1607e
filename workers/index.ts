import { consumeQueue } from "./queue-consumer.ts";
import { appOf } from "./app.ts";
import { runCron } from "./cron.ts";
import { flushMetricsLater } from "../src/platform/metrics/flush-metrics.ts";
import { isPageRequest, servePage } from "./page.ts";

export { BallotShard } from "../durable-objects/ballot-shard/ballot-shard.ts";
export { DecisionRoom } from "../durable-objects/decision-room/decision-room.ts";
export { MetricsCollector } from "../durable-objects/metrics-collector/metrics-collector.ts";
export { Registry } from "../durable-objects/registry/registry.ts";
export { VoteWriter } from "../durable-objects/vote-writer/vote-writer.ts";

export default {
  async fetch(request, env, ctx) {
    const answer = await (isPageRequest(request)
      ? servePage(request, env, ctx)
      : appOf(env).fetch(request, env, ctx));
    flushMetricsLater(env, ctx);
    return answer;
  },
  async queue(batch, env, ctx) {
    await consumeQueue(batch, env);
    flushMetricsLater(env, ctx);
  },
  async scheduled({ scheduledTime }, env, ctx) {
    await runCron(env, scheduledTime);
    flushMetricsLater(env, ctx);
  },
} satisfies ExportedHandler<Env, string>;
