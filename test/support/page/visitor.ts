import { expect } from "vitest";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expectAccessible, expectNoOverflow } from "./clean-view.ts";
import { keepPicture } from "./pictures.ts";
import { watchFaults, type FaultWatch } from "./watch-faults.ts";

/** Widths and heights of a small phone and of a laptop, in CSS pixels. */
export const viewports = {
  phone: { width: 320, height: 640 },
  laptop: { width: 1_280, height: 800 },
} as const;

/** A person with a browser of their own, and all that went wrong in it. */
export interface Visitor extends Omit<FaultWatch, "faults"> {
  page: Page;
  context: BrowserContext;
  /** Opens another tab of the same browser; what goes wrong there counts, too. */
  openTab(): Promise<Page>;
  /** Fails on what stands in the way of people with disabilities (WCAG 2.2 AA), or beyond the edge. */
  expectSoundView(view: string): Promise<void>;
  /** Fails on an error or warning of the console, a thrown error, or a failed request. */
  expectNoFaults(view: string): void;
  /** Fails as `expectNoFaults`; then closes the browser. */
  leave(): Promise<void>;
}

export type VisitorOptions = Pick<
  BrowserContextOptions,
  "viewport" | "locale" | "javaScriptEnabled" | "reducedMotion" | "forcedColors" | "colorScheme"
>;

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
  const watches = [await watchFaults(context, page)];
  const expectNoFaults = (view: string): void => {
    expect(
      watches.flatMap(({ faults }) => faults),
      view,
    ).toEqual([]);
  };
  return {
    page,
    context,
    expectRefusal: (...refusal) => watches.forEach((watch) => watch.expectRefusal(...refusal)),
    expectNoAnswer: (path) => watches.forEach((watch) => watch.expectNoAnswer(path)),
    expectLostCode: () => watches.forEach((watch) => watch.expectLostCode()),
    async openTab() {
      const tab = await context.newPage();
      watches.push(await watchFaults(context, tab));
      return tab;
    },
    async expectSoundView(view) {
      await expectAccessible(page, view);
      await expectNoOverflow(page, view);
      await keepPicture(page, view);
    },
    expectNoFaults,
    async leave() {
      await context.close();
      expectNoFaults("the whole visit");
    },
  };
}
