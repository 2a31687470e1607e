import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";
import { visit, type Visitor, type VisitorOptions } from "./visitor.ts";

/** One browser for the tests of a file; each visitor has a profile of their own in it. */
export function useBrowser(): { visit: (options?: VisitorOptions) => Promise<Visitor> } {
  let browser: Browser;
  beforeAll(async () => {
    // Chromium has no sandbox for root, as which a container runs it.
    const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({ executablePath: inject("chromium"), args });
  });
  afterAll(async () => {
    await browser.close();
  });
  return { visit: (options) => visit(browser, inject("origin"), options) };
}
