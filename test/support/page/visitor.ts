import { expect } from "vitest";
import type {
  Browser,
  BrowserContextOptions,
  ConsoleMessage,
  Page,
  Request,
} from "playwright-core";
import { violations } from "./accessibility.ts";

/** Widths and heights of a small phone and of a laptop, in CSS pixels. */
export const viewports = {
  phone: { width: 320, height: 640 },
  laptop: { width: 1_280, height: 800 },
} as const;

/** The classes of what is wider than its box, and so stands beyond it: with the root, the screen. */
const tooWide = `[document.documentElement, ...document.querySelectorAll("main *")]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
  .filter((each) => !/inline$|contents/.test(getComputedStyle(each).display))
  .filter((each) => getComputedStyle(each).overflowX === "visible")
  .map((each) => each.tagName + "." + each.className + " " + each.textContent.slice(0, 40))`;

/** A person with a browser of their own, and all that went wrong in it. */
export interface Visitor {
  page: Page;
  /** Allows the page one refused request, whose address ends so. */
  expectRefusal(status: number, pathEnd: string): void;
  /** Fails on what stands in the way of people with disabilities (WCAG 2.2 AA), or beyond the edge. */
  expectSoundView(view: string): Promise<void>;
  /** Fails if the console had an error, the page threw, or a request failed; then closes the browser. */
  leave(): Promise<void>;
}

export type VisitorOptions = Pick<BrowserContextOptions, "viewport" | "locale">;

/** Opens a browser with nothing kept in it. */
export async function visit(
  browser: Browser,
  origin: string,
  options: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: viewports.laptop,
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  const refusals: { status: number; pathEnd: string }[] = [];
  const isExpected = (status: number, url: string): boolean =>
    refusals.some((each) => each.status === status && new URL(url).pathname.endsWith(each.pathEnd));

  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (!isOfRefusal(message, isExpected)) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    if (!isLeft(request)) faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    const status = response.status();
    if (status >= 400 && !isExpected(status, response.url())) {
      faults.push(`refused: ${status} ${response.url()}`);
    }
  });

  return {
    page,
    expectRefusal: (status, pathEnd) => refusals.push({ status, pathEnd }),
    async expectSoundView(view) {
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page), `${view}, ${colorScheme}`).toEqual([]);
      }
      expect(await page.evaluate<string[]>(tooWide), `${view}: text beyond its box`).toEqual([]);
      await shoot(page, view);
    },
    async leave() {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}

/** The browser itself says of each refused request that it failed. */
function isOfRefusal(
  message: ConsoleMessage,
  isExpected: (status: number, url: string) => boolean,
): boolean {
  const status = /^Failed to load resource: .* status of (\d{3})/.exec(message.text())?.[1];
  return status !== undefined && isExpected(Number(status), message.location().url);
}

/** Whoever leaves a page ends its requests. */
function isLeft(request: Request): boolean {
  return request.failure()?.errorText === "net::ERR_ABORTED";
}

/** With the variable SCREENSHOTS each view is kept as a picture in that folder. */
async function shoot(page: Page, view: string): Promise<void> {
  const folder = process.env["SCREENSHOTS"];
  if (folder === undefined) return;
  const width = page.viewportSize()?.width ?? 0;
  const path = `${folder}/${view.replaceAll(/\W+/g, "-")}-${width}.png`;
  await page.screenshot({ path, fullPage: true });
}
