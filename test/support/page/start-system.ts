import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { seedDemo, type Demo } from "../../../scripts/demo/seed.ts";
import { bootPlatform, type LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { findChromium } from "./find-chromium.ts";
import { mendedSlug, menderSlug, refusedSlug } from "./refused-slug.ts";

declare module "vitest" {
  export interface ProvidedContext {
    origin: string;
    adminKey: string;
    demo: Demo;
    chromium: string;
  }
}

async function refuseBallots(database: Awaited<ReturnType<LocalPlatform["database"]>>) {
  await database.exec(
    `CREATE TRIGGER refuse_ballots BEFORE INSERT ON votes WHEN NEW.decision_id LIKE '${refusedSlug}-%' BEGIN SELECT RAISE(ABORT, 'refused by a test'); END`,
  );
  await database.exec(
    `CREATE TRIGGER refuse_for_now BEFORE INSERT ON votes WHEN NEW.decision_id LIKE '${mendedSlug}-%' AND NOT EXISTS (SELECT 1 FROM decisions WHERE id LIKE '${menderSlug}-%') BEGIN SELECT RAISE(ABORT, 'refused for now by a test'); END`,
  );
  // With its first dead letter comes a text that is no record of this deployment.
  await database.exec(
    `CREATE TRIGGER stray_record AFTER INSERT ON dead_letters WHEN NEW.decision_id LIKE '${mendedSlug}-%' BEGIN INSERT OR IGNORE INTO dead_letters (id, body, cause, retries, at) VALUES ('stray', 'no record', 'unreadable', 0, NEW.at); END`,
  );
}

/** Before the first test file: what `npm start` starts, with its demonstration, in a state folder of its own. */
export default async function startSystem(project: TestProject): Promise<() => Promise<void>> {
  project.provide("chromium", findChromium());
  const folder = mkdtempSync(join(tmpdir(), "enviro-page-"));
  const platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
  const stop = async (): Promise<void> => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  };
  try {
    const { origin, adminKey } = platform;
    project.provide("origin", origin);
    project.provide("adminKey", adminKey);
    project.provide("demo", await seedDemo({ origin, adminKey, log: () => {} }));
    await refuseBallots(await platform.database());
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
