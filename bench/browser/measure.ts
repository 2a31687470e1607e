import { readFileSync } from "node:fs";
import type { Browser, CDPSession, Page } from "playwright-core";

export interface RecountFigures {
  seconds: number;
  /** Of the process that has page and Web Worker, at most; and before the recount. */
  megabytes: number;
  megabytesBefore: number;
  /** The longest time that the page's own thread was busy without a break, in ms; 0 below 50. */
  longestTaskMs: number;
  /** Processor time of the page's own thread, in all. */
  workMs: number;
  /** What is wrong with the lists; a made publication has an outcome without its rule's members. */
  faults: string[];
}

/** Verifies a decision on the page, and says how long that took and in how much memory. */
export async function measureRecount(
  browser: Browser,
  page: Page,
  decisionId: string,
): Promise<RecountFigures> {
  await page.goto("/verify");
  await page.getByLabel("Decision: its address or id").fill(decisionId);
  await page.evaluate(watchTasks);
  const process = await rendererOf(browser);
  const session = await page.context().newCDPSession(page);
  const workBefore = await workMs(session);
  const megabytesBefore = peakMegabytes(process);
  const startedAt = performance.now();
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.locator("#verdict").waitFor({ timeout: 600_000 });
  const seconds = (performance.now() - startedAt) / 1_000;
  const codes = await page.locator(".findings .quiet-line code").allInnerTexts();
  return {
    seconds,
    megabytes: peakMegabytes(process),
    megabytesBefore,
    workMs: (await workMs(session)) - workBefore,
    longestTaskMs: await page.evaluate<number>("globalThis.longestTaskMs"),
    faults: codes.filter((code) => !code.startsWith("rule.")),
  };
}

export interface ScrollFigures {
  /** While nothing moves: as many as this machine draws just now. */
  framesAtRest: number;
  framesPerSecond: number;
  slowestFrameMs: number;
  /**
   * Processor time of the page's own thread for each frame in which something moved; what else the
   * machine does changes it little.
   */
  workMsAFrame: number;
  rowsPassed: number;
}

/** Scrolls through the middle of a long list for some seconds, as a wheel does. */
export async function measureScroll(page: Page): Promise<ScrollFigures> {
  await page.evaluate(`history.pushState(null, "", "/decisions/long/votes")`);
  const grid = page.getByRole("grid");
  await grid.waitFor();
  await grid.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await page.waitForTimeout(1_000);
  const box = await grid.boundingBox();
  if (box === null) throw new Error("the list is not drawn");
  const firstRow = () => grid.locator("[role=rowgroup] > *").first().getAttribute("aria-rowindex");
  const before = Number(await firstRow());
  await page.evaluate(countFrames);
  await page.waitForTimeout(3_000);
  const atRest = await page.evaluate<number[]>("globalThis.frames_.splice(0)");
  const session = await page.context().newCDPSession(page);
  const workBefore = await workMs(session);
  await session.send("Input.synthesizeScrollGesture", {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: -30_000,
    speed: 6_000,
    gestureSourceType: "mouse",
  });
  const frames = await page.evaluate<number[]>("globalThis.frames_");
  const work = (await workMs(session)) - workBefore;
  const times = frames.slice(1).map((at, index) => at - (frames[index] ?? at));
  return {
    framesAtRest: rateOf(atRest),
    framesPerSecond: rateOf(frames),
    workMsAFrame: work / frames.length,
    slowestFrameMs: Math.max(...times),
    rowsPassed: Number(await firstRow()) - before,
  };
}

async function workMs(session: CDPSession): Promise<number> {
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1_000;
}

function rateOf(frames: readonly number[]): number {
  const span = (frames.at(-1) ?? 0) - (frames[0] ?? 0);
  return ((frames.length - 1) / span) * 1_000;
}

export const watchTasks = `
  globalThis.longestTaskMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      globalThis.longestTaskMs = Math.max(globalThis.longestTaskMs, duration);
  }).observe({ type: "longtask" });`;

const countFrames = `
  globalThis.frames_ = [];
  const next = (at) => { globalThis.frames_.push(at); requestAnimationFrame(next); };
  requestAnimationFrame(next);`;

/** The process that draws: the one that has taken most processor time of its kind. */
async function rendererOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const [busiest] = renderers.toSorted((a, b) => b.cpuTime - a.cpuTime);
  if (busiest === undefined) throw new Error("the browser has no process that draws");
  return busiest.id;
}

/** The most memory that any process has had that draws: a page may get another when it is opened. */
export async function peakOfRenderers(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  return Math.max(...renderers.map(({ id }) => peakMegabytes(id)));
}

/** The most memory that a process has had (Linux). */
function peakMegabytes(process: number): number {
  const status = readFileSync(`/proc/${process}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
}
