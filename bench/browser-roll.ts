import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { draftDecision } from "../src/cli/api/decisions.ts";
import { createClient } from "../src/client/client.ts";
import { bootPlatform } from "../scripts/local-platform/boot.ts";
import { measureRollImport } from "./browser/measure-roll.ts";

// What a roll takes in Chromium, from the file to the platform:
// `node bench/browser-roll.ts --rows 2000000 --shards 16`
const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "2000000" },
    shards: { type: "string", default: "16" },
  },
});
const rows = Number(values.rows);
const regions = Array.from({ length: 27 }, (_, index) => ({ code: `region-${index}` }));
const folder = mkdtempSync(join(tmpdir(), "enviro-bench-"));
const file = join(folder, "voters.csv");
await writeRoll(file, rows);
const platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
try {
  const client = createClient({ origin: platform.origin, credential: platform.adminKey });
  const { id } = await draftDecision(client, {
    slug: "browser-roll",
    title: "A large roll",
    electorate: "roll",
    regions,
    shards: Number(values.shards),
    closes_at: "2099-01-01T00:00:00Z",
  });
  const page = await (await browser.newContext({ baseURL: platform.origin })).newPage();
  const { adminKey } = platform;
  const figures = await measureRollImport({ browser, page, decisionId: id, adminKey, file });
  const { roll } = await client.call("GET /api/v1/decisions/{decisionId}/roll", {
    path: { decisionId: id },
  });
  const megabytes = (statSync(file).size / 1_000_000).toFixed(0);
  console.log(`file        ${rows} rows, ${megabytes} MB; ${roll?.voters} voters on the roll`);
  console.log(`checked     in ${figures.checkSeconds.toFixed(1)} s`);
  console.log(`uploaded    in ${figures.uploadSeconds.toFixed(1)} s`);
  console.log(
    `memory      ${figures.megabytes.toFixed(0)} MB at most, ${figures.megabytesBefore.toFixed(0)} MB of it before`,
  );
  console.log(`main thread ${figures.longestTaskMs.toFixed(0)} ms busy at most`);
} finally {
  await browser.close();
  await platform.stop();
  rmSync(folder, { recursive: true });
}

/** Voters with ids, names and telephone numbers, as an office keeps them. */
async function writeRoll(path: string, count: number): Promise<void> {
  const out = createWriteStream(path);
  out.write("Mitgliedsnummer;Name;Wahlkreis;Stimmen;Telefon\r\n");
  for (let row = 0; row < count; row += 1) {
    const line = `M-${String(row).padStart(8, "0")};Jürgen Größ ${row};region-${row % 27};${(row % 3) + 1};+49 40 ${row}\r\n`;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
}
