import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import {
  castAtStation,
  closeAndCertify,
  firstListedTitle,
  openDecision,
} from "../support/page/organiser.ts";
import { watchSettling } from "../support/page/settled.ts";
import { untilFound } from "../support/page/until-found.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();
const phone = { width: 390, height: 844 };

/** A word that no other decision has. */
const word = "zwolgraven";
const openTitle = `Dredge the ${word} again`;
const certifiedTitle = `Widen the ${word}`;
const regions = [
  { code: "zwol-upper", name: "Upper reach" },
  { code: "zwol-lower", name: "Lower reach" },
];
let certifiedId: string;

beforeAll(async () => {
  const rest = { regions, disclosure: "roll_call" } as const;
  await openDecision({ slug: "search-open", title: openTitle, ...rest, regions: [] });
  const { id } = await openDecision({
    slug: "search-certified",
    title: certifiedTitle,
    description: `What was **planned** for its banks.`,
    ...rest,
  });
  certifiedId = id;
  await castAtStation(id, [
    { voter_id: "a", vote: "yes", region: "zwol-upper", name: "Ana" },
    { voter_id: "b", vote: "yes", region: "zwol-upper", name: "Ben" },
    { voter_id: "c", vote: "no", region: "zwol-lower", name: "Cho" },
  ]);
  await closeAndCertify(id);
  await untilFound({ q: word, status: ["certified"] }, 1);
  await untilFound({ q: word, status: ["open"] }, 1);
});

const rows = (page: Page) => page.locator(".row h2");
const titlesOf = async (page: Page) => (await rows(page).allInnerTexts()).toSorted();
const bothTitles = [openTitle, certifiedTitle].toSorted();

describe.each([
  ["phone", phone],
  ["laptop", viewports.laptop],
])("a search on a %s", (name, viewport) => {
  it("finds what was typed, marks it, and says how fresh that is", async () => {
    const visitor = await visit({ viewport });
    const { page } = visitor;
    const whenSettled = watchSettling(page);
    await page.goto("/");
    await whenSettled();
    await page.getByRole("combobox", { name: "Search decisions" }).fill(`  ${word}`);
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL(`**/search?q=${word}`);
    await page.getByRole("heading", { name: "2 decisions found" }).waitFor();
    expect(await titlesOf(page)).toEqual(bothTitles);
    expect(await page.locator(".row h2 mark").allInnerTexts()).toEqual([word, word]);
    await page.getByText("As of").waitFor();
    await visitor.expectSoundView(`search ${name}`);
    await visitor.leave();
  });
});

describe("what was found", () => {
  it("is narrowed by boxes that have counts, and the address keeps them", async () => {
    const visitor = await visit();
    const { page } = visitor;
    const whenSettled = watchSettling(page);
    await page.goto(`/search?q=${word}`);
    await whenSettled();
    const certified = page.getByRole("checkbox", { name: "Certified 1" });
    await certified.check();
    await page.waitForURL(`**/search?q=${word}&status=certified`);
    await page.getByRole("heading", { name: "1 decision found" }).waitFor();
    expect(await titlesOf(page)).toEqual([certifiedTitle]);
    await page.getByRole("radio", { name: "Upper reach 1" }).check();
    await page.waitForURL(`**/search?q=${word}&status=certified&region=zwol-upper`);
    await page.reload();
    await whenSettled();
    expect(await certified.isChecked()).toBe(true);
    expect(await titlesOf(page)).toEqual([certifiedTitle]);

    await page.goBack();
    await page.goBack();
    await page.getByRole("heading", { name: "2 decisions found" }).waitFor();
    expect(await certified.isChecked()).toBe(false);
    await page.goForward();
    await page.getByRole("link", { name: "Take all filters away" }).click();
    await page.waitForURL(`**/search?q=${word}`);
    const sum = page.getByRole("heading", { name: "2 decisions found" });
    await sum.waitFor();
    expect(await sum.evaluate((heading) => heading === document.activeElement)).toBe(true);
    await visitor.leave();
  });

  it("is nothing where no decision has all words, and that is said", async () => {
    const visitor = await visit({ viewport: phone });
    const { page } = visitor;
    await page.goto("/search?q=xyzzyplugh");
    await page.getByText("No decision was found").waitFor();
    await visitor.expectSoundView("search without finds");
    await page.getByRole("link", { name: "All decisions" }).click();
    await page.locator(".row").first().waitFor();
    await visitor.leave();
  });

  it("comes a page at a time, and the rest where it is asked for", async () => {
    const visitor = await visit();
    const { page } = visitor;
    const whenSettled = watchSettling(page);
    // All other files' decisions are found without words, too.
    await page.goto("/search");
    await whenSettled();
    const shown = await rows(page).count();
    const more = page.getByRole("link", { name: "Show more" });
    if (await more.isVisible()) {
      expect(shown).toBe(20);
      await more.click();
      await rows(page).nth(shown).waitFor();
    }
    const titles = await titlesOf(page);
    expect(titles).toContain(certifiedTitle);
    expect(titles).toContain(await firstListedTitle());
    await visitor.leave();
  });

  it("says that a text without a word is none to search for", async () => {
    const visitor = await visit();
    const { page } = visitor;
    visitor.expectRefusal(400, "/search");
    visitor.expectRefusal(400, "/api/v1/search/decisions");
    await page.goto("/search?q=%3F%21");
    await page.getByText("There is no word in it to search for").waitFor();
    await visitor.expectSoundView("search without words");
    await visitor.leave();
  });
});

describe("suggestions", () => {
  it("come while a word is typed; arrows go through them, and Enter leads to one", async () => {
    const visitor = await visit({ viewport: phone });
    const { page } = visitor;
    const whenSettled = watchSettling(page);
    await page.goto("/");
    await whenSettled();
    const field = page.getByRole("combobox", { name: "Search decisions" });
    await field.pressSequentially(word.slice(0, 6));
    const options = page.getByRole("option");
    await options.nth(1).waitFor();
    expect(await options.count()).toBe(2);
    expect(await field.getAttribute("aria-expanded")).toBe("true");
    await visitor.expectSoundView("search with suggestions");

    await field.press("ArrowDown");
    await field.press("ArrowDown");
    const active = page.getByRole("option", { selected: true });
    expect(await field.getAttribute("aria-activedescendant")).toBe(await active.getAttribute("id"));
    await field.press("Escape");
    await options.first().waitFor({ state: "detached" });
    expect(await field.inputValue()).toBe(word.slice(0, 6));

    await field.pressSequentially(word.slice(6));
    await options.nth(1).waitFor();
    await field.press("ArrowUp");
    const chosen = await active.locator(".suggestion-title").innerText();
    await field.press("Enter");
    await page.getByRole("heading", { level: 1, name: chosen }).waitFor();
    await visitor.leave();
  });

  it("are taken with the mouse, too, and are gone once the field is left", async () => {
    const visitor = await visit();
    const { page } = visitor;
    const whenSettled = watchSettling(page);
    await page.goto("/search");
    await whenSettled();
    const field = page.getByRole("combobox", { name: "Search decisions" });
    await field.pressSequentially(word);
    const option = page.getByRole("option", { name: certifiedTitle });
    await option.waitFor();
    await field.blur();
    await option.waitFor({ state: "detached" });
    await field.pressSequentially(" wid");
    await option.click();
    await page.waitForURL(`**/decisions/${certifiedId}`);
    await visitor.leave();
  });
});

describe("statistics", () => {
  it("of a decision are its counted ballots by choice, region and month", async () => {
    const visitor = await visit({ viewport: phone });
    const { page } = visitor;
    await page.goto(`/decisions/${certifiedId}`);
    await page.getByRole("link", { name: "Statistics" }).first().waitFor({ state: "attached" });
    await page.locator(".records").getByRole("link", { name: "Statistics" }).click();
    await page.waitForURL(`**/decisions/${certifiedId}/statistics`);
    await untilCounted(page, "3 counted ballots");
    const upper = page.getByRole("row", { name: /Upper reach/ });
    expect(await upper.locator(".count").allInnerTexts()).toEqual(["2", "0", "0", "2"]);
    await visitor.expectSoundView("statistics of a decision");
    await visitor.leave();
  });

  it("of all decisions lead to those that they count", async () => {
    const visitor = await visit();
    const { page } = visitor;
    await page.goto("/");
    await page.getByRole("link", { name: "Statistics" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Statistics" }).waitFor();
    await page.getByRole("table", { name: "By outcome" }).waitFor();
    await visitor.expectSoundView("statistics");
    await page
      .getByRole("table", { name: "By status" })
      .getByRole("link", { name: "Open" })
      .click();
    await page.waitForURL("**/search?status=open");
    await page.locator(".row .status[data-status=open]").first().waitFor();
    await visitor.leave();
  });
});

describe("without JavaScript", () => {
  it("a search is a form, and its boxes are applied by a button", async () => {
    const visitor = await visit({ javaScriptEnabled: false });
    const { page } = visitor;
    await page.goto("/");
    await page.getByRole("combobox", { name: "Search decisions" }).fill(word);
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("heading", { name: "2 decisions found" }).waitFor();
    await page.getByRole("checkbox", { name: "Open 1" }).check();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByRole("heading", { name: "1 decision found" }).waitFor();
    expect(await titlesOf(page)).toEqual([openTitle]);
    await page.goto("/statistics");
    await page.getByRole("table", { name: "By status" }).waitFor();
    // What would load scripts is refused, and said to have failed.
    await visitor.context.close();
  });
});

/** Statistics are computed some seconds after a certificate, and kept for minutes. */
async function untilCounted(page: Page, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.getByText(text).count();
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(0);
}
