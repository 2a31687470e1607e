import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const folder = new URL("../../../src/web/public/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  /\.\w+$/.test(name),
);
const textOf = (name: string) => readFileSync(new URL(name, folder), "utf8");
const scripts = files
  .filter((name) => name.endsWith(".js"))
  .map((name) => [name, textOf(name)] as const);

describe("the page's files", () => {
  test.each(scripts)("%s reads no text as markup or code, and stores nothing", (name, text) => {
    expect(text).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
    );
    expect(text).not.toMatch(/sessionStorage|indexedDB|document\.cookie/);
    // The one file that keeps a voter's ballots, and never a token (kept-ballots.test.ts).
    if (name !== "ballot/kept-ballots.js") expect(text).not.toMatch(/localStorage/);
  });

  test.each(scripts)("%s imports files that are there, from this page alone", (name, text) => {
    for (const [, path = ""] of text.matchAll(
      /^(?:import|\} from|import [^;]*? from) "([^"]+)"/gm,
    )) {
      expect(path).toMatch(/^\.\.?\//);
      expect(files).toContain(new URL(path, new URL(name, "http://page/")).pathname.slice(1));
    }
  });

  test.each([["api/docs.html", "docs/docs.js"]])(
    "%s has no inline script, style or handler, and names only files that are there",
    (name, script) => {
      const html = textOf(name);
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
      expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
      const named = [...html.matchAll(/(?:src|href)="\/(?!api\/)([^"]+)"/g)].map(
        ([, path]) => path,
      );
      expect(named).toContain(script);
      expect(files).toEqual(expect.arrayContaining(named));
    },
  );

  test("the content security policy allows this origin alone", () => {
    const policy = /Content-Security-Policy: (.+)/.exec(textOf("_headers"))?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
  });
});
