import { join } from "node:path";
import type { Browser } from "playwright-core";
import { createClient } from "../../src/client/client.ts";
import { holdCouncilVote, type WalkStep } from "./hold-council-vote.ts";

/** The steps of which docs/organisers.md has a picture, with its height. */
const pictureHeights: Record<string, number> = {
  "sign-in": 500,
  draft: 800,
  roll: 660,
  letters: 800,
  open: 720,
  wall: 720,
  close: 720,
  certificate: 735,
};

const marginAbove = 24;

export interface CouncilPictures {
  browser: Browser;
  origin: string;
  adminKey: string;
  imagesFolder: string;
}

/** Holds a council's vote on the platform, and takes the pictures of docs/organisers.md of it. */
export async function shootCouncilVote(pictures: CouncilPictures): Promise<void> {
  const { browser, origin, adminKey, imagesFolder } = pictures;
  const admin = createClient({ origin, credential: adminKey });
  const { key } = await admin.call("POST /api/v1/api-keys", {
    body: { role: "organiser", label: "the clerk", owner: "council-of-ford" },
  });
  const common = {
    baseURL: origin,
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  } as const;
  const desk = await browser.newContext({ ...common, viewport: { width: 1_120, height: 800 } });
  await holdCouncilVote({
    page: await desk.newPage(),
    key,
    async openPhone() {
      const phone = await browser.newContext({ ...common, viewport: { width: 390, height: 844 } });
      return phone.newPage();
    },
    onStep: (step) => shoot(step, imagesFolder),
  });
}

async function shoot({ name, page, about }: WalkStep, imagesFolder: string): Promise<void> {
  const height = pictureHeights[name];
  if (height === undefined) return;
  await page.evaluate("scrollTo(0, 0)");
  const box = await about?.boundingBox();
  if (box) await page.evaluate(`scrollTo(0, ${box.y - marginAbove})`);
  await page.screenshot({
    path: join(imagesFolder, `organisers-${name}.png`),
    clip: { x: 0, y: 0, width: 1_120, height },
  });
}
