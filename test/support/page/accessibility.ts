import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What a theme can change: the page's structure is the same in each. */
const rulesOfColours = ["color-contrast", "link-in-text-block"];

/** What axe finds against WCAG 2.2 AA in the view as it is: a line for each rule and element. */
export function violations(page: Page): Promise<string[]> {
  return runAxe(page, standards);
}

/** What axe finds of that in the colours alone. */
export function violationsOfColours(page: Page): Promise<string[]> {
  return runAxe(page, { type: "rule", values: rulesOfColours });
}

async function runAxe(page: Page, runOnly: RunOptions["runOnly"]): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`"axe" in window`))) await page.evaluate(axe);
  const options = JSON.stringify({ runOnly, resultTypes: ["violations"] });
  const { violations: found } = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id} (${help}): ${target.join(" ")} ${failureSummary}`,
    ),
  );
}
