import { afterEach, describe, expect, it } from "vitest";
import { createTopic, metric } from "../../support/services/gateway-clients.ts";
import {
  auditOf,
  cast,
  openedDecision,
  readiness,
  startKafkaPlatform,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { startOwnGateway } from "../../support/services/own-gateway.ts";

/** More than these lines in some seconds would be a crash loop; backing off makes about four a writer and shard. */
const linesMax = 40;

/** Whatever is wrong with Kafka, votes are taken, and whoever looks is told what it is. */
describe("a vote log that can't be used", () => {
  let platform: KafkaPlatform | null = null;
  afterEach(async () => {
    await platform?.stop();
    platform = null;
  });

  async function startWith(vars: Record<string, string>): Promise<KafkaPlatform> {
    platform = await startKafkaPlatform(vars);
    return platform;
  }

  /** Casts votes and waits until their shard has failed to publish them; tells why. */
  async function drainFailure(on: KafkaPlatform): Promise<string> {
    const decisionId = await openedDecision(on, "waiting", 1);
    expect(await cast(on, decisionId, 100)).toBe(100);
    const failure = async () => (await auditOf(on, decisionId)).shards[0]?.drain_failure;
    await expect.poll(failure, { timeout: 20_000 }).toBeTypeOf("string");
    return (await failure()) ?? "";
  }

  async function problems(on: KafkaPlatform): Promise<string> {
    const { code, status, vote_log } = await readiness(on);
    expect([code, status]).toEqual([503, "degraded"]);
    return vote_log.problems.join("; ");
  }

  function expectNoCrashLoop(on: KafkaPlatform, pid: number): void {
    expect(on.process.pid).toBe(pid);
    expect(on.lines.length).toBeLessThan(linesMax);
  }

  it("because its password is wrong says so in health, audit and log", async () => {
    const on = await startWith({ KAFKA_REST_PASSWORD: "wrong" });
    const { pid } = on.process;
    const said = "The credential is missing or wrong (401)";
    expect(await drainFailure(on)).toContain(said);
    expect(await problems(on)).toContain(said);
    expect(on.lines.some((line) => line.includes("shard.drain_failed"))).toBe(true);
    expect(on.lines.some((line) => line.includes("writer.waits"))).toBe(true);
    expect(on.lines.join("\n")).not.toContain('"wrong"');
    expectNoCrashLoop(on, pid);
  });

  it("because its topic does not exist names the topic in health", async () => {
    const on = await startWith({ KAFKA_TOPIC: "nobody-made-this" });
    const { pid } = on.process;
    expect(await drainFailure(on)).toContain("There is no such topic (404)");
    expect(await problems(on)).toContain("there is no topic nobody-made-this");
    expectNoCrashLoop(on, pid);
  });

  it("because the broker takes no record of that size says so, and the gateway counts it", async () => {
    const topic = await createTopic(1, [{ name: "max.message.bytes", value: "200" }]);
    const name = 'gateway_refusals_total{code="kafka.record_too_large"}';
    const before = await metric(name);
    const on = await startWith({ KAFKA_TOPIC: topic });
    const { pid } = on.process;
    expect(await drainFailure(on)).toContain("A record is larger than the broker takes");
    expect(await metric(name)).toBeGreaterThan(before);
    expectNoCrashLoop(on, pid);
  });

  it("because no broker listens says so", async () => {
    const gateway = await startOwnGateway({ KAFKA_BROKERS: "127.0.0.1:1" });
    const { url, username, password } = gateway;
    const on = await startWith({
      KAFKA_REST_URL: url ?? "",
      KAFKA_REST_USERNAME: username,
      KAFKA_REST_PASSWORD: password,
    });
    const { pid } = on.process;
    expect(await drainFailure(on)).toContain("The brokers do not answer");
    expect(await problems(on)).toContain("The brokers do not answer");
    expectNoCrashLoop(on, pid);
    gateway.signal("SIGTERM");
    await gateway.ended;
  });

  it("because a setting is missing names the variable", async () => {
    const on = await startWith({ KAFKA_REST_URL: "" });
    expect(await drainFailure(on)).toContain("KAFKA_REST_URL");
    expect(await problems(on)).toContain("KAFKA_REST_URL");
    expect(on.lines.some((line) => line.includes("vote_log.misconfigured"))).toBe(true);
  });
});
