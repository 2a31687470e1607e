import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { gatewayHealthRoutes, type Backend } from "../../../src/gateway/http/health.ts";
import { createLog } from "../../../src/gateway/log.ts";
import { createMetrics } from "../../../src/gateway/metrics.ts";
import { GatewayRefusal } from "../../../src/gateway/refusal.ts";
import { limits } from "../../../src/shared/limits.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A gateway before these backends, whose lines are noted. */
function gatewayBefore(...backends: Backend[]) {
  const lines: string[] = [];
  const log = createLog("info", (line) => lines.push(line));
  const metrics = createMetrics();
  const app = gatewayHealthRoutes(backends, metrics, log);
  const readiness = async () => {
    const answer = await app.request("/readyz");
    return { status: answer.status, body: await answer.json() };
  };
  const scraped = async () => (await app.request("/metrics")).text();
  return { readiness, scraped, lines, metrics };
}

it("readiness says how many brokers there are, and of Redis that it is up", async () => {
  const { readiness, metrics } = gatewayBefore(
    { name: "kafka", check: async () => 3 },
    { name: "redis", check: async () => null },
  );
  const body = { kafka: "up", brokers: 3, redis: "up" };
  expect(await readiness()).toEqual({ status: 200, body });
  expect(await metrics.registry.metrics()).toContain("gateway_kafka_brokers 3");
});

it("everybody who asks within a second is told what one look has found", async () => {
  let looks = 0;
  let answer: (brokers: number) => void = () => {};
  const check = () => {
    looks += 1;
    return new Promise<number>((resolve) => {
      answer = resolve;
    });
  };
  const { readiness } = gatewayBefore({ name: "kafka", check });
  const asked = Array.from({ length: 100 }, readiness);
  await vi.advanceTimersByTimeAsync(10 * limits.healthSharedMs);
  expect(looks).toBe(1);
  answer(1);
  const answers = await Promise.all(asked);
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  await vi.advanceTimersByTimeAsync(limits.healthSharedMs - 1);
  await readiness();
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  const again = readiness();
  expect(looks).toBe(2);
  answer(2);
  expect((await again).body).toMatchObject({ brokers: 2 });
});

it("a backend that fails is told by its code, shared like an answer, and logged when it changes", async () => {
  let looks = 0;
  const check = async () => {
    looks += 1;
    throw new GatewayRefusal("kafka.unreachable");
  };
  const { readiness, lines, metrics } = gatewayBefore({ name: "kafka", check });
  for (const _ of [1, 2, 3])
    expect(await readiness()).toEqual({ status: 503, body: { kafka: "kafka.unreachable" } });
  expect([looks, lines.length]).toEqual([1, 1]);
  expect(await metrics.registry.metrics()).toContain("gateway_kafka_brokers 0");
});

it("metrics say what is behind the gateway though nobody asks for readiness", async () => {
  const { scraped } = gatewayBefore(
    { name: "kafka", check: async () => 3 },
    { name: "redis", check: () => Promise.reject(new GatewayRefusal("redis.unreachable")) },
  );
  const text = await scraped();
  expect(text).toContain('gateway_backend_up{backend="kafka"} 1');
  expect(text).toContain('gateway_backend_up{backend="redis"} 0');
  expect(text).toContain("gateway_kafka_brokers 3");
});

it("metrics wait for a backend that is silent no longer than who scrapes waits for them", async () => {
  let fail: (error: unknown) => void = () => {};
  const { scraped } = gatewayBefore({
    name: "kafka",
    check: () => new Promise((_, reject) => (fail = reject)),
  });
  const first = scraped();
  await vi.advanceTimersByTimeAsync(limits.gatewayMetricsLookMsMax);
  expect(await first).not.toContain('gateway_backend_up{backend="kafka"}');
  fail(new GatewayRefusal("kafka.unreachable"));
  await vi.advanceTimersByTimeAsync(0);
  expect(await scraped()).toContain('gateway_backend_up{backend="kafka"} 0');
});
