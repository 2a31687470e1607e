import { describe, inject, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

describe.each(Object.entries(viewports))("on a %s", (_name, viewport) => {
  it("the hall display, the page about the API, and an empty list", async () => {
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto(`/?decision=${inject("demo").openDecision.id}&view=hall`);
    await page.getByText("counted ballots").first().waitFor();
    await visitor.expectSoundView("hall");
    await page.goto("/api/docs");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page
      .getByRole("link", { name: "Draft a decision, and open it where that is asked" })
      .first()
      .waitFor();
    await visitor.expectSoundView("api docs");
    await page.goto("/?status=cancelled");
    await page.getByText("No decision is cancelled").waitFor();
    await visitor.expectSoundView("empty list");
    await visitor.leave();
  });
});
