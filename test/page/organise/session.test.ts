import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { createClient } from "../../../src/client/client.ts";
import { useBrowser } from "../../support/page/browser.ts";
import { watchSettling } from "../../support/page/settled.ts";
import { viewports, type Visitor } from "../../support/page/visitor.ts";

const { visit } = useBrowser();
const client = createClient({ origin: inject("origin"), credential: inject("adminKey") });

async function issueKey(owner: string) {
  const body = { role: "organiser", label: `The key of ${owner}`, owner } as const;
  return client.call("POST /api/v1/api-keys", { body });
}

async function signIn(page: Page, key: string): Promise<void> {
  const field = page.getByLabel("Your key");
  await field.fill(key);
  // By the keyboard alone.
  await field.press("Enter");
}

/** All that the page has kept in this browser. */
function keptBy(page: Page): Promise<string> {
  return page.evaluate(() =>
    [localStorage, sessionStorage].map((each) => JSON.stringify(each)).join(),
  );
}

function signedInAs(page: Page, owner: string) {
  return page.locator(".organise-who", { hasText: owner });
}

/** Revokes a key while a page is open, and lets the page come to the end of its session. */
async function endSession(visitor: Visitor, keyId: string): Promise<void> {
  const { page } = visitor;
  // The lists of the page are read again, and wait for the dialog.
  visitor.expectRefusal(401, "/own-decisions");
  await client.call("DELETE /api/v1/api-keys/{keyId}", { path: { keyId } });
  await page.clock.fastForward("13:00:00");
  await page.getByRole("alertdialog").waitFor();
}

describe.each(Object.entries(viewports))("signing in on a %s", (_name, viewport) => {
  it("takes a key once, keeps none of it, and ends by signing out", async () => {
    const { key } = await issueKey("page-session");
    const visitor = await visit({ viewport });
    const { page, context } = visitor;
    visitor.expectRefusal(401, "/api/v1/session");
    await page.goto("/organise");
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await visitor.expectSoundView("sign-in");
    await signIn(page, "eg_not-a-key");
    await page.getByRole("alert").filter({ hasText: "This key is not known here" }).waitFor();
    await visitor.expectSoundView("sign-in-refused");

    await signIn(page, key);
    await signedInAs(page, "page-session").waitFor();
    const [cookie, ...others] = await context.cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({
      name: "__Host-session",
      httpOnly: true,
      secure: true,
      sameSite: "Strict",
      path: "/",
    });
    expect(await page.evaluate(() => document.cookie)).toBe("");
    expect(await keptBy(page)).not.toContain(key);
    await page.getByRole("heading", { level: 1, name: "My decisions" }).waitFor();
    await visitor.expectSoundView("signed-in");

    const whenPageSettled = watchSettling(page);
    await page.reload();
    await signedInAs(page, "page-session").waitFor();
    const tab = await visitor.openTab();
    const whenTabSettled = watchSettling(tab);
    await tab.goto("/organise");
    await signedInAs(tab, "page-session").waitFor();
    // Whoever signs out while lists are under way is refused them.
    await Promise.all([whenPageSettled(), whenTabSettled()]);
    await page.getByRole("button", { name: "Sign out" }).click();
    for (const each of [page, tab])
      await each.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    expect(await context.cookies()).toEqual([]);
    await visitor.leave();
  });
});

describe("a session that ends in the middle", () => {
  it("asks in a dialog, goes on with another key of the same owner, and keeps the page", async () => {
    const [first, second] = [await issueKey("page-ends"), await issueKey("page-ends")];
    const visitor = await visit();
    const { page } = visitor;
    visitor.expectRefusal(401, "/api/v1/session");
    await page.clock.install();
    await page.goto("/organise");
    await signIn(page, first.key);
    await signedInAs(page, "page-ends").waitFor();
    await page.evaluate(() => document.body.setAttribute("data-untouched", ""));
    await endSession(visitor, first.id);
    await visitor.expectSoundView("session-ended");
    // The key that was revoked meanwhile is of no use, and says so.
    await signIn(page, first.key);
    await page.getByRole("alert").filter({ hasText: "it was revoked" }).waitFor();
    await signIn(page, second.key);
    await page.getByRole("alertdialog").waitFor({ state: "detached" });
    await signedInAs(page, "page-ends").waitFor();
    expect(await page.locator("body[data-untouched]").count()).toBe(1);
    await visitor.leave();
  });

  it("says where somebody else signs in, and begins anew as them", async () => {
    const [first, other] = [await issueKey("page-one"), await issueKey("page-other")];
    const visitor = await visit();
    const { page } = visitor;
    await page.clock.install();
    await page.goto("/organise");
    await signIn(page, first.key);
    await signedInAs(page, "page-one").waitFor();
    await endSession(visitor, first.id);
    await signIn(page, other.key);
    await page.getByRole("alert").filter({ hasText: "others than page-other" }).waitFor();
    await visitor.expectSoundView("session-of-another");
    await page.getByRole("button", { name: "Begin anew as page-other" }).click();
    await signedInAs(page, "page-other").waitFor();
    await visitor.leave();
  });

  it("goes on by itself where another tab signs in again", async () => {
    const [first, second] = [await issueKey("page-tabs"), await issueKey("page-tabs")];
    const visitor = await visit();
    const { page } = visitor;
    await page.clock.install();
    await page.goto("/organise");
    await signIn(page, first.key);
    await signedInAs(page, "page-tabs").waitFor();
    await endSession(visitor, first.id);
    const tab = await visitor.openTab();
    await tab.goto("/organise");
    await signIn(tab, second.key);
    await page.getByRole("alertdialog").waitFor({ state: "detached" });
    await visitor.leave();
  });
});

describe("a login elsewhere that did not come about", () => {
  it("is said in words on the page for signing in, which leads on to where somebody wanted to be", async () => {
    const { key } = await issueKey("page-login");
    const visitor = await visit();
    const { page } = visitor;
    await page.goto("/api/v1/session/login?provider=nobody&return_to=%2Forganise%3Fsorted%3Dyes");
    await page.getByRole("alert").filter({ hasText: "no longer offered" }).waitFor();
    await visitor.expectSoundView("login-refused");
    await signIn(page, key);
    await page.waitForURL("**/organise?sorted=yes");
    await signedInAs(page, "page-login").waitFor();
    await visitor.leave();
  });
});
