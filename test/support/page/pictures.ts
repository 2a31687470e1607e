import { join } from "node:path";
import type { Page } from "playwright-core";

/** Where a run of the tests leaves what it has seen, for whoever looks at it later. */
export const picturesFolder = ".screenshots";

/** Chromium can't draw much taller ones in one piece. */
const tallestPicture = 10_000;

/** Keeps the view as it is, from top to bottom where it is not too tall, under its name and the screen's width. */
export async function keepPicture(page: Page, view: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const name = `${view} ${width}`.replaceAll(/\W+/g, "-");
  const height = await page.evaluate<number>("document.documentElement.scrollHeight");
  const fullPage = height <= tallestPicture;
  await page.screenshot({ path: join(picturesFolder, `${name}.png`), fullPage });
}
