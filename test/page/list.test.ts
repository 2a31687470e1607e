import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import { firstListedTitle } from "../support/page/organiser.ts";
import { watchSettling } from "../support/page/settled.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

/** Asks for more until the list has no more: other files have opened decisions of their own. */
async function showWhole(page: Page): Promise<void> {
  const rows = page.locator(".row");
  await rows.first().waitFor();
  const more = page.getByRole("link", { name: "Show more" });
  while (await more.isVisible()) {
    const shown = await rows.count();
    await more.click();
    await rows.nth(shown).waitFor();
  }
}

describe.each(Object.entries(viewports))("the list on a %s", (_name, viewport) => {
  it("shows every decision of the demonstration as it stands, and leads to it", async () => {
    const { decisions, openDecision } = inject("demo");
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto("/");
    await showWhole(page);
    for (const { title } of decisions) await page.locator(".row", { hasText: title }).waitFor();
    await page.locator(".row-verdict", { hasText: "Carried" }).first().waitFor();
    await visitor.expectSoundView("list");

    await page.getByRole("link", { name: openDecision.title }).click();
    await page.getByRole("heading", { level: 1, name: openDecision.title }).waitFor();
    await visitor.leave();
  });
});

describe("a link within the site", () => {
  it("leads to the top of the page, which has the focus and is announced; back leads to where one was", async () => {
    const visitor = await visit({ viewport: viewports.phone });
    const { page } = visitor;
    const settle = watchSettling(page);
    await page.goto("/");
    const link = page.getByRole("link", { name: await firstListedTitle() }).first();
    await link.waitFor();
    // Before that it leads there as any link does, by loading the page.
    await settle();
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const scrolled = await page.evaluate(() => scrollY);
    await page.locator(".row a").last().click();
    await page.waitForURL("**/decisions/*");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("content");
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.locator("p[aria-live]", { hasText: "Enviro-Governance" }).waitFor({
      state: "attached",
    });
    await page.goBack();
    await link.waitFor();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(scrolled);
    await visitor.leave();
  });

  it("narrows the list, and says where nothing is in it", async () => {
    const visitor = await visit();
    const { page } = visitor;
    await page.goto("/");
    const filter = page.getByRole("navigation", { name: "Filter by status" });
    await filter.getByRole("link", { name: "Cancelled" }).click();
    await page.waitForURL("**/?status=cancelled");
    await filter.locator("[aria-current]", { hasText: "Cancelled" }).waitFor();
    await filter.getByRole("link", { name: "Certified" }).click();
    await page.locator(".row .status[data-status=certified]").first().waitFor();
    expect(await page.locator(".row .status:not([data-status=certified])").count()).toBe(0);
    await visitor.leave();
  });
});

describe("an address that is none", () => {
  it.each([
    ["/nowhere", "There is no such page"],
    ["/decisions/nothing-0123456789ab", "There is no such decision"],
  ])("%s says so, and leads to the list", async (path, words) => {
    const visitor = await visit();
    const { page } = visitor;
    visitor.expectRefusal(404, path);
    await page.goto(path);
    await page.getByRole("heading", { level: 1, name: words }).waitFor();
    await visitor.expectSoundView(`no page ${path}`);
    await page.getByRole("link", { name: "All decisions" }).click();
    await page.locator(".row").first().waitFor();
    await visitor.leave();
  });
});

describe("the page about the API", () => {
  it("tells every route, and leads to the one that a link names", async () => {
    const visitor = await visit({ viewport: viewports.phone });
    const { page } = visitor;
    await page.goto("/docs/api");
    expect(await page.locator(".docs-route").count()).toBeGreaterThan(40);
    await visitor.expectSoundView("api docs");
    await page.getByRole("link", { name: "Cast a vote", exact: true }).first().click();
    await page.locator("#postVotingCastVote:target").waitFor();
    await visitor.leave();
  });
});

describe("without JavaScript", () => {
  it.each(["/", "/docs/api"])("%s is content", async (path) => {
    const html = await (await fetch(new URL(path, inject("origin")))).text();
    expect(html).toMatch(/<h1/);
    expect(html).toMatch(path === "/" ? /class="row"/ : /class="docs-route"/);
    expect(html).not.toMatch(/<script(?![^>]*(?: src=|type="application\/json"))/);
  });
});
