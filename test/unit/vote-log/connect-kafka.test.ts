import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { text as readText } from "node:stream/consumers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { limits } from "../../../src/shared/limits.ts";
import { connectKafka } from "../../../src/vote-log/kafka/connect.ts";

/** Held by the genuine client: a version of it that goes another way turns these red. */
describe("a call to Kafka", () => {
  let server: Server;
  let requests: string[] = [];
  let calls: { headers: IncomingHttpHeaders; body: unknown }[] = [];
  afterEach(() => {
    vi.useRealTimers();
    server.closeAllConnections();
    server.close();
  });

  async function connectTo(status: number, body: object) {
    requests = [];
    calls = [];
    server = createServer(async (request, response) => {
      requests.push(request.url ?? "");
      const text = await readText(request);
      calls.push({ headers: request.headers, body: text === "" ? null : JSON.parse(text) });
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(body));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const url = `http://127.0.0.1:${port}`;
    const names = { topic: "t", deadLettersTopic: "d", group: "g", writers: 1 };
    return connectKafka({ url, username: "u", password: "p", ...names });
  }

  it("that is refused is tried once, and tells the status and the words", async () => {
    const kafka = await connectTo(404, { error: "There is no such topic: t", status: 404 });
    await expect(kafka.produce([{ topic: "t", key: "k", value: "v" }])).rejects.toMatchObject({
      name: "KafkaFailure",
      status: 404,
      message: "produce: There is no such topic (404)",
    });
    expect(requests).toEqual(["/produce"]);
  });

  it("that finds nobody is tried once, and has no status", async () => {
    const kafka = await connectTo(200, {});
    server.close();
    await once(server, "close");
    await expect(kafka.topics()).rejects.toMatchObject({ name: "KafkaFailure", status: null });
    expect(requests).toEqual([]);
  });

  it("that is never answered ends at its deadline", async () => {
    const kafka = await connectTo(200, {});
    server.removeAllListeners("request");
    vi.useFakeTimers();
    const answer = kafka.topics().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(limits.kafkaAnswerMsMax);
    expect(await answer).toMatchObject({
      status: null,
      message: "topics: LoggableError: no answer within 10000 ms",
    });
  });

  it("goes out as the group's member, and commits no offset by itself", async () => {
    const kafka = await connectTo(200, []);
    expect(await kafka.consume("one", ["t", "d"])).toEqual([]);
    expect(requests).toEqual(["/consume/g/one"]);
    expect(calls[0]?.body).toEqual({ topics: ["t", "d"], timeout: limits.kafkaConsumeWaitMs });
    expect(calls[0]?.headers).toMatchObject({
      "kafka-enable-auto-commit": "false",
      // Where the group has no offset yet, nothing that is there may be passed over.
      "kafka-auto-offset-reset": "earliest",
      authorization: `Basic ${btoa("u:p")}`,
    });
  });

  it("carries what was given, for the group and its member", async () => {
    const kafka = await connectTo(200, []);
    const record = { topic: "t", key: "k", value: "v" };
    const offset = [{ topic: "t", partition: 1, offset: 7 }];
    await kafka.produce([record]);
    await kafka.commit("one", offset);
    await kafka.leave("one");
    await kafka.topics();
    expect(requests.map((path, index) => [path, calls[index]?.body])).toEqual([
      ["/produce", [record]],
      ["/commit/g/one", offset],
      ["/delete-consumer/g/one", null],
      ["/topics", null],
    ]);
  });

  it("is named in what it fails with", async () => {
    const kafka = await connectTo(503, { error: "Redis does not answer", status: 503 });
    const failures = await Promise.all(
      [
        kafka.produce([]),
        kafka.consume("one", ["t"]),
        kafka.commit("one", []),
        kafka.leave("one"),
        kafka.topics(),
      ].map((call) => call.then(String, (error: Error) => error.message)),
    );
    expect(failures.map((message) => message.split(":")[0])).toEqual([
      "produce",
      "consume",
      "commit",
      "leave",
      "topics",
    ]);
  });
});
