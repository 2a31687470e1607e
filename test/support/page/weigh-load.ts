import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";

/** What a page has cost since it was opened. */
export interface PageLoad {
  /**
   * The address of each request, in order; the icon once, which is asked for as a picture and, at a
   * moment of the browser's choice, out of its cache for the tab.
   */
  requests: string[];
  /** Bytes of each script as gzip sends it, by its address. */
  scripts: Map<string, number>;
}

/**
 * Follows what a page loads. Sizes are those of gzip, which Cloudflare compresses files with; the
 * local platform sends them as they are.
 */
export function weighLoad(page: Page): () => Promise<PageLoad> {
  const requests: string[] = [];
  const scripts: Response[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.endsWith("/icon.svg") || !requests.includes(url)) requests.push(url);
  });
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response);
  });
  return async () => {
    const sizes = scripts.map(async (response): Promise<[string, number]> => [
      response.url(),
      gzipSync(await response.body()).byteLength,
    ]);
    return { requests, scripts: new Map(await Promise.all(sizes)) };
  };
}

/** Adds up each shift of what is already drawn (Layout Instability), from the first frame on. */
export const countShifts = `globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries()) {
    if (hadRecentInput) continue;
    const moved = sources.map(({ node, previousRect: from, currentRect: to }) =>
      (node?.nodeName ?? "") + "." + (node?.className ?? "") + " y " + from.y + "+" + from.height + " to " + to.y + "+" + to.height);
    globalThis.shifts.push({ value, moved });
  }
}).observe({ type: "layout-shift", buffered: true });`;

/** A shift of the layout, and which elements moved. */
export interface LayoutShift {
  value: number;
  moved: string[];
}
