import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";
import { compileCatalogue } from "./compile-catalogue.ts";

/** Makes a module of a catalogue: its messages, parsed, by the ids that Lingui's macros give them. */
export function catalogueModules(): Plugin {
  return {
    name: "catalogue-modules",
    enforce: "pre",
    load: {
      filter: { id: /\.po$/ },
      async handler(id) {
        const messages = await compileCatalogue(await readFile(id, "utf8"));
        const json = JSON.stringify(JSON.stringify(messages));
        return { code: `export default JSON.parse(${json});`, moduleType: "js", map: null };
      },
    },
  };
}
