import { z } from "zod";
import { UsageError } from "../../src/cli/command-line/usage-error.ts";
import { askWrangler } from "../local-platform/wrangler.ts";
import type { DeployTarget } from "./target.ts";

/** What is there, and where it was made to stay: null is anywhere. */
export interface FoundResource {
  jurisdiction: string | null;
}

/** What an account already has of what a deployment needs. */
export interface FoundAccount {
  databases: ReadonlyMap<string, FoundResource>;
  queues: ReadonlyMap<string, FoundResource | null>;
  /** Whether there is the Hyperdrive that the deployment binds. */
  hasHyperdrive: boolean;
  /** The names of the Worker's secrets; null where there is no such Worker yet. */
  secrets: readonly string[] | null;
  /** What JURISDICTION is in the release that is deployed; null where there is none. */
  deployedJurisdiction: string | null;
}

/**
 * Reads, and changes nothing.
 * @throws {UsageError} where nobody is logged in, or Cloudflare does not answer
 */
export async function readAccount(target: DeployTarget): Promise<FoundAccount> {
  await requireLogin();
  const [databases, secrets, hasHyperdrive, ...queues] = await Promise.all([
    readDatabases(),
    readSecretNames(target),
    findHyperdrive(target),
    ...target.queues.map(readQueue),
  ]);
  return {
    databases,
    queues: new Map(queues),
    hasHyperdrive,
    secrets,
    deployedJurisdiction: secrets === null ? null : await readDeployedJurisdiction(target),
  };
}

async function requireLogin(): Promise<void> {
  const { hasFailed, said } = await askWrangler(["whoami", "--json"]);
  if (!hasFailed) return;
  throw new UsageError(
    `Nobody is logged in at Cloudflare, or the login is not good any more. Run \`npx wrangler login\`, or set ` +
      `CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID (docs/deploy.md, "A token for deploys").\n${said}`,
  );
}

const databasesSchema = z.array(z.object({ name: z.string(), jurisdiction: z.string().nullish() }));

async function readDatabases(): Promise<Map<string, FoundResource>> {
  const databases = databasesSchema.parse(await askJson(["d1", "list", "--json"]));
  return new Map(
    databases.map(({ name, jurisdiction }) => [name, { jurisdiction: jurisdiction ?? null }]),
  );
}

async function readQueue(queue: string): Promise<[string, FoundResource | null]> {
  const args = ["queues", "info", queue];
  const { hasFailed, stdout, said } = await askWrangler(args);
  if (hasFailed && said.includes("does not exist")) return [queue, null];
  if (hasFailed) throw unanswered(args, said);
  return [queue, { jurisdiction: /^Jurisdiction: (\w+)/m.exec(stdout)?.[1] ?? null }];
}

async function findHyperdrive({ hyperdrive }: DeployTarget): Promise<boolean> {
  if (hyperdrive === null) return false;
  const args = ["hyperdrive", "get", hyperdrive];
  const { hasFailed, said } = await askWrangler(args);
  if (hasFailed && !/not found|does not exist/i.test(said)) throw unanswered(args, said);
  return !hasFailed;
}

const namesSchema = z.array(z.object({ name: z.string() }));

async function readSecretNames({ environment }: DeployTarget): Promise<string[] | null> {
  const args = ["secret", "list", "--format=json", `--env=${environment}`];
  const { hasFailed, stdout, said } = await askWrangler(args);
  if (hasFailed && /Worker "[^"]+" not found/.test(said)) return null;
  if (hasFailed) throw unanswered(args, said);
  return namesSchema.parse(JSON.parse(stdout)).map(({ name }) => name);
}

const deploymentSchema = z.object({ versions: z.array(z.object({ version_id: z.string() })) });
const versionSchema = z.object({
  resources: z.object({
    bindings: z.array(z.object({ name: z.string(), text: z.string().optional() })),
  }),
});

async function readDeployedJurisdiction({ environment }: DeployTarget): Promise<string | null> {
  const env = `--env=${environment}`;
  const { versions } = deploymentSchema.parse(
    await askJson(["deployments", "status", "--json", env]),
  );
  const [version] = versions;
  if (version === undefined) return null;
  const view = await askJson(["versions", "view", version.version_id, "--json", env]);
  const { bindings } = versionSchema.parse(view).resources;
  return bindings.find(({ name }) => name === "JURISDICTION")?.text ?? null;
}

async function askJson(args: readonly string[]): Promise<unknown> {
  const { hasFailed, stdout, said } = await askWrangler(args);
  if (hasFailed) throw unanswered(args, said);
  return JSON.parse(stdout);
}

function unanswered(args: readonly string[], said: string): UsageError {
  return new UsageError(`\`wrangler ${args.join(" ")}\` failed:\n${said}`);
}
