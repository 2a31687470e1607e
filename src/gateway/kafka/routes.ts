import { Hono, type Context } from "hono";
import { traceDelivery } from "../../telemetry/traces/delivery.ts";
import type { Tracer } from "../../telemetry/traces/tracer.ts";
import { readValidJson } from "../http/read-valid-json.ts";
import type { GatewayMetrics } from "../metrics.ts";
import { GatewayRefusal } from "../refusal.ts";
import {
  commitBody,
  consumeBody,
  consumerOptions,
  fetchBody,
  offsetsTime,
  partitionsBody,
  produceBody,
} from "./dialect.ts";
import { parentsOf } from "../tracer.ts";
import type { Kafka } from "./kafka.ts";

const done = { result: "Success", status: 200 };

/** Upstash's Kafka REST dialect. */
export function kafkaRoutes(kafka: Kafka, metrics: GatewayMetrics, tracer: Tracer): Hono {
  const app = new Hono();

  app.post("/produce", async (c) => {
    const items = await readValidJson(c, produceBody);
    const sending = {
      name: "produce",
      kind: "producer",
      attributes: attributesOf("send"),
    } as const;
    const produced = await traceDelivery(tracer, { ...sending, parents: parentsOf(items) }, () =>
      kafka.produce(items),
    );
    metrics.recordsProduced.inc(produced.length);
    return c.json(produced);
  });

  app.post("/consume/:group/:instance", async (c) => {
    const { topics, waitMs } = await readValidJson(c, consumeBody);
    const options = consumerOptions.safeParse(c.req.header());
    if (!options.success) throw new GatewayRefusal("body.invalid", "a Kafka- header");
    const consumer = kafka.instances.open(nameOf(c), options.data);
    const messages = await consumer.poll(topics, waitMs, () => c.req.raw.signal.aborted);
    metrics.recordsConsumed.inc(messages.length);
    const giving = { name: "consume", attributes: attributesOf("receive") } as const;
    return traceDelivery(tracer, { ...giving, parents: parentsOf(messages) }, async () =>
      c.json(messages),
    );
  });

  app.post("/commit/:group/:instance", async (c) => {
    const offsets = await readValidJson(c, commitBody);
    await kafka.instances.find(nameOf(c)).commit(offsets);
    metrics.commits.inc();
    return c.json(done);
  });

  app.post("/committed/:group/:instance", async (c) =>
    c.json(await kafka.committed(nameOf(c).group, await readValidJson(c, partitionsBody))),
  );

  app.post("/fetch", async (c) => {
    const { places, waitMs } = await readValidJson(c, fetchBody);
    return c.json(await kafka.fetch(places, waitMs));
  });

  app.post("/offsets/:time", async (c) => {
    const time = offsetsTime.safeParse(c.req.param("time"));
    if (!time.success)
      throw new GatewayRefusal("body.invalid", "the time: earliest, latest or milliseconds");
    return c.json(await kafka.offsetsAt(time.data, await readValidJson(c, partitionsBody)));
  });

  app.get("/topics", async (c) => c.json(await kafka.topics()));

  app.get("/consumers", (c) => c.json(kafka.instances.list()));

  app.post("/delete-consumer/:group/:instance", async (c) => {
    await kafka.instances.close(nameOf(c));
    return c.json(done);
  });

  return app;
}

function attributesOf(type: "send" | "receive") {
  return { "messaging.system": "kafka", "messaging.operation.type": type } as const;
}

function nameOf(c: Context): { group: string; instance: string } {
  return { group: c.req.param("group") ?? "", instance: c.req.param("instance") ?? "" };
}
