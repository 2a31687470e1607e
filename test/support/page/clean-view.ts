import { expect } from "vitest";
import type { Page } from "playwright-core";
import { violations, violationsOfColours } from "./accessibility.ts";

/** What is wider than its box, and so stands beyond it; with the root, beyond the screen. */
const tooWide = `[document.documentElement, ...document.querySelectorAll("main *")]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
  .filter((each) => !/inline$|contents/.test(getComputedStyle(each).display))
  .filter((each) => getComputedStyle(each).overflowX === "visible")
  .map((each) => each.tagName + "." + each.className + " " + each.textContent.slice(0, 40))`;

/** Fails on what stands in the way of people with disabilities (WCAG 2.2 AA), in dark and light. */
export async function expectAccessible(page: Page, view: string): Promise<void> {
  await expectAccessibleInDark(page, view);
  await expectAccessibleInLight(page, view);
}

/** Of the dark theme the colours alone: the page's structure is the same in each. */
export async function expectAccessibleInDark(page: Page, view: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violationsOfColours(page), `${view}, dark`).toEqual([]);
}

/** The whole of it, in the light theme. */
export async function expectAccessibleInLight(page: Page, view: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  expect(await violations(page), `${view}, light`).toEqual([]);
}

/** Fails on text beyond its box, or beyond the edge of the screen. */
export async function expectNoOverflow(page: Page, view: string): Promise<void> {
  expect(await page.evaluate<string[]>(tooWide), `${view}: text beyond its box`).toEqual([]);
}

/** Fails on a page without one heading above all others, or without a title of its own. */
export async function expectNamed(page: Page, view: string): Promise<void> {
  expect(await page.locator("h1").count(), `${view}: headings of the first level`).toBe(1);
  expect((await page.locator("h1").innerText()).trim(), `${view}: heading`).not.toBe("");
  expect((await page.title()).trim(), `${view}: title`).not.toBe("");
}
