import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import DescriptionMarkdown from "../../../../src/web/decision/description-markdown.tsx";
import { hasMarkup } from "../../../../src/web/decision/has-markup.ts";
import { safeLink } from "../../../../src/web/decision/safe-link.ts";

const htmlOf = (text: string) => renderToStaticMarkup(createElement(DescriptionMarkdown, { text }));

/** The elements that a description may come to, with the attributes that they may have. */
const allowed =
  /^<(?:\/?(?:p|em|strong|del|code|pre|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|h2)|(?:br|hr)\/|ol start="\d+"|a href="(?:https?:\/\/|mailto:)[^"<>]*" rel="noopener nofollow"|\/a)>$/;
const elementsIn = (html: string) => html.match(/<[^>]*>/g) ?? [];

describe("a description's Markdown", () => {
  it.each([
    ["**must** and *may*", "<p><strong>must</strong> and <em>may</em></p>"],
    [
      "see [the report](https://example.org/a?b=1&c=2)",
      '<p>see <a href="https://example.org/a?b=1&amp;c=2" rel="noopener nofollow">the report</a></p>',
    ],
    [
      "https://example.org/report",
      '<p><a href="https://example.org/report" rel="noopener nofollow">https://example.org/report</a></p>',
    ],
    [
      "[write](mailto:us@example.org)",
      '<p><a href="mailto:us@example.org" rel="noopener nofollow">write</a></p>',
    ],
    ["- one\n- two", "<ul><li>one</li><li>two</li></ul>"],
    ["3. one\n4. two", '<ol start="3"><li>one</li><li>two</li></ol>'],
    ["# Why\n\nSince", "<h2>Why</h2><p>Since</p>"],
    ["### Why", "<h2>Why</h2>"],
    ["one line\nand the next", "<p>one line\nand the next</p>"],
  ])("%j", (text, html) => {
    expect(htmlOf(text)).toBe(html);
  });

  it.each([
    ["[here](javascript:alert(1))", "here"],
    ["[here](JaVaScRiPt:alert(1))", "here"],
    ["[here](java&#115;cript:alert(1))", "here"],
    ["[here](data:text/html;base64,PHNjcmlwdD4=)", "here"],
    ["[here](//evil.example/x)", "here"],
    ["[here](/decisions/other/ballot)", "here"],
    ["[here](#token=stolen)", "here"],
    ["![a map](https://evil.example/map.png)", "a map"],
  ])("makes no link, and keeps the words, of %s", (text, words) => {
    expect(htmlOf(text)).toBe(`<p>${words}</p>`);
  });

  it.each([
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<b style='color:red'>red</b>",
    "text <iframe src=https://evil.example></iframe>",
    "| a |\n| ---: |\n| b |",
    "- [x] done\n- [ ] to do",
    "a note[^1]\n\n[^1]: of the foot",
    "<https://example.org>",
    "```js\nalert(1)\n```",
    '[x](https://example.org/"onmouseover="alert)',
  ])("has no element beside the few that there are: %j", (text) => {
    expect(elementsIn(htmlOf(text)).filter((each) => !allowed.test(each))).toEqual([]);
  });

  it("has none whatever is written", () => {
    const pieces = fc.constantFrom(
      ..."<script> </script> <a href= javascript: data: [ ] ( ) ! ` ``` * ** _ # > - 1. | --- : \n \n\n < > & \" ' = onload style id &#60; &lt; \\ [^1] https://e.org <!-- --> <svg ~~".split(
        " ",
      ),
      " ",
      "x",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const faults = elementsIn(htmlOf(parts.join(""))).filter((each) => !allowed.test(each));
        expect(faults).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("the look for markup", () => {
  it.each([
    "see https://example.org",
    "**bold**",
    "a\n- b",
    "# Title",
    "> quote",
    "`code`",
    "1. a",
  ])("finds it in %j", (text) => {
    expect(hasMarkup(text)).toBe(true);
  });

  it.each(["The river rose twice, in 2013 and 2026.", "A – B (C); D: 3/4.", "one\n\ntwo"])(
    "finds none in %j",
    (text) => {
      expect(hasMarkup(text)).toBe(false);
    },
  );
});

describe("a safe link", () => {
  it("is a whole address of the web or of mail, and nothing else", () => {
    expect(safeLink("https://example.org")).toBe("https://example.org/");
    expect(safeLink("mailto:us@example.org")).toBe("mailto:us@example.org");
    for (const bad of ["vbscript:x", "file:///etc/passwd", "blob:https://a/b", "", "x", null, 3]) {
      expect(safeLink(bad)).toBeNull();
    }
  });
});
