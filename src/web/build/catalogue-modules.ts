import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";
import { compileCatalogue, compilePseudoCatalogue } from "./compile-catalogue.ts";

/** The language that a test reads in place of its own catalogue, as in "ru"; a deployment has none. */
const pseudoLanguage = process.env["PSEUDO_LANGUAGE"];

function isPseudo(id: string): boolean {
  return pseudoLanguage !== undefined && id.includes(`/locales/${pseudoLanguage}/`);
}

/** Makes a module of a catalogue: its messages, parsed, by the ids that Lingui's macros give them. */
export function catalogueModules(): Plugin {
  return {
    name: "catalogue-modules",
    enforce: "pre",
    load: {
      filter: { id: /\.po$/ },
      async handler(id) {
        const text = await readFile(id, "utf8");
        const messages = isPseudo(id)
          ? await compilePseudoCatalogue(text)
          : await compileCatalogue(text);
        const json = JSON.stringify(JSON.stringify(messages));
        return { code: `export default JSON.parse(${json});`, moduleType: "js", map: null };
      },
    },
  };
}
