import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";
import { applyD1Migrations } from "../../../scripts/local-platform/apply-migrations.ts";
import { quietLog } from "../../../scripts/local-platform/quiet-log.ts";
import type { Release } from "./release.ts";

/** Which release each part of the platform runs. */
export type Placement = { rooms: Release; shards: Release; registry: Release; writer: Release };

/** Every part on one release. */
export function allOn(release: Release): Placement {
  return { rooms: release, shards: release, registry: release, writer: release };
}

export const idKeys = `test:${"A".repeat(43)}`;
export const adminKey = "admin-key-of-two-releases-side-by-side";
const loopbackHost = "127.0.0.1";

/** The objects' bindings, each with its class and the part that it belongs to. */
const objects = {
  DECISION_ROOM: { className: "DecisionRoom", part: "rooms" },
  BALLOT_SHARD: { className: "BallotShard", part: "shards" },
  REGISTRY: { className: "Registry", part: "registry" },
  VOTE_WRITER: { className: "VoteWriter", part: "writer" },
} as const;

/**
 * A platform whose parts are of several releases. Each release is a Worker with a front door of its
 * own; every kind of object and the queue's consumer are in that of one of them. What is stored
 * stays while parts change their release.
 */
export class ReleasesPlatform {
  readonly #folder: string;
  #miniflare: Miniflare | null = null;
  /** What the runtime has printed. */
  readonly lines: string[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Starts anew with each part on its release; the releases of `fronts` have a front door too. */
  async place(placement: Placement, fronts: readonly Release[] = []): Promise<void> {
    await this.stop();
    const releases = new Set([...Object.values(placement), ...fronts]);
    this.#miniflare = new Miniflare(
      convertV4MiniflareOptions({
        host: loopbackHost,
        port: 0,
        cf: false,
        resourcePersistencePath: join(this.#folder, "resources"),
        log: quietLog((line) => this.lines.push(line)),
        handleStructuredLogs: ({ message }) => void this.lines.push(message),
        workers: [...releases].map((release) => workerOf(release, placement)),
      }),
    );
    const database = await this.#miniflare.getD1Database("DB", placement.writer.name);
    await applyD1Migrations(database, "migrations/d1");
  }

  /** Where the front door of a release answers, without a slash at the end. */
  async originOf({ name }: Release): Promise<string> {
    if (this.#miniflare === null) throw new Error("no part has been placed yet");
    const { origin } = await this.#miniflare.unsafeGetDirectURL(name);
    return origin;
  }

  async stop(): Promise<void> {
    await this.#miniflare?.dispose();
    this.#miniflare = null;
  }
}

/** A Worker with a release's code, as the wrangler.toml of that release describes it. */
function workerOf(release: Release, placement: Placement): V4WorkerOptions {
  const {
    secrets: _,
    assets: _page,
    ...config
  } = unstable_readConfig({
    config: join(release.folder, "wrangler.toml"),
  });
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config, undefined);
  // Its type is V4WorkerOptions without the sources; see scripts/local-platform/worker-options.ts.
  const { modulesRules: _rules, ...options } = workerOptions as Partial<V4WorkerOptions>;
  return {
    ...options,
    name: release.name,
    durableObjects: objectsOf(release, placement),
    ...(placement.writer === release ? {} : { queueConsumers: [] }),
    unsafeDirectSockets: [{ host: loopbackHost, port: 0 }],
    bindings: {
      ...options.bindings,
      ADMIN_API_KEY: adminKey,
      // All traffic is of one address.
      RATE_LIMITS: "off",
      BALLOT_TOKEN_KEYS: `test:${"A".repeat(43)}`,
      ID_KEYS: idKeys,
      RECEIPT_SIGNING_KEYS: `test:${"A".repeat(43)}`,
      REPUBLISH_AFTER_MS: "1000",
      METRICS: "none",
    },
    modules: [{ type: "ESModule", path: "index.js", contents: release.code }],
  };
}

/** The objects as this release reaches them. Their storage has one name, whoever holds them. */
function objectsOf(release: Release, placement: Placement) {
  return Object.fromEntries(
    Object.entries(objects).map(([binding, { className, part }]) => {
      const home = placement[part];
      const shared = { className, useSQLite: true, unsafeUniqueKey: `enviro-${className}` };
      return [binding, home === release ? shared : { ...shared, scriptName: home.name }];
    }),
  );
}
