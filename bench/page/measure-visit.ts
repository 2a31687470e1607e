import type { Browser, CDPSession, Page } from "playwright-core";
import { toTimings, watchTimings, type SeenTimings, type Timings } from "./watch-timings.ts";

/** What one visit of a page has cost. */
export interface VisitFigures extends Timings {
  /** Up to the end of loading, before anything is done. */
  requests: number;
  bytes: number;
  scriptBytes: number;
}

export interface Visit {
  origin: string;
  path: string;
  /** Resolves once the page has all it needs for its first view. */
  untilLoaded: (page: Page) => Promise<void>;
  /** What a reader does then, tap by tap. */
  use: (page: Page) => Promise<void>;
}

/** As Chrome's "slow 4G" is: 150 ms of round trip, which a request takes 3.75 times, and 1.6 Mbit/s. */
const slow4g = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1_600_000 * 0.9) / 8,
  uploadThroughput: (750_000 * 0.9) / 8,
};
const cpuSlowdown = 4;

/** Visits a page on a slow phone, in a profile with nothing kept. */
export async function measureVisit(browser: Browser, visit: Visit): Promise<VisitFigures> {
  const context = await browser.newContext({
    baseURL: visit.origin,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    locale: "en-GB",
  });
  await context.addInitScript(watchTimings);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const weigh = await watchNetwork(session);
  await session.send("Network.emulateNetworkConditions", slow4g);
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpuSlowdown });
  await page.goto(visit.path);
  await visit.untilLoaded(page);
  const load = weigh();
  await visit.use(page);
  // Timings of events are told after the frame that they led to.
  await page.waitForTimeout(500);
  const seen = await page.evaluate<SeenTimings>("globalThis.timings_");
  await context.close();
  return { ...load, ...toTimings(seen) };
}

async function watchNetwork(
  session: CDPSession,
): Promise<() => Pick<VisitFigures, "requests" | "bytes" | "scriptBytes">> {
  const scripts = new Set<string>();
  // The icon is asked for as a picture and, at a moment of the browser's choice, for the tab.
  const addresses = new Set<string>();
  let [bytes, scriptBytes] = [0, 0];
  session.on("Network.requestWillBeSent", ({ requestId, type, request }) => {
    addresses.add(request.url);
    if (type === "Script") scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await session.send("Network.enable");
  return () => ({ requests: addresses.size, bytes, scriptBytes });
}
