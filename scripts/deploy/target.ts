import { join } from "node:path";
import { unstable_readConfig } from "wrangler";
import { UsageError } from "../../src/cli/command-line/usage-error.ts";
import { projectRoot } from "../local-platform/project.ts";

/** What an environment of wrangler.toml is deployed as, and what it needs in the account. */
export interface DeployTarget {
  /** As wrangler takes it: the empty text is production. */
  environment: string;
  worker: string;
  /** Its D1 databases, by the binding that wrangler migrates each with. */
  databases: { binding: string; name: string }[];
  queues: string[];
  /** The id of its Hyperdrive, which a person makes; null where it binds none. */
  hyperdrive: string | null;
  /** Whether it keeps its lists in Postgres, and so can't do without one. */
  needsHyperdrive: boolean;
  /** Where objects, databases and queues are confined to, or null. */
  jurisdiction: string | null;
  secrets: string[];
}

/** The secrets that a choice of vote log, cache and challenge needs beside those of every deployment. */
const chosenSecrets: readonly [variable: string, value: string, secrets: readonly string[]][] = [
  ["VOTE_LOG_KIND", "kafka", ["KAFKA_REST_USERNAME", "KAFKA_REST_PASSWORD"]],
  ["CACHE", "redis", ["REDIS_REST_TOKEN"]],
  ["EXCHANGE_CHALLENGE", "turnstile", ["TURNSTILE_SECRET"]],
];

/** Reads an environment of wrangler.toml. */
export function readTarget(environment: string): DeployTarget {
  const file = join(projectRoot, "wrangler.toml");
  const config = unstable_readConfig({ config: file, env: environment });
  if (config.name === undefined) throw new UsageError(`${file} names no Worker`);
  const { producers, consumers } = config.queues;
  const queues = [...(producers ?? []), ...(consumers ?? [])].map(({ queue }) => queue);
  const { vars } = config;
  const chosen = chosenSecrets.flatMap(([variable, value, secrets]) =>
    vars[variable] === value ? secrets : [],
  );
  return {
    environment,
    worker: config.name,
    databases: config.d1_databases.map(
      (database: { binding: string; database_name?: string | undefined }) => {
        const { binding, database_name: name } = database;
        if (name === undefined) throw new UsageError(`${file} names no database of ${binding}`);
        return { binding, name };
      },
    ),
    hyperdrive: hyperdriveIn(config.hyperdrive),
    needsHyperdrive: vars["DATABASE"] === "postgres",
    queues: [...new Set(queues.filter((queue) => queue !== undefined))],
    jurisdiction: jurisdictionIn(vars["JURISDICTION"]),
    secrets: [...(config.secrets?.required ?? []), ...chosen],
  };
}

/** The variable is the Worker's, which knows all values; wrangler refuses what is none. */
function jurisdictionIn(chosen: unknown): string | null {
  return typeof chosen === "string" && chosen !== "none" ? chosen : null;
}

function hyperdriveIn(bound: readonly { binding: string; id: string }[]): string | null {
  return bound.find(({ binding }) => binding === "HYPERDRIVE")?.id ?? null;
}
