import { relative } from "node:path";
import type { Plugin, Rolldown } from "vite";

/**
 * Writes into the built page which files each lazily imported module needs, by the module's path
 * below `src/web`: the Worker links those of the route that it renders, so that a browser asks for
 * them at once. Before all of them it asks for the style, without which nothing is drawn: a browser
 * has six connections to a server of HTTP/1.1.
 */
export function routeFiles(): Plugin {
  let root = "";
  return {
    name: "route-files",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        if (bundle === undefined) return html;
        const files = JSON.stringify(filesByModule(bundle, root)).replaceAll("<", "\\u003c");
        return withStylesFirst(html).replace(
          "<!--state-->",
          `<script type="application/json" id="route-files">${files}</script><!--state-->`,
        );
      },
    },
  };
}

function withStylesFirst(html: string): string {
  const styles = html.match(/<link rel="stylesheet"[^>]*>/g) ?? [];
  return html
    .replaceAll(/\s*<link rel="stylesheet"[^>]*>/g, "")
    .replace("<!--head-->", () => [...styles, "<!--head-->"].join("\n    "));
}

function filesByModule(bundle: Rolldown.OutputBundle, root: string): Record<string, string[]> {
  const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const entry = chunks.find(({ isEntry }) => isEntry);
  const loadedAnyway = entry === undefined ? [] : withImports(entry, byName);
  return Object.fromEntries(
    chunks
      .filter(({ isDynamicEntry, facadeModuleId }) => isDynamicEntry && facadeModuleId !== null)
      .map((chunk) => {
        const needed = withImports(chunk, byName).filter((each) => !loadedAnyway.includes(each));
        const styles = needed.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
        const files = [...styles, ...needed.map(({ fileName }) => fileName)];
        return [relative(root, chunk.facadeModuleId ?? ""), files.map((file) => `/${file}`)];
      }),
  );
}

function withImports(
  chunk: Rolldown.OutputChunk,
  byName: ReadonlyMap<string, Rolldown.OutputChunk>,
): Rolldown.OutputChunk[] {
  const found = new Set([chunk]);
  // A set goes on over what is added to it meanwhile.
  for (const each of found) {
    for (const name of each.imports) {
      const imported = byName.get(name);
      if (imported !== undefined) found.add(imported);
    }
  }
  return [...found];
}
