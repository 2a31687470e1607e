import { describe, expect, inject, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

describe.each(Object.entries(viewports))("the list on a %s", (_name, viewport) => {
  it("shows every decision of the demonstration with its result, and leads to it", async () => {
    const { decisions, openDecision } = inject("demo");
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto("/");
    await page
      .locator(".row-result.shown")
      .nth(decisions.length - 1)
      .waitFor();
    const shown = await page.locator(".rows h2").allInnerTexts();
    expect(shown).toEqual(expect.arrayContaining(decisions.map(({ title }) => title)));
    await visitor.expectSoundView("list");

    await page.getByRole("link", { name: openDecision.title }).click();
    await page.getByRole("heading", { level: 1, name: openDecision.title }).waitFor();
    await visitor.leave();
  });
});
