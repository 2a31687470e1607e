import { expect, it } from "vitest";
import { pageHead } from "../../../../src/web/server/page-head.ts";
import { shortPlainText } from "../../../../src/web/server/short-plain-text.ts";

it.each([
  ["Plain words, 3 < 4 & snake_case.", "Plain words, 3 < 4 & snake_case."],
  ["# Why\n\n**must** and _may_\nat *once*", "Why must and may at once"],
  ["see [the *report*](https://example.org/a?b) now", "see the report now"],
  ["[the plan][1]\n\n[1]: https://example.org/", "the plan"],
  ["at https://example.org/a?b, <https://example.org/>", "at …, …"],
  ["at www.example.org/a, or [https://example.org/b](https://example.org/c)", "at …, or …"],
  ["[write](mailto:us@example.org) to us@example.org", "write to us@example.org"],
  ["- one\n- two\n\n1. three\n2. four\n\n> five", "one two three four five"],
  ["| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"],
  ["![a map](https://example.org/map.png) `code`\n\n```js\nlet a;\n```", "a map code let a;"],
  ["a<br>b &amp; c", "a<br>b & c"],
  ["", ""],
])("%j is %j", (markdown, text) => {
  expect(shortPlainText(markdown)).toBe(text);
});

it("is cut at a word, at most 200 characters long", () => {
  expect(shortPlainText("word ".repeat(40))).toBe("word ".repeat(40).trim());
  const fits = `${"word ".repeat(39)}words`;
  expect(shortPlainText(fits)).toBe(fits);
  expect(shortPlainText(`${fits}s`)).toBe(`${"word ".repeat(39).trim()}…`);
  expect(shortPlainText("x".repeat(201))).toBe(`${"x".repeat(199)}…`);
  expect(shortPlainText("😀".repeat(101))).toBe(`${"😀".repeat(99)}…`);
});

it("is what a page's head says of a description, for search engines and chats", () => {
  const url = new URL("https://vote.example/decisions/weir");
  const headOf = (description: string) =>
    pageHead({ summary: { title: "Weir", description }, url, files: [] });
  const head = headOf(`**Lower** [the "weir"](https://example.org/) ${"and so on ".repeat(400)}`);
  const said = [...head.matchAll(/ content="(Lower [^"]*)"/g)].map(([, text]) => text);
  expect(said).toHaveLength(2);
  expect(said[0]).toMatch(/^Lower the &quot;weir&quot; and so on .*…$/);
  expect(said[0]?.length).toBeLessThanOrEqual(200 + 2 * "&quot;".length);
  expect(headOf("***")).not.toContain("description");
});
