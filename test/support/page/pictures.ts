import { join } from "node:path";
import type { Page } from "playwright-core";

/** Where a run of the tests leaves what it has seen, for whoever looks at it later. */
export const picturesFolder = ".screenshots";

/** Keeps the view as it is, from top to bottom, under its name and the screen's width. */
export async function keepPicture(page: Page, view: string): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const name = `${view} ${width}`.replaceAll(/\W+/g, "-");
  await page.screenshot({ path: join(picturesFolder, `${name}.png`), fullPage: true });
}
