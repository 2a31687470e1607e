import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import { watchSettling } from "../support/page/settled.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

const field = (page: Page, name: string) => page.locator(`input[name="${name}"]`);
const largest = (page: Page) => page.locator(".plan-large");
const verdict = (page: Page) => page.locator(".plan-bottleneck");

async function open(page: Page, path: string): Promise<void> {
  const whenSettled = watchSettling(page);
  await page.goto(path);
  await whenSettled();
}

describe.each([
  ["phone", viewports.phone],
  ["laptop", viewports.laptop],
])("planning on a %s", (name, viewport) => {
  it("goes on with each step of a slider and each figure that is typed", async () => {
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await open(page, "/plan");
    expect(await field(page, "votesPerSecond").inputValue()).toBe("100");
    const before = await largest(page).allInnerTexts();
    const slider = page.getByRole("slider", { name: "Votes a second" });
    await slider.focus();
    await page.keyboard.press("End");
    expect(await field(page, "votesPerSecond").inputValue()).toBe("100000");
    expect(await largest(page).allInnerTexts()).not.toEqual(before);
    await expect.poll(() => verdict(page).innerText()).toContain("It does not hold.");
    await field(page, "votesPerSecond").fill("10000");
    await field(page, "decisions").fill("10");
    await expect.poll(() => verdict(page).innerText()).toContain("It holds.");
    // What is no figure is marked, and changes nothing.
    await field(page, "decisions").fill("ten");
    expect(await field(page, "decisions").getAttribute("aria-invalid")).toBe("true");
    expect(await verdict(page).innerText()).toContain("It holds.");
    await field(page, "decisions").fill("10");
    // A roll takes two million.
    await field(page, "voters").fill("3000000");
    await expect.poll(() => verdict(page).innerText()).toContain("Voters on one roll");
    await field(page, "voters").fill("20000");
    await expect.poll(() => verdict(page).innerText()).toContain("It holds.");
    await visitor.expectSoundView(`plan on a ${name}`);
    await visitor.leave();
  });
});

describe("a plan's address", () => {
  it("is kept by the button, and read again", async () => {
    const visitor = await visit();
    const { page } = visitor;
    await open(page, "/plan");
    await field(page, "votesPerSecond").fill("1000");
    await page.getByRole("checkbox").check();
    await page.locator('select[name="database"]').selectOption("d1");
    const shown = await largest(page).allInnerTexts();
    const whenSettled = watchSettling(page);
    await page.getByRole("button", { name: "Keep this plan in the address" }).click();
    await page.waitForURL(/votesPerSecond=1000/);
    await whenSettled();
    expect(new URL(page.url()).searchParams.get("database")).toBe("d1");
    expect(await largest(page).allInnerTexts()).toEqual(shown);
    expect(await page.getByRole("checkbox").isChecked()).toBe(true);
    await visitor.leave();
  });

  it("is answered without scripts", async () => {
    const visitor = await visit({ javaScriptEnabled: false });
    const { page } = visitor;
    await page.goto("/plan?votesPerSecond=10000");
    expect(await verdict(page).innerText()).toContain("It does not hold.");
    await field(page, "votesPerSecond").fill("10");
    await page.getByRole("button", { name: "Keep this plan in the address" }).click();
    await page.waitForURL(/votesPerSecond=10&/);
    expect(await verdict(page).innerText()).toContain("It holds.");
    // Its scripts are refused, which it says.
    await visitor.context.close();
  });
});
