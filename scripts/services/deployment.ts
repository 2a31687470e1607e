import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { startMissing } from "./control.ts";
import { gateway } from "./gateway.ts";
import { dropTopics, kafka, keepTopics } from "./kafka.ts";
import { kafkaVariables } from "./kafka-variables.ts";
import { opensearch } from "./opensearch.ts";
import { serviceLocation } from "./service-location.ts";
import { redis } from "./redis.ts";
import { dropSearchIndexes } from "./search-indexes.ts";
import { dropVotingDatabase, keepVotingDatabase } from "./voting-database.ts";

/**
 * A local deployment on the services of this checkout: what the platform is booted with, and where
 * to look.
 */
export type Deployment = {
  vars: Record<string, string>;
  postgresUrl: string;
  places: Record<string, string>;
};

const nameSchema = z.object({ name: z.string().regex(/^enviro_[0-9a-f]{8}$/) });

/**
 * Starts what does not run and makes what a deployment needs there: topics, a database with its
 * tables, logins. All of it is under a name that the state folder keeps, so that the ballots of one
 * folder never meet those of another, or of an earlier life of the same.
 */
export async function keepDeployment(
  stateFolder: string,
  log: (line: string) => void,
): Promise<Deployment> {
  await startMissing(["redis", "postgres", "kafka", "gateway", "opensearch"], log);
  const name = readName(stateFolder) ?? makeName(stateFolder);
  const topics = topicsOf(name);
  await keepTopics(await serviceLocation("kafka"), Object.values(topics));
  const database = await keepVotingDatabase(name);
  for (const migration of database.applied) log(`applied migration ${migration} of Postgres`);
  const address = gateway.address(await serviceLocation("gateway"));
  const searchUrl = opensearch.address(await serviceLocation("opensearch")).url;
  return {
    vars: {
      DATABASE: "postgres",
      DEPLOYMENT: name,
      ...kafkaVariables(address, {
        ...topics,
        group: `${name}-writers`,
        searchGroup: `${name}-indexers`,
      }),
      CACHE: "redis",
      REDIS_REST_URL: address.url,
      REDIS_REST_TOKEN: address.token,
      SEARCH: "opensearch",
      SEARCH_URL: searchUrl,
      // Of one node, which keeps no second copy.
      SEARCH_REPLICAS: "0",
      TOKEN_ISSUER: name,
    },
    postgresUrl: database.workerUrl,
    places: {
      Postgres: database.ownerUrl,
      Kafka: `${kafka.address(await serviceLocation("kafka")).brokers}, topic ${topics.topic}`,
      Redis: redis.address(await serviceLocation("redis")).url,
      OpenSearch: searchUrl,
      Gateway: `${address.url}/metrics`,
    },
  };
}

/**
 * Forgets what a state folder's deployment has in the services; what is in Redis ends by itself.
 */
export async function dropDeployment(
  stateFolder: string,
  log: (line: string) => void,
): Promise<void> {
  const name = readName(stateFolder);
  if (name === null) return;
  await startMissing(["postgres", "kafka", "opensearch"], log);
  await dropVotingDatabase({ name });
  await dropTopics(await serviceLocation("kafka"), Object.values(topicsOf(name)));
  await dropSearchIndexes(opensearch.address(await serviceLocation("opensearch")).url, name);
  rmSync(nameFile(stateFolder));
}

function topicsOf(name: string) {
  return {
    topic: `${name}-votes`,
    deadLettersTopic: `${name}-votes-dlq`,
    searchTopic: `${name}-search`,
  };
}

function nameFile(stateFolder: string): string {
  return join(stateFolder, "deployment.json");
}

function readName(stateFolder: string): string | null {
  if (!existsSync(nameFile(stateFolder))) return null;
  return nameSchema.parse(JSON.parse(readFileSync(nameFile(stateFolder), "utf8"))).name;
}

function makeName(stateFolder: string): string {
  const name = `enviro_${randomBytes(4).toString("hex")}`;
  mkdirSync(stateFolder, { recursive: true });
  writeFileSync(nameFile(stateFolder), `${JSON.stringify({ name })}\n`);
  return name;
}
