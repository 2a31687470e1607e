import type { Plugin } from "vite";

/**
 * React Aria empties what it announces by `innerHTML = ""`, which Trusted Types refuse as they
 * refuse any text that becomes markup. A release that has other markup there ends the build.
 */
export function announceWithoutHtml(): Plugin {
  return {
    name: "announce-without-html",
    transform(code, id) {
      const isAnnouncer = /[\\/]live-announcer[\\/]LiveAnnouncer\.m?js$/.test(id);
      return isAnnouncer ? { code: emptyWithoutHtml(code), map: null } : null;
    },
  };
}

/** The same code, which empties elements without markup. */
export function emptyWithoutHtml(code: string): string {
  const plain = code.replaceAll(/\.innerHTML = (?:''|"")/g, ".replaceChildren()");
  if (plain.includes("innerHTML")) throw new Error("React Aria's announcer writes markup");
  return plain;
}
