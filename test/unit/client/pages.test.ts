import { expect, test } from "vitest";
import { pagesOf } from "../../../src/client/pages.ts";

const pages: { items: string[]; next: string | null }[] = [
  { items: ["a", "b"], next: "b" },
  { items: ["c"], next: "c" },
  { items: [], next: null },
];

function readFrom(asked: (string | undefined)[]) {
  return (after: string | undefined) => {
    const page = pages[asked.push(after) - 1];
    return page === undefined ? Promise.reject(new Error("beyond the end")) : Promise.resolve(page);
  };
}

test("pages are read one after another, each from where the one before ended", async () => {
  const asked: (string | undefined)[] = [];
  const items: string[] = [];
  for await (const page of pagesOf(readFrom(asked))) items.push(...page.items);
  expect(items).toEqual(["a", "b", "c"]);
  expect(asked).toEqual([undefined, "b", "c"]);
});

test("no page is read that its reader does not come to", async () => {
  const asked: (string | undefined)[] = [];
  for await (const page of pagesOf(readFrom(asked))) if (page.items.includes("a")) break;
  expect(asked).toEqual([undefined]);
});
