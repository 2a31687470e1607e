import { resolve } from "node:path";
import linguiMacro from "@lingui/babel-plugin-lingui-macro";
import babel, { defineRolldownBabelPreset } from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import type { PluginOption } from "vite";
import { announceWithoutHtml } from "./announce-without-html.ts";
import { catalogueModules } from "./catalogue-modules.ts";
import { compileMessages } from "./compile-messages.ts";
import { worldCountries } from "./world-countries.ts";
import { preloadHelper } from "./preload-helper.ts";
import { routeFiles } from "./route-files.ts";

const rendererFile = resolve(import.meta.dirname, "../server/render-page.tsx");
const entitiesFile = resolve(import.meta.dirname, "../decision/named-entities.ts");

const alias = [
  { find: "page-renderer", replacement: rendererFile },
  { find: "markdown-to-jsx/entities", replacement: entitiesFile },
  // A copy, for wouter and Lingui, of a hook that React has by now.
  { find: /^use-sync-external-store\/shim(?:\/index\.js)?$/, replacement: "react" },
];

const messages = defineRolldownBabelPreset({
  // The source text stays with its id, so that English needs no catalogue.
  preset: () => ({ plugins: [[linguiMacro, { descriptorFields: "message" }], compileMessages] }),
  rolldown: {
    filter: { id: /[\\/]src[\\/]web[\\/].*\.tsx?$/, code: /@lingui\/(?:core|react)\/macro/ },
  },
});

/** What makes the page's sources runnable: JSX, and messages out of Lingui's macros. */
export function pagePlugins(): PluginOption[] {
  return [
    react(),
    // Babel is slow: it reads the files alone that have messages.
    babel({ sourceMap: false, presets: [messages] }),
    catalogueModules(),
    preloadHelper(),
    routeFiles(),
    worldCountries(),
    announceWithoutHtml(),
    {
      name: "page-renderer",
      config: () => ({ resolve: { alias } }),
    },
  ];
}
