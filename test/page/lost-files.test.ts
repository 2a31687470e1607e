import { describe, expect, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";

const { visit } = useBrowser();

describe("a file of the page that a release has removed", () => {
  it("costs one reload, which takes the new version", async () => {
    const visitor = await visit();
    const { page } = visitor;
    await page.goto("/");
    await page.locator(".row").first().waitFor();
    visitor.expectRefusal(404, ".js");
    let isLost = false;
    await page.route(/assets\/api-docs-page/, async (route) => {
      if (isLost) return route.continue();
      isLost = true;
      return route.fulfill({ status: 404, body: "" });
    });
    await page.getByRole("link", { name: "API", exact: true }).first().click();
    await page.getByRole("heading", { level: 1, name: "The API" }).waitFor();
    expect(isLost).toBe(true);
    expect(new URL(page.url()).pathname).toBe("/docs/api");
  });

  it("is no reason to reload without a connection: the page says what to do", async () => {
    const { page } = await visit();
    await page.goto("/");
    await page.locator(".row").first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole("link", { name: "API", exact: true }).first().click();
    await page.getByRole("heading", { level: 1, name: "This page could not be shown" }).waitFor();
    await page.getByRole("link", { name: "Decisions" }).first().click();
    await page.locator(".row").first().waitFor();
    await page.context().setOffline(false);
    await page.context().close();
  });
});
