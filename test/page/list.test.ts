import type { Page } from "playwright-core";
import { describe, inject, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

/** Asks for more until the list has no more: other files have opened decisions of their own. */
async function showWhole(page: Page): Promise<void> {
  const rows = page.locator(".row");
  await rows.first().waitFor();
  const more = page.getByRole("button", { name: "Show more" });
  while (await more.isVisible()) {
    const shown = await rows.count();
    await more.click();
    await rows.nth(shown).waitFor();
  }
}

describe.each(Object.entries(viewports))("the list on a %s", (_name, viewport) => {
  it("shows every decision of the demonstration with its result, and leads to it", async () => {
    const { decisions, openDecision } = inject("demo");
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto("/");
    await showWhole(page);
    for (const { title } of decisions) {
      const row = page.locator(".row").filter({ hasText: title });
      await row.locator(".row-result.shown").waitFor();
    }
    await visitor.expectSoundView("list");

    await page.getByRole("link", { name: openDecision.title }).click();
    await page.getByRole("heading", { level: 1, name: openDecision.title }).waitFor();
    await visitor.leave();
  });
});
