import { describe, expect, it } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import {
  createTopic,
  metric,
  postKafka,
  upstashKafka,
} from "../../support/services/gateway-clients.ts";
import { services } from "../../support/services/services.ts";

const kafkaRoutes = [
  "POST /produce",
  "POST /consume/group/instance",
  "POST /commit/group/instance",
  "POST /committed/group/instance",
  "POST /fetch",
  "POST /offsets/latest",
  "GET /topics",
  "GET /consumers",
  "POST /delete-consumer/group/instance",
];
const redisRoutes = ["POST /", "POST /pipeline", "POST /multi-exec"];

describe("what the gateway refuses", () => {
  it.each([...kafkaRoutes, ...redisRoutes])(
    "%s needs its own dialect's credential",
    async (route) => {
      const [method = "", path = ""] = route.split(" ");
      const { url, username, password, token } = await services.gateway.address();
      const basic = `Basic ${btoa(`${username}:${password}`)}`;
      const wrong = [
        "",
        "Bearer wrong",
        `Basic ${btoa(`${username}:wrong`)}`,
        `Basic ${btoa(`:${password}`)}`,
        redisRoutes.includes(route) ? basic : `Bearer ${token}`,
      ];
      for (const authorization of wrong) {
        const answer = await fetch(`${url}${path}`, {
          method,
          headers: { authorization },
          ...(method === "POST" ? { body: "[]" } : {}),
        });
        expect(answer.status, authorization).toBe(401);
        expect(await answer.json()).toMatchObject({ code: "credential.invalid", status: 401 });
      }
    },
  );

  it("an unknown topic is named, and counted by its code", async () => {
    const before = await metric('gateway_refusals_total{code="kafka.unknown_topic"}');
    const refused = { status: 404, body: { code: "kafka.unknown_topic", result: "Error" } };
    const topic = "no-such-topic";
    expect(await postKafka("/produce", { topic, value: "x" })).toMatchObject(refused);
    expect(await postKafka("/consume/group/one", { topic })).toMatchObject(refused);
    expect(await postKafka("/fetch", { topic, partition: 0, offset: 0 })).toMatchObject(refused);
    expect(await postKafka("/offsets/latest", [{ topic, partition: 0 }])).toMatchObject(refused);
    expect(await metric('gateway_refusals_total{code="kafka.unknown_topic"}')).toBe(before + 4);
  });

  it("one unknown topic among others keeps all records out", async () => {
    const topic = await createTopic(1);
    const body = [
      { topic, value: "x" },
      { topic: "no-such-topic", value: "x" },
    ];
    expect((await postKafka("/produce", body)).status).toBe(404);
    const kafka = await upstashKafka();
    expect(await kafka.consumer().fetch({ topic, partition: 0, offset: 0, timeout: 0 })).toEqual(
      [],
    );
  });

  it("a partition that does not exist is refused, not replaced by another", async () => {
    const topic = await createTopic(2);
    expect(await postKafka("/produce", { topic, partition: 2, value: "x" })).toMatchObject({
      status: 404,
      body: { code: "kafka.unknown_partition" },
    });
  });

  it("a record that is larger than the broker takes is refused with its own code", async () => {
    const topic = await createTopic(1);
    const answer = await postKafka("/produce", { topic, value: "x".repeat(2_000_000) });
    expect(answer).toMatchObject({ status: 413, body: { code: "kafka.record_too_large" } });
  });

  it("a body above the limit is refused, also when its length is not told", async () => {
    const { url, username, password } = await services.gateway.address();
    const headers = { authorization: `Basic ${btoa(`${username}:${password}`)}` };
    const bytes = new Uint8Array(limits.gatewayBodyBytesMax + 1).fill(0x20);
    const streamed = new Blob([bytes]).stream();
    for (const body of [bytes, streamed]) {
      const init = { method: "POST", headers, body, duplex: "half" as const };
      const answer = await fetch(`${url}/produce`, init);
      expect(answer.status).toBe(413);
      expect(await answer.json()).toMatchObject({ code: "body.too_large" });
    }
  });

  it.each([
    ["no JSON", "{", "body.not_json"],
    ["no topic", { value: "x" }, "body.invalid"],
    ["a value that is no text", { topic: "voting-topic", value: 1 }, "body.invalid"],
    ["no records", [], "body.invalid"],
  ])("a produce with %s is refused", async (_, body, code) => {
    expect(await postKafka("/produce", body)).toMatchObject({ status: 400, body: { code } });
  });

  it("an instance that has not consumed here cannot commit", async () => {
    expect(await postKafka("/commit/group/nobody", "")).toMatchObject({
      status: 404,
      body: { code: "kafka.unknown_consumer" },
    });
  });

  it("no answer and no metric tells a secret", async () => {
    const { url, password, token } = await services.gateway.address();
    for (const path of ["/healthz", "/readyz", "/metrics", "/nothing-here"]) {
      const text = await (await fetch(`${url}${path}`)).text();
      expect(text).not.toContain(password);
      expect(text).not.toContain(token);
    }
  });
});
