import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { bootPlatform } from "../scripts/local-platform/boot.ts";
import { measureRecount, measureScroll } from "./browser/measure.ts";
import { servePublication } from "./browser/serve-publication.ts";
import { makePublication } from "./verify/make-publication.ts";

// What the page takes for long lists, in Chromium: `npm run bench:browser -- --votes 870109`
const { values } = parseArgs({ options: { votes: { type: "string", default: "870109" } } });
const votes = Number(values.votes);
const folder = join(".local", "bench", `publication-${votes}`);
if (!existsSync(join(folder, "outcome.json"))) makePublication(folder, votes);
const { decision_id: decisionId } = JSON.parse(
  readFileSync(join(folder, "outcome.json"), "utf8"),
) as { decision_id: string };

const stateFolder = mkdtempSync(join(tmpdir(), "enviro-bench-"));
const platform = await bootPlatform({ stateFolder, port: 0 });
const upstream = platform.origin;
const served = await servePublication({ folder, decisionId, longRows: 1_000_000, upstream });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const page = await (await browser.newContext({ baseURL: served.origin })).newPage();
  const recount = await measureRecount(browser, page, decisionId);
  const faults = recount.faults.length === 0 ? "right" : `WRONG: ${recount.faults.join(", ")}`;
  console.log(`recount     ${votes} votes in ${recount.seconds.toFixed(1)} s, ${faults}`);
  console.log(
    `memory      ${recount.megabytes.toFixed(0)} MB at most, ${recount.megabytesBefore.toFixed(0)} MB of it before`,
  );
  console.log(
    `main thread ${recount.longestTaskMs.toFixed(0)} ms busy at most, ${recount.workMs.toFixed(0)} ms of processor time in all`,
  );
  const scroll = await measureScroll(page);
  console.log(
    `scroll      ${scroll.framesPerSecond.toFixed(1)} frames a second (${scroll.framesAtRest.toFixed(1)} at rest) over ${scroll.rowsPassed} of 1,000,000 rows, ${scroll.workMsAFrame.toFixed(1)} ms of processor time each, the slowest ${scroll.slowestFrameMs.toFixed(0)} ms`,
  );
} finally {
  await browser.close();
  served.stop();
  await platform.stop();
  rmSync(stateFolder, { recursive: true });
}
