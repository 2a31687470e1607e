import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions } from "playwright-core";
import { seedDemo, type Demo } from "./demo/seed.ts";
import { bootPlatform } from "./local-platform/boot.ts";
import { projectRoot } from "./local-platform/project.ts";
import { shootCouncilVote } from "./organisers-walk/shoot-council-vote.ts";

// `npm run screenshots`: the two pictures of the README, of the demonstration, and those of
// docs/organisers.md, of a council's vote that is held for them.
const imagesFolder = join(projectRoot, "docs/images");

const folder = mkdtempSync(join(tmpdir(), "enviro-screenshots-"));
const platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
try {
  const { origin, adminKey } = platform;
  const demo = await seedDemo({ origin, adminKey, log: () => {} });
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args });
  await shootBoth(browser, origin, demo);
  await shootCouncilVote({ browser, origin, adminKey, imagesFolder });
  await browser.close();
} finally {
  await platform.stop();
  rmSync(folder, { recursive: true });
}

async function shootBoth(browser: Browser, baseURL: string, demo: Demo): Promise<void> {
  const common: BrowserContextOptions = { baseURL, locale: "en-GB", reducedMotion: "reduce" };
  const members = demo.decisions.find(({ id }) => id.startsWith("floodplain-members-"));
  if (members === undefined) throw new Error("the demonstration has no vote of the members");
  const desktop = await browser.newContext({
    ...common,
    viewport: { width: 1_120, height: 900 },
  });
  const decision = await desktop.newPage();
  await decision.goto(`/decisions/${members.id}`);
  await decision.locator("[data-connection=live]").waitFor();
  await decision.screenshot({ path: join(imagesFolder, "decision.png") });

  const phone = await browser.newContext({ ...common, viewport: { width: 390, height: 844 } });
  const ballot = await phone.newPage();
  const { id, voterToken } = demo.openDecision;
  await ballot.goto(`/decisions/${id}/ballot#token=${voterToken}`);
  await ballot.getByRole("button", { name: "Use another token" }).waitFor();
  await ballot.getByRole("radio", { name: "Yes" }).check();
  await ballot.screenshot({ path: join(imagesFolder, "ballot.png") });
}
