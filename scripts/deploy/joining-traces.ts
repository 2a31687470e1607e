import { join } from "node:path";
import { unstable_readConfig } from "wrangler";
import { projectRoot } from "../local-platform/project.ts";

/** What of an environment decides whether the platform keeps traces. */
export interface TracedConfig {
  environment: string;
  vars: Readonly<Record<string, unknown>>;
  observability?: { traces?: { enabled?: boolean | undefined } | undefined } | undefined;
}

/**
 * Why an environment is not deployed as it is: the platform's own traces have the address and time
 * of each request, and would join voters to votes. Null where it keeps none, and in staging, where
 * rehearsals are held.
 */
export function describeJoiningTraces({
  environment,
  vars,
  observability,
}: TracedConfig): string | null {
  if (environment === "staging") return null;
  const causes = [
    ...(vars["TRACES"] === "platform" ? ['TRACES = "platform"'] : []),
    ...(observability?.traces?.enabled === true ? ["[observability.traces] enabled"] : []),
  ];
  if (causes.length === 0) return null;
  const what = causes.join(" and ");
  return `${what}: Cloudflare's traces have the address and time of each vote. They are for rehearsals, in staging; --traces-join-votes deploys them all the same (docs/operations.md, "Traces")`;
}

/** Reads of wrangler.toml what `describeJoiningTraces` needs. */
export function readTracedConfig(environment: string): TracedConfig {
  const file = join(projectRoot, "wrangler.toml");
  const { vars, observability } = unstable_readConfig({ config: file, env: environment });
  return { environment, vars, observability };
}
