import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { applyD1Migrations } from "./apply-migrations.ts";
import { buildBundle } from "./build-bundle.ts";
import { dropClaim, endOrphan, writeClaim } from "./claim-state.ts";
import { keepSecrets } from "./keep-secrets.ts";
import { fireCron, keepTime } from "./keep-time.ts";
import { resourcesFolder } from "./resources-folder.ts";
import { keepStopSignals } from "./stop-signals.ts";
import { startMiniflare, type MiniflareHost } from "./start-miniflare.ts";
import { readWorkerSetup } from "./worker-options.ts";

export type LocalPlatform = {
  /** Where the page and the API are served, without a slash at the end. */
  origin: string;
  adminKey: string;
  /** The keys that sign ballot tokens: `kid:base64url`, separated by commas; the first signs. */
  tokenKeys: string;
  /**
   * The `workerd` that serves now. After a SIGKILL Miniflare starts another one on the same port
   * and state, with another pid.
   */
  process: { readonly pid: number };
  /**
   * The database behind it, for those who have to look past the API; to be asked for anew after a
   * crash of the runtime.
   */
  database: () => Promise<LocalDatabase>;
  /** Does at once what the cron does each minute. */
  runCron: () => Promise<void>;
  stop(): Promise<void>;
};

type LocalDatabase = Awaited<ReturnType<MiniflareHost["miniflare"]["getD1Database"]>>;

export type BootOptions = {
  /** Everything that outlives the process: ballots, database, secrets. Made when missing. */
  stateFolder: string;
  /** The port to serve on; 0 takes a free one. */
  port: number;
  log?: (line: string) => void;
  /**
   * Values for [vars] of wrangler.toml, over the ones in it. Unless they say otherwise, half of the
   * platform's limits are enforced and no rates are: here all clients have one address.
   */
  vars?: Record<string, string>;
  /**
   * What the binding HYPERDRIVE reaches; chosen with the variable DATABASE. Its migrations are
   * somebody else's.
   */
  postgresUrl?: string;
  /** What the binding HYPERDRIVE_REPLICA reaches: a standby of that, with the same login. */
  replicaUrl?: string;
  /**
   * Without the cron trigger nobody starts the writers of a Kafka topic, so that votes pile up
   * there.
   */
  withoutCron?: boolean;
  /** A build in place of `dist`, as Vite's `--outDir` has it. */
  buildFolder?: string;
  /** Where V8's inspector listens, for whoever measures; without one it does not. */
  inspectorPort?: number;
};

/**
 * Boots the whole platform on the built bundle: the Worker with its Durable Objects, queues,
 * database (migrated) and page, in
 * `workerd serve` on this machine. What it acknowledged is on the disk under the state folder and
 * survives a SIGKILL of the runtime. Rejects when the port is taken or another platform uses the
 * state folder.
 */
export async function bootPlatform(options: BootOptions): Promise<LocalPlatform> {
  const log = options.log ?? (() => {});
  const stateFolder = resolve(options.stateFolder);
  mkdirSync(stateFolder, { recursive: true });
  await endOrphan(stateFolder);

  const secrets = keepSecrets(stateFolder);
  const vars = {
    ENFORCE_PLATFORM_LIMITS: "true",
    RATE_LIMITS: "off",
    ...options.vars,
    // The local runtime knows none.
    JURISDICTION: "none",
    ADMIN_API_KEY: secrets.adminKey,
    BALLOT_TOKEN_KEYS: secrets.tokenKeys,
    ID_KEYS: secrets.idKeys,
    RECEIPT_SIGNING_KEYS: secrets.signingKeys,
  };
  const buildFolder = options.buildFolder ?? dirname(dirname(buildBundle(log)));
  const setup = keepStopSignals(() => readWorkerSetup(buildFolder, vars, hyperdrivesOf(options)));
  const host = await startMiniflare({
    worker: setup.options,
    port: options.port,
    persistFolder: resourcesFolder(stateFolder),
    ...(options.inspectorPort === undefined ? {} : { inspectorPort: options.inspectorPort }),
    log,
    onRuntime: (pid) => writeClaim(stateFolder, pid),
  });
  let stopTime = (): void => {};
  const stop = async (): Promise<void> => {
    stopTime();
    await host.stop();
    dropClaim(stateFolder);
  };
  const databaseNamed = (binding: string) => host.miniflare.getD1Database(binding);
  const database = () => databaseNamed("DB");
  const runCron = () => fireCron(host.miniflare, setup.options.name);
  try {
    for (const { binding, migrationsFolder } of setup.databases) {
      const names = await applyD1Migrations(await databaseNamed(binding), migrationsFolder);
      for (const name of names) log(`applied migration ${name} of ${binding}`);
    }
    if (options.withoutCron !== true) {
      stopTime = keepTime(host.miniflare, setup.options.name, log);
    }
    return { ...secrets, origin: host.origin, process: host.process, database, runCron, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function hyperdrivesOf({
  postgresUrl,
  replicaUrl,
}: Pick<BootOptions, "postgresUrl" | "replicaUrl">): Record<string, string> {
  return {
    ...(postgresUrl === undefined ? {} : { HYPERDRIVE: postgresUrl }),
    ...(replicaUrl === undefined ? {} : { HYPERDRIVE_REPLICA: replicaUrl }),
  };
}
