import { z } from "zod";
import { deploymentNameRule, isDeploymentName } from "../vote-log/deployment.ts";

const environment = z
  .object({
    DEPLOYMENT: z.string().regex(/^[^A-Z]*$/, "names of indexes have no capital letters"),
    SEARCH_URL: z.url({
      protocol: /^https?$/,
      error: "the address of OpenSearch or Elasticsearch",
    }),
    SEARCH_USERNAME: z.string().default(""),
    SEARCH_PASSWORD: z.string().default(""),
    SEARCH_BALLOT_SHARDS: z.coerce.number().pipe(z.int().min(1).max(100)).default(5),
    SEARCH_REPLICAS: z.coerce.number().pipe(z.int().min(0).max(10)).default(1),
  })
  .refine((env) => (env.SEARCH_USERNAME === "") === (env.SEARCH_PASSWORD === ""), {
    path: ["SEARCH_PASSWORD"],
    error: "the secrets SEARCH_USERNAME and SEARCH_PASSWORD come together",
  })
  .transform((env) => ({
    url: env.SEARCH_URL.replace(/\/+$/, ""),
    username: env.SEARCH_USERNAME,
    password: env.SEARCH_PASSWORD,
    /** What its indexes' names begin with: other deployments on the same engine have other names. */
    prefix: env.DEPLOYMENT,
    /** Of an index of ballots; those of decisions have one. */
    ballotShards: env.SEARCH_BALLOT_SHARDS,
    /** Of each index. */
    replicas: env.SEARCH_REPLICAS,
  }));

export type EngineSettings = z.infer<typeof environment>;

/**
 * Which search a deployment has chosen. A wrong choice is a value, not an error: nothing but search
 * waits for it.
 */
export type SearchChoice =
  | { kind: "none" }
  /** In the deployment's own database: SQLite's FTS5 in a D1 of its own, or Postgres. */
  | { kind: "embedded" }
  | { kind: "opensearch"; settings: EngineSettings }
  | { kind: "misconfigured"; problem: string };

/**
 * Reads the choice from a Worker's environment; without SEARCH it is the embedded one. What it says of
 * a mistake names variables, never their values.
 */
export function chooseSearch(env: object): SearchChoice {
  const chosen: unknown = Reflect.get(env, "SEARCH") ?? "embedded";
  if (chosen === "none" || chosen === "embedded") return { kind: chosen };
  if (chosen !== "opensearch")
    return misconfigured("SEARCH is neither embedded nor opensearch nor none");
  const deployment: unknown = Reflect.get(env, "DEPLOYMENT");
  if (typeof deployment !== "string" || !isDeploymentName(deployment))
    return misconfigured(`DEPLOYMENT: ${deploymentNameRule}`);
  const parsed = environment.safeParse(env);
  if (parsed.success) return { kind: "opensearch", settings: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return misconfigured(problems.join("; "));
}

function misconfigured(problem: string): SearchChoice {
  return { kind: "misconfigured", problem };
}
