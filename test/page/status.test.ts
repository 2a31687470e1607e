import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedDemo, type Demo } from "../../scripts/demo/seed.ts";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { useBrowser } from "../support/page/browser.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

// Of its own: a row is removed here, and what the cron finds is to be seen when it is asked to look.
let platform: LocalPlatform;
let demo: Demo;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "enviro-status-"));
  const stateFolder = join(folder, "state");
  platform = await bootPlatform({ stateFolder, port: 0, withoutCron: true });
  const { origin, adminKey } = platform;
  demo = await seedDemo({ origin, adminKey, log: () => {} });
});
afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

const address = () => new URL("/status", platform.origin).href;

/** How a decision stands on the page, by its title. */
const itemOf = (title: string) => `.checked-decision:has-text(${JSON.stringify(title)})`;

describe("the status page", () => {
  it("is linked from the foot of every page, and rendered without the browser", async () => {
    await platform.runCron();
    const visitor = await visit({ javaScriptEnabled: false });
    const { page } = visitor;
    await page.goto(platform.origin);
    await page.locator(".colophon").getByRole("link", { name: "Status" }).click();
    await page.getByRole("heading", { level: 1, name: "Status" }).waitFor();
    const { title } = demo.openDecision;
    expect(await page.locator(itemOf(title)).getAttribute("data-state")).toBe("agrees");
    await visitor.context.close();
  });

  it.each([
    ["phone", "light", "en-GB"],
    ["laptop", "dark", "en-GB"],
    ["phone", "dark", "ar-EG"],
    ["laptop", "light", "ar-EG"],
    ["laptop", "light", "ru-RU"],
  ] as const)("is sound on a %s in %s colours for %s", async (size, colorScheme, locale) => {
    const visitor = await visit({ viewport: viewports[size], colorScheme, locale });
    await platform.runCron();
    await visitor.page.goto(address());
    await visitor.page.locator(".checked-decision").first().waitFor();
    await visitor.expectSoundView(`status ${colorScheme} ${locale}`);
    await visitor.leave();
  });

  it("turns red by itself when a row is removed, and green when it is back", async () => {
    const { id, title } = demo.openDecision;
    const database = await platform.database();
    const rows = database.prepare("SELECT * FROM votes WHERE decision_id = ? AND seq = 1 LIMIT 1");
    const row = await rows.bind(id).first();
    await platform.runCron();
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(address());
    const item = page.locator(itemOf(title));
    const states = () =>
      item.locator(".stage").evaluateAll((all) => all.map((one) => one.getAttribute("data-state")));
    await expect.poll(states).toEqual([null, "agrees", "agrees", "later"]);
    await database
      .prepare("DELETE FROM votes WHERE decision_id = ? AND shard = ? AND seq = 1")
      .bind(id, row?.["shard"])
      .run();
    await platform.runCron();
    await expect.poll(states).toEqual([null, "agrees", "broken", "later"]);
    await page
      .getByText("The database does not hold the ballots that the record has sent it.")
      .waitFor();
    const whole = page.locator(".status-summary");
    expect(await whole.getAttribute("data-state")).toBe("broken");
    expect(await whole.innerText()).toContain("Something does not agree");
    await visitor.expectSoundView("status with a removed row");
    const names = Object.keys(row ?? {});
    await database
      .prepare(`INSERT INTO votes (${names.join()}) VALUES (${names.map(() => "?").join()})`)
      .bind(...Object.values(row ?? {}))
      .run();
    await platform.runCron();
    await expect.poll(states).toEqual([null, "agrees", "agrees", "later"]);
    await visitor.leave();
  });

  it("says that nothing was checked where the service can't be read any more", async () => {
    await platform.runCron();
    const visitor = await visit();
    const { page, context } = visitor;
    await page.clock.install();
    await page.goto(address());
    const item = page.locator(itemOf(demo.openDecision.title));
    await expect.poll(() => item.getAttribute("data-state")).toBe("agrees");
    await context.setOffline(true);
    const later = async () => {
      await page.clock.fastForward(80_000);
      return item.getAttribute("data-state");
    };
    await expect.poll(later).toBe("not_checked");
    await context.close();
  });
});
