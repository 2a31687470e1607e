import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildBundle } from "../../../scripts/local-platform/build-bundle.ts";
import { buildInto } from "../build-into.ts";

/** A release as it is deployed: the bundle's code, and the folder with its wrangler.toml. */
export type Release = { name: string; code: string; folder: string };

const cacheFolder = resolve("node_modules/.cache/releases");

/** The bundle of this source. */
export function buildThisRelease(): Release {
  const code = readFileSync(
    buildBundle(() => {}),
    "utf8",
  );
  return { name: "this", code, folder: resolve(".") };
}

/** Builds releases to come from this source: in each the versions of some forms are one ahead. */
export function buildReleasesToCome(): (name: string, formsAhead: RegExp) => Release {
  const outFolder = join(cacheFolder, "to-come");
  buildInto(outFolder, resolve("."), { FORMS_AHEAD: "globalThis.formsAhead" });
  const code = readFileSync(join(outFolder, "worker/index.js"), "utf8");
  return (name, formsAhead) => ({
    name,
    code: `globalThis.formsAhead = ${String(formsAhead)};\n${code}`,
    folder: resolve("."),
  });
}

/** Builds a commit of this repository's history with the packages that are installed now. */
export function buildCommit(commit: string): Release {
  const folder = join(cacheFolder, commit);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync("git", ["archive", "--format=tar", commit], {
    maxBuffer: 1_024 ** 3,
  });
  execFileSync("tar", ["-x", "-C", folder], { input: archive });
  const packages = join(folder, "node_modules");
  if (!existsSync(packages)) symlinkSync(resolve("node_modules"), packages);
  buildInto(join(folder, "dist"), folder);
  return { name: commit, code: readFileSync(join(folder, "dist/worker/index.js"), "utf8"), folder };
}

/** Every form in a release's source with its version, and the versions of the objects' calls. */
export function readForms({ folder }: Release): string[] {
  const forms = globSync("{src,durable-objects}/**/*.ts", { cwd: folder }).flatMap(
    (file) =>
      readFileSync(join(folder, file), "utf8").match(/name: "[^"]+",\s*version: \d+/g) ?? [],
  );
  const tables = readFileSync(join(folder, "src/platform/objects/call-tables.ts"), "utf8");
  return [...forms.toSorted(), ...(tables.match(/\w+: \d+/g) ?? [])];
}
