import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pageHeaders } from "../../../src/web/server/page-headers.ts";

const folder = new URL("../../../src/web/", import.meta.url);
const textOf = (name: string) => readFileSync(new URL(name, folder), "utf8");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => [name, textOf(name)] as const);

/** Who keeps something in the browser, and what; a ballot token is never among it. */
const storing: Record<string, RegExp> = {
  "app/browser-reload.ts": /sessionStorage/,
};

describe("the page's sources", () => {
  test.each(sources)("%s reads no text as markup or code", (_name, text) => {
    expect(text).not.toMatch(
      /innerHTML|outerHTML|InnerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
    );
  });

  test.each(sources)("%s stores nothing that is not listed here", (name, text) => {
    const allowed = storing[name] ?? /(?!)/;
    const found = text.match(/\b(?:local|session)Storage\b|\bindexedDB\b|document\.cookie/g) ?? [];
    expect(found.filter((each) => !allowed.test(each))).toEqual([]);
  });

  test("the frame has no script, style or handler in it", () => {
    const html = textOf("page.html");
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });

  test("the content security policy allows this origin alone", () => {
    const policy = pageHeaders["content-security-policy"] ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
  });
});
