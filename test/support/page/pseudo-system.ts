import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bootPlatform, type LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { buildInto } from "../build-into.ts";

/** Its dates and lists have no letters of English either. */
export const pseudoLanguage = "ru";

/** The whole system, of a build in which one language is English in letters that are none of it. */
export async function startPseudoSystem(): Promise<LocalPlatform> {
  const buildFolder = resolve("node_modules/.cache/pseudo-language");
  buildInto(buildFolder, resolve("."), { PSEUDO_LANGUAGE: pseudoLanguage });
  const folder = mkdtempSync(join(tmpdir(), "enviro-pseudo-"));
  const stateFolder = join(folder, "state");
  const platform = await bootPlatform({ stateFolder, port: 0, buildFolder });
  return {
    ...platform,
    stop: async () => {
      await platform.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
