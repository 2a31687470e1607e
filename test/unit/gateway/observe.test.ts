import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { observeRequests } from "../../../src/gateway/http/observe.ts";
import { createMetrics } from "../../../src/gateway/metrics.ts";
import { limits } from "../../../src/shared/limits.ts";
import { samplesIn } from "../../support/metrics/scrape.ts";

function gateway() {
  const metrics = createMetrics();
  const app = new Hono().use(observeRequests(metrics));
  app.get("/readyz", (c) => c.text("ok"));
  app.post("/produce", (c) => c.text("ok", c.req.query("fails") === undefined ? 200 : 503));
  const told = async (name: string) => samplesIn(await metrics.registry.metrics()).get(name) ?? 0;
  const counted = (method: string, route: string, status: string) =>
    told(
      `http_server_request_duration_seconds_count{http_request_method="${method}",http_route="${route}",status_class="${status}"}`,
    );
  const produce = async (times: number, query = "") => {
    for (let each = 0; each < times; each += 1)
      await app.request(`/produce${query}`, { method: "POST" });
  };
  return { app, metrics, told, counted, produce };
}

describe("the gateway's metrics", () => {
  it("tell requests that come with votes in tens, so that none tells of one", async () => {
    const { counted, produce } = gateway();
    await produce(limits.metricsHeldBack - 1);
    expect(await counted("POST", "/produce", "2xx")).toBe(0);
    await produce(1);
    expect(await counted("POST", "/produce", "2xx")).toBe(limits.metricsHeldBack);
    await produce(1);
    expect(await counted("POST", "/produce", "2xx")).toBe(limits.metricsHeldBack);
  });

  it("tell what failed, and what is asked without votes, at once", async () => {
    const { app, counted, produce } = gateway();
    await produce(1, "?fails");
    await app.request("/readyz");
    expect(await counted("POST", "/produce", "5xx")).toBe(1);
    expect(await counted("GET", "/readyz", "2xx")).toBe(1);
  });

  it.each([
    ["recordsProduced", "gateway_kafka_records_produced_total"],
    ["recordsConsumed", "gateway_kafka_records_consumed_total"],
    ["commits", "gateway_kafka_commits_total"],
    ["redisCommands", "gateway_redis_commands_total"],
  ] as const)("tell what votes move in tens: %s", async (counter, name) => {
    const { metrics, told } = gateway();
    metrics[counter].inc(limits.metricsHeldBack - 1);
    expect(await told(name)).toBe(0);
    metrics[counter].inc(4);
    expect(await told(name)).toBe(limits.metricsHeldBack + 3);
    metrics[counter].inc();
    expect(await told(name)).toBe(limits.metricsHeldBack + 3);
  });
});
