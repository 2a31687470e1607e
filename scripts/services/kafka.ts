import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { Admin } from "@platformatic/kafka";
import { findProgram } from "./find-program.ts";
import { certificateFiles, makeCertificate } from "./kafka-certificate.ts";
import { kafkaLibraries } from "./kafka-libraries.ts";
import { kafkaHost, kafkaProperties, kafkaUser } from "./kafka-properties.ts";
import { fetchMavenLibraries } from "./maven-libraries.ts";
import { runProgram } from "./run-program.ts";
import {
  portOf,
  type Addresses,
  type Command,
  type ServiceLocation,
  type Service,
} from "./service.ts";

/** 16 bytes in base64url, as Kafka writes its ids; every cluster here is alone. */
const clusterId = "ZW52aXJvLWdvdmVybmFuYw";
const heap = "512m";

/** Of a deployment that keeps the name in wrangler.toml. */
const topics = [
  "enviro-governance-votes",
  "enviro-governance-votes-dlq",
  "enviro-governance-search",
];
const partitions = 8;

/** Apache Kafka in KRaft mode from its Maven artifacts. It needs Java 17 and nothing else. */
export const kafka: Service<Addresses["kafka"]> = {
  portOffsets: { kafka: 2, kafkaSecure: 3, kafkaController: 4 },
  stopSignal: "SIGTERM",

  prepare: async (location, log) => {
    const dataFolder = join(location.folder, "data");
    const configFile = join(location.folder, "server.properties");
    const java = await javaCommand(location, log);
    await makeCertificate(location.folder, location.credentials.kafkaPassword);
    writeFileSync(configFile, kafkaProperties(location, dataFolder), { mode: 0o600 });
    if (!existsSync(join(dataFolder, "meta.properties"))) {
      log("formatting Kafka's storage …");
      const user = `SCRAM-SHA-512=[name=${kafkaUser},password=${location.credentials.kafkaPassword}]`;
      const format = ["format", "--cluster-id", clusterId, "--config", configFile];
      await runProgram(java("kafka.tools.StorageTool", ...format, "--add-scram", user));
    }
    return java("kafka.Kafka", configFile);
  },

  isReady: (location) =>
    withAdmin(location, async (admin) => {
      try {
        // A broker answers before it leads its partitions again.
        const metadata = await admin.metadata({ topics: await admin.listTopics({}) });
        const partitionsOfAll = [...metadata.topics.values()].flatMap((topic) => topic.partitions);
        return partitionsOfAll.every(({ leader }) => metadata.brokers.has(leader));
      } catch {
        return false;
      }
    }),

  provision: (location) => keepTopics(location, topics),

  address: (location) => ({
    brokers: `${kafkaHost}:${portOf(location, "kafka")}`,
    secureBrokers: `${kafkaHost}:${portOf(location, "kafkaSecure")}`,
    username: kafkaUser,
    password: location.credentials.kafkaPassword,
    certificateFile: certificateFiles(location.folder).certificate,
  }),
};

/** Makes topics where they are missing. */
export function keepTopics(location: ServiceLocation, names: readonly string[]): Promise<void> {
  return withAdmin(location, async (admin) => {
    const present = await admin.listTopics({});
    for (const topic of names.filter((name) => !present.includes(name)))
      await createTopic(admin, topic);
  });
}

/** A broker that has just begun may list fewer topics than there are. */
async function createTopic(admin: Admin, topic: string): Promise<void> {
  try {
    await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
  } catch (error) {
    if (!inspect(error, { depth: null }).includes("TOPIC_ALREADY_EXISTS")) throw error;
  }
}

export function dropTopics(location: ServiceLocation, names: readonly string[]): Promise<void> {
  return withAdmin(location, async (admin) => {
    const present = await admin.listTopics({});
    const known = names.filter((topic) => present.includes(topic));
    if (known.length > 0) await admin.deleteTopics({ topics: known });
  });
}

async function withAdmin<T>(
  location: ServiceLocation,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = new Admin({
    clientId: "services",
    bootstrapBrokers: [`${kafkaHost}:${portOf(location, "kafka")}`],
    retries: 0,
    connectTimeout: 1_000,
    requestTimeout: 5_000,
  });
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}

async function javaCommand(
  location: ServiceLocation,
  log: (line: string) => void,
): Promise<(mainClass: string, ...args: string[]) => Command> {
  const file = findProgram("java", "openjdk-17-jre-headless");
  const libraries = await fetchMavenLibraries(location.folder, kafkaLibraries, log);
  const machine = [`-Xms${heap}`, `-Xmx${heap}`, "-Dorg.slf4j.simpleLogger.showDateTime=true"];
  return (mainClass, ...args) => ({
    file,
    args: [...machine, "-cp", join(libraries, "*"), mainClass, ...args],
  });
}
