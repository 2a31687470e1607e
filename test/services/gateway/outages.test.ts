import { afterAll, describe, expect, it } from "vitest";
import {
  createTopic,
  metric,
  postKafka,
  upstashKafka,
  upstashRedis,
} from "../../support/services/gateway-clients.ts";
import { services } from "../../support/services/services.ts";
import { readServiceState } from "../../../scripts/services/state-file.ts";

describe("the gateway when what is behind it fails", () => {
  afterAll(async () => {
    for (const service of Object.values(services)) {
      service.thaw();
      await service.start();
    }
  });

  const gatewayPid = () => readServiceState("gateway")?.process?.pid;

  async function readiness(): Promise<unknown> {
    const { url } = await services.gateway.address();
    return (await fetch(`${url}/readyz`)).json();
  }

  it("a broker that is stopped is told at once, and works again once it is back", async () => {
    const topic = await createTopic(1);
    const pid = gatewayPid();
    await services.kafka.stop();
    const before = await metric('gateway_refusals_total{code="kafka.unreachable"}');
    for (let tries = 0; tries < 3; tries += 1) {
      const answer = await postKafka("/produce", { topic, value: "x" });
      expect(answer).toMatchObject({ status: 503, body: { code: "kafka.unreachable" } });
    }
    expect(await metric('gateway_refusals_total{code="kafka.unreachable"}')).toBe(before + 3);
    await expect.poll(readiness).toEqual({ kafka: "kafka.unreachable", redis: "up" });
    await services.kafka.start();
    const produceAgain = async () => (await postKafka("/produce", { topic, value: "y" })).status;
    await expect.poll(produceAgain, { timeout: 15_000 }).toBe(200);
    expect(gatewayPid()).toBe(pid);
  });

  it("a consumer goes on where it was when the broker was away for a while", async () => {
    const topic = await createTopic(2);
    const kafka = await upstashKafka();
    const request = {
      consumerGroupId: `away-${topic}`,
      instanceId: "one",
      topics: [topic],
      autoOffsetReset: "earliest" as const,
      autoCommit: false,
      timeout: 2_000,
    };
    await kafka.producer().produceMany(["a", "b"].map((value) => ({ topic, value })));
    const seen: string[] = [];
    const consumeUntil = async (count: number) => {
      while (new Set(seen).size < count) {
        const messages = await kafka.consumer().consume(request);
        seen.push(...messages.map(({ value }) => value));
      }
      await kafka.consumer().commit(request);
    };
    await consumeUntil(2);
    await services.kafka.stop();
    const refused = await postKafka(`/consume/${request.consumerGroupId}/one`, {
      topic,
      timeout: 0,
    });
    expect(refused.status).toBeGreaterThanOrEqual(500);
    await services.kafka.start();
    await kafka.producer().produceMany(["c", "d"].map((value) => ({ topic, value })));
    await consumeUntil(4);
    expect(new Set(seen)).toEqual(new Set(["a", "b", "c", "d"]));
  });

  it("a broker that is frozen costs its deadline, not more, and nothing that waits is left behind", async () => {
    const topic = await createTopic(1);
    services.kafka.freeze();
    const startedAt = Date.now();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => postKafka("/produce", { topic, value: "x" })),
    );
    services.kafka.thaw();
    for (const { status } of answers) expect([503, 504]).toContain(status);
    expect(Date.now() - startedAt).toBeLessThan(12_000);
    const produceAgain = async () => (await postKafka("/produce", { topic, value: "y" })).status;
    await expect.poll(produceAgain, { timeout: 15_000 }).toBe(200);
  });

  it("Redis stopped, frozen and back: a clear error in bounded time, then answers again", async () => {
    const redis = await upstashRedis({ retry: false });
    const write = () => redis.set("outages:probe", "1", { px: 60_000 });
    const writeAgain = () => write().catch(() => null);
    expect(await write()).toBe("OK");
    await services.redis.stop();
    await expect(write()).rejects.toThrow(/Redis does not answer/);
    await expect.poll(readiness).toEqual({ kafka: "up", brokers: 1, redis: "redis.unreachable" });
    await services.redis.start();
    await expect.poll(writeAgain).toBe("OK");

    services.redis.freeze();
    const startedAt = Date.now();
    await expect(write()).rejects.toThrow(/Redis did not answer in time/);
    expect(Date.now() - startedAt).toBeLessThan(4_000);
    services.redis.thaw();
    await expect.poll(writeAgain).toBe("OK");
  });
});
