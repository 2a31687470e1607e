import { inject, expect, describe, it, beforeAll, afterAll } from "vitest";
import type { Page } from "playwright-core";
import { useBrowser } from "../../support/page/browser.ts";
import { expectNamed } from "../../support/page/clean-view.ts";
import { viewports, type Visitor } from "../../support/page/visitor.ts";

const { visit } = useBrowser();
const widths = [viewports.phone, { width: 390, height: 844 }, viewports.laptop];

/** Signs in with a key as a person does, with the keyboard alone. */
async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel("Your key").focus();
  await page.keyboard.type(key);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Run decisions" }).waitFor();
}

/** Whether a view is sound at every width, in light and dark. */
async function expectSoundAtAllWidths(visitor: Visitor, view: string): Promise<void> {
  for (const viewport of widths) {
    await visitor.page.setViewportSize(viewport);
    await visitor.expectSoundView(`${view} at ${viewport.width}`);
  }
  await expectNamed(visitor.page, view);
}

/** Moves the focus with the Tab key until it is on a button of this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  await button.waitFor();
  for (let presses = 0; presses < 200; presses += 1) {
    if (await button.evaluate((each) => each.ownerDocument.activeElement === each)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key does not lead to ${name}`);
}

describe("an administrator", () => {
  let visitor: Visitor;
  let page: Page;
  let organiserKey = "";

  beforeAll(async () => {
    visitor = await visit();
    ({ page } = visitor);
    await page.goto("/organise/admin/keys");
    await signIn(page, inject("adminKey"));
  });
  afterAll(() => visitor.leave());

  it("issues a key with the keyboard alone, which is shown once", async () => {
    await page.getByRole("heading", { name: "Keys and roles" }).waitFor();
    await expectSoundAtAllWidths(visitor, "keys");
    await page.getByLabel("Owner", { exact: true }).focus();
    await page.keyboard.type("river-keepers");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Ana of the River Keepers");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "The key for Ana of the River Keepers" }).waitFor();
    organiserKey = (await page.locator(".issued-secret").innerText()).trim();
    expect(organiserKey).toMatch(/^eg_/);
    await expectSoundAtAllWidths(visitor, "a key that was issued");
    await tabTo(page, "I have kept it: hide it");
    await page.keyboard.press("Enter");
    expect(await page.content()).not.toContain(organiserKey);
    await page.getByRole("row", { name: /Ana of the River Keepers/ }).waitFor();
  });

  it("is told which field of a key is not right, and nothing is sent", async () => {
    await page.getByLabel("Owner", { exact: true }).fill("River Keepers");
    await page.getByRole("button", { name: "Issue the key" }).click();
    await page.getByText("Write 1 to 64 small letters").waitFor();
    await expectSoundAtAllWidths(visitor, "a key with a fault");
  });

  it("revokes a key once it is said what ends with it", async () => {
    await tabTo(page, "Revoke the key of Ana of the River Keepers");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText("It is the last key of river-keepers").waitFor();
    await expectSoundAtAllWidths(visitor, "revoking a key");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await tabTo(page, "Revoke the key of Ana of the River Keepers");
    await page.keyboard.press("Enter");
    await tabTo(page, "Revoke the key");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await page
      .getByRole("row", { name: /Ana of the River Keepers/ })
      .waitFor({ state: "detached" });
  });

  it("reads what was done to keys, whose chain this browser has checked", async () => {
    await page.getByRole("link", { name: "Audit log", exact: true }).click();
    await page.getByRole("heading", { name: "The chain is whole" }).waitFor();
    const rows = page.getByRole("row");
    await rows.filter({ hasText: "Key revoked" }).first().waitFor();
    await expectSoundAtAllWidths(visitor, "audit log");
    const head = (await page.locator(".report-box code").innerText()).trim();
    await page.getByLabel("A head that you noted down earlier").fill(head);
    await page.getByText("It stands in this log").waitFor();
    await page.getByLabel("A head that you noted down earlier").fill(`9999 ${"0".repeat(64)}`);
    await page.getByText("entries were cut off since").waitFor();
    await page.getByLabel("What was done").selectOption("key.issued");
    await rows.filter({ hasText: "Key revoked" }).first().waitFor({ state: "detached" });
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save all as CSV" }).click();
    expect((await download).suggestedFilename()).toBe("audit-log.csv");
  });

  it("sees that there is no dead letter, and that all of it works", async () => {
    await page.getByRole("link", { name: "Dead letters" }).click();
    await page.getByText("There is none").waitFor();
    await expectSoundAtAllWidths(visitor, "dead letters");
    await page.getByRole("link", { name: "Service" }).click();
    await page.getByRole("heading", { name: "All of it works" }).waitFor();
    await page.getByText("None waits for longer than it should").waitFor();
    await expectSoundAtAllWidths(visitor, "service");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save all ids" }).click();
    expect((await download).suggestedFilename()).toBe("decision-ids.ndjson");
  });

  it("begins with the decisions, by whose turn it is", async () => {
    await page.goto("/organise");
    await page.getByRole("heading", { name: "All decisions" }).waitFor();
    await page.getByRole("heading", { name: "Waits for the organiser" }).waitFor();
    await expectSoundAtAllWidths(visitor, "all decisions");
  });

  it("compares the record of a decision with the database", async () => {
    const { items } = await page.evaluate<{ items: { id: string }[] }>(
      "fetch('/api/v1/decisions?status=certified').then((answer) => answer.json())",
    );
    await page.goto(`/organise/decisions/${items[0]?.id}/audit`);
    await page.getByText("as many ballots of each shard as the record").waitFor();
    await expectSoundAtAllWidths(visitor, "audit of a decision");
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "What opens each published ballot" }).click();
    expect((await download).suggestedFilename()).toMatch(/-openings\.ndjson$/);
  });
});

describe("an organiser", () => {
  it("is told how to begin, and of no page that is for others", async () => {
    const admin = await visit();
    await admin.page.goto("/organise/admin/keys");
    await signIn(admin.page, inject("adminKey"));
    await admin.page.getByLabel("Owner", { exact: true }).fill("new-here");
    await admin.page.getByLabel("Who holds it").fill("Ben");
    await admin.page.getByRole("button", { name: "Issue the key" }).click();
    const key = (await admin.page.locator(".issued-secret").innerText()).trim();
    await admin.leave();

    const visitor = await visit();
    const { page } = visitor;
    await page.goto("/organise");
    await signIn(page, key);
    await page.getByText("No decision yet").waitFor();
    await expectSoundAtAllWidths(visitor, "no decision yet");
    expect(await page.getByRole("link", { name: "Keys" }).count()).toBe(0);
    await page.goto("/organise/admin/keys");
    await page.getByRole("heading", { name: "This page is for other roles" }).waitFor();
    await visitor.leave();
  });
});
