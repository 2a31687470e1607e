import { createClient } from "redis";
import { Client } from "pg";
import { Admin } from "@platformatic/kafka";
import { afterAll, describe, expect, it } from "vitest";
import { services } from "../support/services/services.ts";

/** The kernel closes the sockets of a killed process an instant after the process is gone: a connection made in between is reset. */
const isDown = /ECONNREFUSED|ECONNRESET/;

/** Everything that another test does to a server rests on these. */
describe("the services of the tests", () => {
  afterAll(async () => {
    for (const service of Object.values(services)) {
      service.thaw();
      await service.start();
    }
  });

  it("Redis keeps its keys and its port when it is killed and started again", async () => {
    const { url } = await services.redis.address();
    await withRedis(url, (client) => client.set("outages:kept", "yes"));
    await services.redis.kill();
    await expect(withRedis(url, (client) => client.ping())).rejects.toThrow(isDown);
    await services.redis.start();
    expect((await services.redis.address()).url).toBe(url);
    expect(await withRedis(url, (client) => client.getDel("outages:kept"))).toBe("yes");
  });

  it("a frozen Redis takes connections and answers nothing until it is thawed", async () => {
    const { url } = await services.redis.address();
    services.redis.freeze();
    const answer = withRedis(url, (client) => client.ping());
    const silence = new Promise((resolve) => setTimeout(resolve, 300, "silence"));
    expect(await Promise.race([answer, silence])).toBe("silence");
    services.redis.thaw();
    expect(await answer).toBe("PONG");
  });

  it("Postgres keeps what was committed when all its processes are killed", async () => {
    const { url } = await services.postgres.address();
    const name = `kept_${process.pid}`;
    await query(url, `CREATE TABLE ${name} AS SELECT 7 AS seven`);
    await services.postgres.kill();
    await expect(query(url, "SELECT 1")).rejects.toThrow(isDown);
    await services.postgres.start();
    expect(await query(url, `SELECT seven FROM ${name}`)).toEqual([{ seven: 7 }]);
    await query(url, `DROP TABLE ${name}`);
  });

  it("Kafka keeps its topics when it is stopped and started again", async () => {
    const { brokers } = await services.kafka.address();
    await services.kafka.stop();
    await expect(listTopics(brokers)).rejects.toThrow(/Listing topics failed/);
    await services.kafka.start();
    expect(await listTopics(brokers)).toEqual(
      expect.arrayContaining(["enviro-governance-votes", "enviro-governance-votes-dlq"]),
    );
  });
});

function redisClient(url: string) {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  // A client without a listener ends the process when its connection breaks.
  return client.on("error", () => {});
}

async function withRedis<T>(
  url: string,
  work: (client: ReturnType<typeof redisClient>) => Promise<T>,
): Promise<T> {
  const client = redisClient(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function listTopics(brokers: string): Promise<string[]> {
  const admin = new Admin({ clientId: "test", bootstrapBrokers: [brokers], retries: 0 });
  try {
    return await admin.listTopics({});
  } finally {
    await admin.close();
  }
}
