import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { build, type Plugin } from "vite";

/** A folder's tests with all that they import from here, as one script. */
export type TestBundle = (require: (name: string) => unknown) => void;

/** Rules of a thousand regions, which take longer than all other tests together. */
const leftOut = "bounded-work.test.ts";

/**
 * Bundles the tests of a folder of `test/unit`: run anew for each mutant, no module keeps what the
 * one before left in it. Packages stay outside. Plain examples come before random cases, which take
 * a hundred times as long.
 */
export async function bundleTests(folder: string): Promise<TestBundle> {
  const entry = "all-tests.ts";
  const files = testFiles(join("test/unit", folder)).toSorted(
    (one, other) => randomness(one) - randomness(other),
  );
  writeFileSync(entry, files.map((file) => `import "./${file}";\n`).join(""));
  const built = await build({
    configFile: false,
    logLevel: "error",
    plugins: [ownAddress],
    build: {
      ssr: entry,
      write: false,
      minify: false,
      rolldownOptions: { output: { format: "cjs" } },
    },
  });
  const [bundle] = "output" in built ? built.output : [];
  if (bundle?.type !== "chunk") throw new Error("the tests make no bundle");
  const script = new vm.Script(`(require, exports) => {${bundle.code}\n}`, { filename: entry });
  const run = script.runInThisContext() as (require: unknown, exports: object) => void;
  return (require) => run(require, {});
}

/** A module that reads files beside it says where it stands. */
const ownAddress: Plugin = {
  name: "own-address",
  transform: (code, id) =>
    code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href)),
};

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts") && !path.endsWith(leftOut))
    .map((path) => join(folder, path).replaceAll("\\", "/"))
    .toSorted();
}

function randomness(file: string): number {
  return readFileSync(file, "utf8").includes('"fast-check"') ? 1 : 0;
}
