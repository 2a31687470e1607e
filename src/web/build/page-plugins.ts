import { resolve } from "node:path";
import linguiMacro from "@lingui/babel-plugin-lingui-macro";
import babel from "@rolldown/plugin-babel";
import react from "@vitejs/plugin-react";
import type { PluginOption } from "vite";
import { compileMessages } from "./compile-messages.ts";
import { routeFiles } from "./route-files.ts";

const rendererFile = resolve(import.meta.dirname, "../server/render-page.tsx");
const entitiesFile = resolve(import.meta.dirname, "../decision/named-entities.ts");

const alias = [
  { find: "page-renderer", replacement: rendererFile },
  { find: "markdown-to-jsx/entities", replacement: entitiesFile },
  // A copy, for wouter and Lingui, of a hook that React has by now.
  { find: /^use-sync-external-store\/shim(?:\/index\.js)?$/, replacement: "react" },
];

/** What makes the page's sources runnable: JSX, and messages out of Lingui's macros. */
export function pagePlugins(): PluginOption[] {
  return [
    react(),
    babel({
      include: /[\\/]src[\\/]web[\\/].*\.tsx?$/,
      // The source text stays with its id, so that English needs no catalogue.
      plugins: [[linguiMacro, { descriptorFields: "message" }], compileMessages],
    }),
    routeFiles(),
    {
      name: "page-renderer",
      config: () => ({ resolve: { alias } }),
    },
  ];
}
