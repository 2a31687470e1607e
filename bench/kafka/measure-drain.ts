import { setTimeout as sleep } from "node:timers/promises";
import { Admin } from "@platformatic/kafka";
import type { Client } from "../../src/client/client.ts";
import type { AuditAnswer } from "../../src/cli/api/answers.ts";
import { castVotes } from "../../src/cli/api/cast-batch.ts";
import { connectClient } from "../../src/cli/api/connect.ts";
import { draftDecision, openDraft, readAudit } from "../../src/cli/api/decisions.ts";
import { ballotsBehind } from "../../src/cli/api/wait-until-drained.ts";
import { forEachConcurrently } from "../../src/cli/command-line/for-each-concurrently.ts";
import { bootPlatform, type BootOptions } from "../../scripts/local-platform/boot.ts";
import { gateway } from "../../scripts/services/gateway.ts";
import { kafkaVariables } from "../../scripts/services/kafka-variables.ts";
import { kafka } from "../../scripts/services/kafka.ts";
import { serviceLocation } from "../../scripts/services/service-location.ts";

const partitions = 8;
const shards = 16;
const batchVotes = 1_000;
const lanes = 4;
const pollMs = 250;
const slug = "bench-kafka";

export type DrainRow = { name: string; ballots: number; elapsedMs: number };

type Options = {
  ballots: number;
  writers: number;
  database: "d1" | "postgres";
  /** Where Postgres is, if that is the database. */
  postgresUrl?: string;
  stateFolder: string;
  log: (line: string) => void;
};

/**
 * Casts real votes that pile up in Kafka, since no writer runs; then starts the writers and waits
 * until the database holds them all.
 */
export async function measureDrain(options: Options): Promise<DrainRow[]> {
  const { ballots, writers, database, postgresUrl, stateFolder, log } = options;
  const vars = await varsFor(options);
  const reached = postgresUrl === undefined ? {} : { postgresUrl };
  const boot: BootOptions = { stateFolder, port: 0, log, vars, ...reached };

  log(`casting ${ballots} votes`);
  let decisionId = "";
  const piled = await withPlatform({ ...boot, withoutCron: true }, async (client) => {
    ({ id: decisionId } = await draftDecision(client, {
      slug,
      title: slug,
      description: "",
      regions: [],
      weight_max: 1,
      shards,
      // The audit that is polled hides what an open decision of another disclosure holds.
      disclosure: "roll_call",
      ends_early: "by_organiser",
    }));
    await openDraft(client, decisionId);
    const startedAt = performance.now();
    await castNumbered(client, decisionId, ballots);
    await waitUntil(client, decisionId, isPublished);
    return performance.now() - startedAt;
  });

  log("draining");
  const drained = await withPlatform(boot, async (client) => {
    const startedAt = performance.now();
    await waitUntil(client, decisionId, (audit) => ballotsBehind(audit) === 0);
    return performance.now() - startedAt;
  });
  const who = `${writers} ${writers === 1 ? "writer" : "writers"}`;
  return [
    { name: "voters to Kafka, 1,000 votes a request", ballots, elapsedMs: piled },
    { name: `Kafka to ${database}, ${who}`, ballots, elapsedMs: drained },
  ];
}

/** The platform's settings, on a topic of the run's own. */
async function varsFor({ writers, database }: Options): Promise<Record<string, string>> {
  const address = gateway.address(await serviceLocation("gateway"));
  const { brokers } = kafka.address(await serviceLocation("kafka"));
  const admin = new Admin({ clientId: "bench", bootstrapBrokers: [brokers] });
  const topic = `bench-kafka-${Date.now()}`;
  const searchTopic = `${topic}-search`;
  try {
    await admin.createTopics({ topics: [topic, searchTopic], partitions, replicas: 1 });
  } finally {
    await admin.close();
  }
  return {
    ...kafkaVariables(address, {
      topic,
      deadLettersTopic: "enviro-governance-votes-dlq",
      group: topic,
      searchTopic,
      searchGroup: `${topic}-indexers`,
    }),
    KAFKA_WRITERS: String(writers),
    DATABASE: database,
    ENFORCE_PLATFORM_LIMITS: "false",
  };
}

async function withPlatform<T>(
  boot: BootOptions,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const platform = await bootPlatform(boot);
  const client = connectClient({
    origin: platform.origin,
    key: platform.adminKey,
    connections: lanes,
  });
  try {
    return await work(client);
  } finally {
    await client.close();
    await platform.stop();
  }
}

async function castNumbered(client: Client, decisionId: string, ballots: number): Promise<void> {
  const starts = Array.from(
    { length: Math.ceil(ballots / batchVotes) },
    (_, index) => index * batchVotes,
  );
  await forEachConcurrently(starts, lanes, async (from) => {
    const count = Math.min(batchVotes, ballots - from);
    const votes = Array.from({ length: count }, (_, index) => ({
      voter_id: `voter-${from + index}`,
      vote: (["yes", "no", "abstain"] as const)[index % 3] ?? "yes",
    }));
    const { receipts } = await castVotes(client, { decisionId, votes });
    if (receipts.length !== count) throw new Error(`${count - receipts.length} votes were refused`);
  });
}

function isPublished({ shards: all }: AuditAnswer): boolean {
  return all.every(({ seq, published_seq }) => published_seq === seq);
}

async function waitUntil(
  client: Client,
  decisionId: string,
  isDone: (audit: AuditAnswer) => boolean,
) {
  while (!isDone(await readAudit(client, decisionId))) {
    await sleep(pollMs);
  }
}
