import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions, unstable_readConfig } from "wrangler";
import { projectRoot } from "./project.ts";

const pageFirstFile = new URL("page-first.mjs", import.meta.url);

export type WorkerSetup = {
  options: V4WorkerOptions & { name: string };
  /** The database, and that of search. */
  databases: { binding: string; migrationsFolder: string }[];
};

/** The Worker as wrangler.toml describes it, on what was built into a folder. */
export function readWorkerSetup(
  buildFolder: string,
  vars: Record<string, string>,
  hyperdrives: Record<string, string>,
): WorkerSetup {
  const configFile = join(projectRoot, "wrangler.toml");
  const config = unstable_readConfig({ config: configFile });
  if (config.name === undefined) throw new Error(`${configFile} names no Worker`);
  // A state folder brings its own; wrangler would look for them in .dev.vars and complain on
  // stdout.
  const { secrets: _secrets, ...withoutSecrets } = config;
  const { workerOptions } = unstable_getMiniflareWorkerOptions(withoutSecrets, undefined, {
    overrides: {
      assets: { directory: join(buildFolder, "client"), binding: config.assets?.binding },
    },
  });
  // Its type is V4WorkerOptions without the sources, but `Omit` on a type with an index signature
  // forgets what each option is. The module rules are for wrangler's own bundler, which has run
  // already.
  const { modulesRules: _, ...options } = workerOptions as Partial<V4WorkerOptions>;
  // A missing folder is an empty page, not a reason against serving the API.
  if (options.assets !== undefined) mkdirSync(options.assets.directory, { recursive: true });
  return {
    databases: config.d1_databases.map(
      (database: { binding: string; migrations_dir?: string | undefined }) => {
        const { binding, migrations_dir: folder } = database;
        if (folder === undefined)
          throw new Error(`${configFile} names no migrations of ${binding}`);
        return { binding, migrationsFolder: join(projectRoot, folder) };
      },
    ),
    options: {
      ...options,
      name: config.name,
      bindings: { ...options.bindings, ...vars },
      hyperdrives,
      modules: [
        { type: "ESModule", path: "page-first.mjs", contents: readFileSync(pageFirstFile, "utf8") },
        {
          type: "ESModule",
          path: "index.js",
          contents: readFileSync(join(buildFolder, "worker/index.js"), "utf8"),
        },
      ],
    },
  };
}
