import type { Plugin } from "vite";

/**
 * In place of the 1.9 kB that Vite wraps each lazy import in: here no chunk has styles of its own,
 * and every browser that runs the page knows `modulepreload`. It asks for the files that a chunk
 * imports together with the chunk, and tells of one that did not come, as Vite's does.
 */
const helper = `export const __vitePreload = (load, files = []) => {
  for (const file of files) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = "/" + file;
    document.head.append(link);
  }
  return load().catch((error) => {
    const event = new Event("vite:preloadError", { cancelable: true });
    event.payload = error;
    dispatchEvent(event);
    if (!event.defaultPrevented) throw error;
  });
};`;

/** Gives the browser's build a smaller helper for lazy imports. */
export function preloadHelper(): Plugin {
  return {
    name: "preload-helper",
    apply: "build",
    enforce: "post",
    transform: {
      filter: { id: /vite\/preload-helper\.js$/ },
      handler: () => ({ code: helper, map: null }),
    },
  };
}
