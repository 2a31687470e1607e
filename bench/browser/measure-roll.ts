import type { Browser, Page } from "playwright-core";
import { peakOfRenderers, watchTasks } from "./measure.ts";

export interface RollImportFigures {
  /** From the file to what is right and wrong with it. */
  checkSeconds: number;
  uploadSeconds: number;
  /** Of the process that has page and Web Worker, at most; and before the file was chosen. */
  megabytes: number;
  megabytesBefore: number;
  /** The longest time that the page's own thread was busy without a break, in ms. */
  longestTaskMs: number;
}

export interface RollImportMeasure {
  browser: Browser;
  page: Page;
  decisionId: string;
  adminKey: string;
  /** The path of a CSV file. */
  file: string;
}

const patienceMs = 1_800_000;

/** Imports a roll on its page, and says how long that took and in how much memory. */
export async function measureRollImport(measure: RollImportMeasure): Promise<RollImportFigures> {
  const { browser, page, decisionId, adminKey, file } = measure;
  page.setDefaultTimeout(patienceMs);
  await page.goto(`/organise/decisions/${decisionId}/roll`);
  await page.getByLabel("Your key").fill(adminKey);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Import a roll" }).waitFor();
  await page.evaluate(watchTasks);
  const megabytesBefore = await peakOfRenderers(browser);
  await page.locator("input[type=file]").setInputFiles(file);
  const check = page.getByRole("button", { name: "Check the file" });
  await check.waitFor();
  const checkedFrom = performance.now();
  await check.click();
  const start = page.getByRole("button", { name: /^Import [\d,]+ voters$/ });
  await start.waitFor();
  const uploadedFrom = performance.now();
  await start.click();
  await page.getByText("voters are on the roll").waitFor();
  return {
    checkSeconds: (uploadedFrom - checkedFrom) / 1_000,
    uploadSeconds: (performance.now() - uploadedFrom) / 1_000,
    megabytes: await peakOfRenderers(browser),
    megabytesBefore,
    longestTaskMs: await page.evaluate<number>("globalThis.longestTaskMs"),
  };
}
