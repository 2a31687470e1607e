import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const sources = globSync("src/web/**/*.{ts,tsx}").map(
  (path) => [path, readFileSync(path, "utf8")] as const,
);

/**
 * What keeps something in the browser: a voter's own receipts and unsent votes, by a fingerprint
 * of the ballot token; and until the tab is closed the token itself, the ballot that is filled in,
 * and that a reload was tried; and of whoever uploads a roll, which file it is, until all of it is in.
 */
const keepers = {
  localStorage: ["src/web/ballot/browser-texts.ts", "src/web/organise/roll/upload/kept-upload.ts"],
  sessionStorage: ["src/web/app/browser-reload.ts", "src/web/ballot/tab-memory.ts"],
};

/** Lists of which only the rows in sight are drawn, and so never by the Worker. */
const neverInHtml = new Set([
  "src/web/results/region-window.tsx",
  "src/web/votes/vote-grid-row.tsx",
  "src/web/votes/votes-grid.tsx",
]);

/** It takes such a line out of a library when the page is built. */
const withoutHtml = "src/web/build/announce-without-html.ts";

describe("the page's sources", () => {
  it("are found", () => {
    expect(sources.length).toBeGreaterThan(40);
  });

  it.each(sources.filter(([path]) => path !== withoutHtml))(
    "%s reads no text as markup or code",
    (_path, text) => {
      expect(text).not.toMatch(
        /innerHTML|outerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
      );
    },
  );

  it.each(sources)(
    "%s keeps nothing in the browser, unless that is what it is for",
    (path, text) => {
      expect(text).not.toMatch(/indexedDB|document\.cookie/);
      for (const [storage, files] of Object.entries(keepers)) {
        if (!files.includes(path)) expect(text).not.toMatch(new RegExp(`\\b${storage}\\b`));
      }
    },
  );

  it.each(sources)("%s sets no style, which the page's policy refuses in HTML", (path, text) => {
    if (!neverInHtml.has(path)) expect(text).not.toMatch(/\bstyle=\{/);
  });
});
