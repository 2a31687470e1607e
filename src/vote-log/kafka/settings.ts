import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { deploymentNameRule, isDeploymentName } from "../deployment.ts";

/**
 * Names go into paths of the REST dialect as they are, so they are kept to what Kafka itself takes
 * for a topic.
 */
const kafkaName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,249}$/, "1 to 249 of A-Z, a-z, 0-9 and . _ -");

/** What is not named is named after the deployment: others on the same brokers have other names. */
const optionalName = z.union([kafkaName, z.literal("").transform(() => undefined)]).optional();

const environment = z
  .object({
    DEPLOYMENT: z.string(),
    KAFKA_REST_URL: z.url("the URL of a gateway that speaks Upstash's REST dialect"),
    KAFKA_REST_USERNAME: z.string().min(1),
    KAFKA_REST_PASSWORD: z.string().min(1),
    KAFKA_TOPIC: optionalName,
    KAFKA_DEAD_LETTERS_TOPIC: optionalName,
    KAFKA_GROUP: optionalName,
    KAFKA_SEARCH_TOPIC: optionalName,
    KAFKA_SEARCH_GROUP: optionalName,
    KAFKA_WRITERS: z.coerce.number().pipe(z.int().min(1).max(limits.kafkaWritersMax)),
  })
  .transform((env) => ({
    url: env.KAFKA_REST_URL,
    username: env.KAFKA_REST_USERNAME,
    password: env.KAFKA_REST_PASSWORD,
    topic: env.KAFKA_TOPIC ?? `${env.DEPLOYMENT}-votes`,
    deadLettersTopic: env.KAFKA_DEAD_LETTERS_TOPIC ?? `${env.DEPLOYMENT}-votes-dlq`,
    group: env.KAFKA_GROUP ?? `${env.DEPLOYMENT}-writers`,
    /** What carries changes to the search index, and who reads it. */
    searchTopic: env.KAFKA_SEARCH_TOPIC ?? `${env.DEPLOYMENT}-search`,
    searchGroup: env.KAFKA_SEARCH_GROUP ?? `${env.DEPLOYMENT}-indexers`,
    /** Members of the group. More than the topic has partitions stand idle. */
    writers: env.KAFKA_WRITERS,
  }));

export type KafkaSettings = z.infer<typeof environment>;

/** The objects that are the group's members. */
export function memberNames(writers: number): string[] {
  return Array.from({ length: writers }, (_, index) => `writer-${index}`);
}

/** The one object that reads the topic of the search index, ten pages of ballots at once. */
export const indexerName = "indexer-0";

/**
 * Which vote log a deployment has chosen. A wrong choice is a value, not an error: votes are taken
 * all the same, and wait in their shards.
 */
export type VoteLogChoice =
  | { kind: "queue"; deployment: string }
  | { kind: "kafka"; deployment: string; settings: KafkaSettings }
  | { kind: "misconfigured"; problem: string };

/**
 * Reads the choice from a Worker's environment; without VOTE_LOG_KIND it is the queue. What it says
 * of a mistake names variables, never their values.
 */
export function chooseVoteLog(env: object): VoteLogChoice {
  const deployment: unknown = Reflect.get(env, "DEPLOYMENT");
  if (typeof deployment !== "string" || !isDeploymentName(deployment))
    return { kind: "misconfigured", problem: `DEPLOYMENT: ${deploymentNameRule}` };
  const chosen: unknown = Reflect.get(env, "VOTE_LOG_KIND") ?? "queue";
  if (chosen === "queue") return { kind: "queue", deployment };
  if (chosen !== "kafka")
    return { kind: "misconfigured", problem: "VOTE_LOG_KIND is neither queue nor kafka" };
  const parsed = environment.safeParse(env);
  if (parsed.success) return { kind: "kafka", deployment, settings: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return { kind: "misconfigured", problem: problems.join("; ") };
}
