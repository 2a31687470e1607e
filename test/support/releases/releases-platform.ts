import { mkdirSync } from "node:fs";
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

export const adminKey = "admin-key-of-two-releases";
const loopbackHost = "127.0.0.1";

/** The objects' bindings, with the Worker that each kind lives in. */
const homes = {
  DECISION_ROOM: { className: "DecisionRoom", scriptName: "rooms" },
  BALLOT_SHARD: { className: "BallotShard", scriptName: "shards" },
  REGISTRY: { className: "Registry", scriptName: "registry" },
  VOTE_WRITER: { className: "VoteWriter", scriptName: "writer" },
} as const;

/**
 * A platform whose parts are of several releases: each kind of object and the queue's consumer is a
 * Worker of its own, and so is each front door. What is stored stays while parts change release.
 */
export class ReleasesPlatform {
  readonly #folder: string;
  readonly #fronts: readonly Release[];
  #miniflare: Miniflare | null = null;
  readonly lines: string[] = [];

  constructor(folder: string, fronts: readonly Release[]) {
    this.#folder = folder;
    this.#fronts = fronts;
  }

  /** Puts each part on its release, and starts anew. */
  async place(placement: Placement): Promise<void> {
    await this.stop();
    mkdirSync(this.#folder, { recursive: true });
    this.#miniflare = new Miniflare(
      convertV4MiniflareOptions({
        host: loopbackHost,
        port: 0,
        cf: false,
        resourcePersistencePath: join(this.#folder, "resources"),
        log: quietLog((line) => this.lines.push(line)),
        handleStructuredLogs: ({ message }) => void this.lines.push(message),
        workers: [
          ...this.#fronts.map((release) => frontOptions(release)),
          ...(["rooms", "shards", "registry", "writer"] as const).map((name) =>
            partOptions(name, placement[name]),
          ),
        ],
      }),
    );
    const database = await this.#miniflare.getD1Database("DB", "writer");
    await applyD1Migrations(database, "migrations/d1");
  }

  /** Where the front door of a release answers, without a slash at the end. */
  async originOf(release: Release): Promise<string> {
    if (this.#miniflare === null) throw new Error("no part has been placed yet");
    const { origin } = await this.#miniflare.unsafeGetDirectURL(frontName(release));
    return origin;
  }

  async stop(): Promise<void> {
    await this.#miniflare?.dispose();
    this.#miniflare = null;
  }
}

function frontName({ name }: Release): string {
  return `front-${name}`;
}

function frontOptions(release: Release): V4WorkerOptions {
  const options = withoutConsumers(optionsOf(frontName(release), release));
  return { ...options, unsafeDirectSockets: [{ host: loopbackHost, port: 0 }] };
}

function partOptions(name: keyof Placement, release: Release): V4WorkerOptions {
  const options = optionsOf(name, release);
  return name === "writer" ? options : withoutConsumers(options);
}

/** A queue has one consumer. */
function withoutConsumers(options: V4WorkerOptions): V4WorkerOptions {
  return { ...options, queueConsumers: [] };
}

/** A Worker with a release's code, as the wrangler.toml of that release describes it. */
function optionsOf(name: string, { code, folder }: Release): V4WorkerOptions & { name: string } {
  const {
    secrets: _,
    assets: _page,
    ...config
  } = unstable_readConfig({
    config: join(folder, "wrangler.toml"),
  });
  const { workerOptions } = unstable_getMiniflareWorkerOptions(config, undefined);
  // Its type is V4WorkerOptions without the sources; see scripts/local-platform/worker-options.ts.
  const { modulesRules: _rules, ...options } = workerOptions as Partial<V4WorkerOptions>;
  const durableObjects = Object.fromEntries(
    Object.entries(homes).map(([binding, { className, scriptName }]) => [
      binding,
      scriptName === name
        ? { className, useSQLite: true }
        : { className, scriptName, useSQLite: true },
    ]),
  );
  return {
    ...options,
    name,
    durableObjects,
    bindings: {
      ...options.bindings,
      ADMIN_API_KEY: adminKey,
      BALLOT_TOKEN_KEYS: `test:${"A".repeat(43)}`,
      REPUBLISH_AFTER_MS: "1000",
    },
    modules: [{ type: "ESModule", path: "index.js", contents: code }],
  };
}
