import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { visit, viewports } from "../support/page/visitor.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: inject("chromium"), args: ["--no-sandbox"] });
});

afterAll(async () => {
  await browser.close();
});

describe.each(Object.entries(viewports))("the list on a %s", (_name, viewport) => {
  it("shows every decision of the demonstration with its result", async () => {
    const visitor = await visit(browser, inject("origin"), { viewport });
    await visitor.page.goto("/");
    const titles = visitor.page.locator(".rows h2");
    await expect.poll(() => titles.count()).toBe(inject("demo").decisions.length);
    const shown = await titles.allInnerTexts();
    expect(shown.toSorted()).toEqual(inject("demo").decisions.map(({ title }) => title).toSorted());
    await visitor.expectSoundView("list");
    await visitor.leave();
  });
});
