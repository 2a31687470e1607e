import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { bootPlatform } from "../scripts/local-platform/boot.ts";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { measureVisit, type VisitFigures } from "./page/measure-visit.ts";
import { prepareVisits } from "./page/prepare-visits.ts";
import { serveCompressed } from "./page/serve-compressed.ts";

const aims = { largestPaintMs: 2_500, interactionMs: 200, shift: 0.02 };

/**
 * `npm run bench:page [-- --visits 8]`: how a decision and a ballot come on a slow phone (a quarter
 * of this processor's speed, slow 4G), in Chromium. Fails where an aim is missed.
 */
await runMain(async () => {
  const { values } = parseArgs({ options: { visits: { type: "string" } } });
  const count = wholeNumber("visits", values.visits, { min: 1, max: 100, otherwise: 8 });
  const stateFolder = mkdtempSync(join(tmpdir(), "enviro-bench-page-"));
  const platform = await bootPlatform({ stateFolder, port: 0 });
  const served = await serveCompressed(platform.origin);
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    let missed = 0;
    console.log(
      "page      LCP ms p50, p75  INP ms p75, max  CLS    requests  kB   kB of JS  task ms",
    );
    for (const [name, next] of await prepareVisits(platform, served.origin)) {
      const visits: VisitFigures[] = [];
      for (let index = 0; index < count; index += 1) {
        visits.push(await measureVisit(browser, await next()));
      }
      missed += report(name, visits);
    }
    console.log(
      `load of the machine: ${loadavg()
        .map((each) => each.toFixed(1))
        .join(", ")}`,
    );
    return missed === 0 ? exitStatus.ok : exitStatus.differences;
  } finally {
    await browser.close();
    served.stop();
    await platform.stop();
    rmSync(stateFolder, { recursive: true });
  }
});

/** Prints what visits of a page took, and tells how many aims it missed. */
function report(name: string, visits: readonly VisitFigures[]): number {
  const paints = visits.map(({ largestPaintMs }) => largestPaintMs);
  // The slowest interaction of a visit is its INP, as none has fifty.
  const interactions = visits.map(({ interactionsMs }) => Math.max(0, ...interactionsMs));
  const shift = Math.max(...visits.map((each) => each.shift));
  const most = (of: (visit: VisitFigures) => number) => Math.max(...visits.map(of));
  const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);
  console.log(
    [
      name.padEnd(9),
      `${share(paints, 0.5).toFixed(0)}, ${share(paints, 0.75).toFixed(0)}`.padEnd(16),
      `${share(interactions, 0.75).toFixed(0)}, ${Math.max(...interactions).toFixed(0)}`.padEnd(16),
      shift.toFixed(3).padEnd(6),
      String(most(({ requests }) => requests)).padEnd(9),
      kilobytes(most(({ bytes }) => bytes)),
      kilobytes(most(({ scriptBytes }) => scriptBytes)).padEnd(9),
      most(({ longestTaskMs }) => longestTaskMs).toFixed(0),
    ].join(" "),
  );
  const misses = [
    share(paints, 0.75) > aims.largestPaintMs,
    share(interactions, 0.75) > aims.interactionMs,
    shift > aims.shift,
  ];
  return misses.filter(Boolean).length;
}

function share(figures: readonly number[], part: number): number {
  return figures.toSorted((a, b) => a - b)[Math.ceil(figures.length * part) - 1] ?? 0;
}
