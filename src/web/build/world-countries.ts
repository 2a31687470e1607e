import { createRequire } from "node:module";
import type { Plugin } from "vite";
import { boundMap } from "../../map/bound-map.ts";
import { shapesOfAtlas, type Atlas } from "../../map/shapes-of-atlas.ts";

const moduleName = "world-countries";
const resolvedName = `\0${moduleName}`;
/** A picture of 1,000 pixels shows no more; 60 kB of gzip. */
const bounds = { charactersMax: 180_000, ringsMax: 900 };
/** It has no code of ISO 3166-1, and one that others use. */
const numericCodes: Readonly<Record<string, string>> = { Kosovo: "983" };

/**
 * Makes the module `world-countries`: the text of a map of all countries by their numeric codes,
 * from Natural Earth's (public domain) as `world-atlas` has them, made small.
 */
export function worldCountries(): Plugin {
  let made: string | null = null;
  return {
    name: moduleName,
    resolveId: (id) => (id === moduleName ? resolvedName : null),
    load(id) {
      if (id !== resolvedName) return null;
      made ??= makeWorld();
      return `export default ${JSON.stringify(made)};`;
    },
  };
}

function makeWorld(): string {
  const require = createRequire(import.meta.url);
  const atlas = require("world-atlas/countries-50m.json") as Atlas;
  const shapes = shapesOfAtlas(atlas, (id, name) => id ?? numericCodes[name] ?? name);
  return boundMap(shapes, bounds).text;
}
