import { Kafka } from "@upstash/kafka";
import { afterEach, describe, expect, it } from "vitest";
import { createTopic } from "../../support/services/gateway-clients.ts";
import { startOwnGateway, type OwnGateway } from "../../support/services/own-gateway.ts";
import { services } from "../../support/services/services.ts";

describe("a gateway's configuration", () => {
  const gateways: OwnGateway[] = [];
  afterEach(async () => {
    for (const gateway of gateways.splice(0)) {
      gateway.signal("SIGKILL");
      await gateway.ended;
    }
  });

  async function start(environment: Record<string, string>): Promise<OwnGateway> {
    const gateway = await startOwnGateway(environment);
    gateways.push(gateway);
    return gateway;
  }

  async function secure(changes: Record<string, string> = {}): Promise<Record<string, string>> {
    const { secureBrokers, username, password, certificateFile } = await services.kafka.address();
    return {
      KAFKA_BROKERS: secureBrokers,
      KAFKA_TLS: "true",
      KAFKA_TLS_CA_FILE: certificateFile,
      KAFKA_SASL_MECHANISM: "SCRAM-SHA-512",
      KAFKA_SASL_USERNAME: username,
      KAFKA_SASL_PASSWORD: password,
      ...changes,
    };
  }

  async function produce(gateway: OwnGateway, topic: string): Promise<Response> {
    return fetch(`${gateway.url}/produce`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${gateway.username}:${gateway.password}`)}` },
      body: JSON.stringify({ topic, value: "x" }),
    });
  }

  it.each(["SCRAM-SHA-512", "PLAIN"])(
    "reaches brokers over TLS with a %s login",
    async (mechanism) => {
      const { url, username, password } = await start(
        await secure({ KAFKA_SASL_MECHANISM: mechanism }),
      );
      const kafka = new Kafka({ url: url ?? "", username, password });
      const topic = await createTopic(1);
      await kafka.producer().produce(topic, "over TLS");
      const [message] = await kafka.consumer().fetch({ topic, partition: 0, offset: 0 });
      expect(message?.value).toBe("over TLS");
    },
  );

  it.each([
    [
      "a wrong password",
      { KAFKA_SASL_PASSWORD: "wrong-password-of-the-test" },
      "kafka.login_refused",
    ],
    ["no TLS where the broker wants it", { KAFKA_TLS: "false" }, "kafka."],
    ["a port where nothing listens", { KAFKA_BROKERS: "127.0.0.1:9" }, "kafka.unreachable"],
  ])(
    "%s is a code in readiness, answer, metric and log; the process stays up and tells no secret",
    async (_, changes, code) => {
      const gateway = await start(await secure(changes));
      const ready = await fetch(`${gateway.url}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toEqual({ kafka: expect.stringContaining(code) });
      for (let tries = 0; tries < 5; tries += 1) {
        const answer = await produce(gateway, "voting-topic");
        expect(answer.status).toBeGreaterThanOrEqual(502);
        expect(await answer.json()).toMatchObject({ code: expect.stringContaining(code) });
      }
      const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
      expect(metrics).toMatch(new RegExp(`gateway_refusals_total\\{code="${code}.*\\} 5`));
      expect(metrics).toContain('gateway_backend_up{backend="kafka"} 0');
      expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
      expect(gateway.output()).toContain(code);
      expect(gateway.output()).not.toContain("wrong-password-of-the-test");
      expect(gateway.output().match(/a request was refused/g)).toHaveLength(1);
    },
  );

  it("names every variable that is missing or wrong, and ends", async () => {
    const without = await start({});
    expect(await without.ended).toBe(2);
    expect(without.output()).toContain("KAFKA_BROKERS or REDIS_URL");

    const wrong = await start({
      GATEWAY_PORT: "many",
      GATEWAY_KAFKA_PASSWORD: "short",
      KAFKA_SASL_MECHANISM: "TRUST-ME",
    });
    expect(await wrong.ended).toBe(2);
    for (const name of ["GATEWAY_PORT", "GATEWAY_KAFKA_PASSWORD", "KAFKA_SASL_MECHANISM"]) {
      expect(wrong.output()).toContain(name);
    }
    expect(wrong.output()).not.toContain("short");
  });

  it("SIGTERM answers what is under way, leaves the group at once, and ends with 0", async () => {
    const { brokers } = await services.kafka.address();
    // So long a session that a member who did not leave would be waited for longer than this test may take.
    const environment = {
      KAFKA_BROKERS: brokers,
      KAFKA_SESSION_TIMEOUT_MS: "300000",
      REDIS_URL: (await services.redis.address()).url,
      GATEWAY_REDIS_TOKEN: "a token of the test",
    };
    const topic = await createTopic(1);
    const consume = async (gateway: OwnGateway, timeout: number): Promise<unknown> => {
      const answer = await fetch(`${gateway.url}/consume/stopping-${topic}/one`, {
        method: "POST",
        headers: {
          authorization: `Basic ${btoa(`${gateway.username}:${gateway.password}`)}`,
          "kafka-auto-offset-reset": "earliest",
        },
        body: JSON.stringify({ topic, timeout }),
      });
      expect(answer.status).toBe(200);
      return answer.json();
    };
    const first = await start(environment);
    await consume(first, 1_000);
    const underWay = consume(first, 2_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    first.signal("SIGTERM");
    expect(await underWay).toEqual([]);
    expect(await first.ended).toBe(0);

    const second = await start(environment);
    expect((await produce(second, topic)).status).toBe(200);
    expect(await consume(second, 10_000)).toMatchObject([{ value: "x" }]);
  });
});
