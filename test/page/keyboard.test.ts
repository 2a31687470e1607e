import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { localId } from "../support/local-id.ts";
import { useBrowser } from "../support/page/browser.ts";
import { ballotToken, firstListedTitle, openDecision } from "../support/page/organiser.ts";
import { watchSettling } from "../support/page/settled.ts";

const { visit } = useBrowser();

/** More than a page has, a list of 166 voters included. */
const tabsMax = 300;

/** What has the focus: its role as a person would call it, its name, and whether a mark shows it. */
const focused = `(() => {
  const { activeElement: it } = document;
  const label = it.labels?.[0]?.textContent ?? it.textContent ?? "";
  const { outlineStyle, outlineWidth } = getComputedStyle(it);
  const box = it.type === "radio" ? getComputedStyle(it.closest("label")) : { outlineStyle, outlineWidth };
  const isMarked = [outlineStyle, box.outlineStyle].some((style) => style !== "none");
  return { tag: it.tagName, name: label.trim(), isMarked };
})()`;

/** Goes on with the Tab key until what is called so has the focus; everything on the way shows it. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate<{ tag: string; name: string; isMarked: boolean }>(focused);
    if (focus.tag !== "BODY")
      expect(focus, "the focus can be seen").toMatchObject({ isMarked: true });
    if (focus.name === name) return;
    passed.push(focus.name);
  }
  throw new Error(`no Tab leads to ${name}; passed: ${passed.join(" | ")}`);
}

/** Goes round the page once; returns the names of all stops, each of which shows the focus. */
async function tabRound(page: Page): Promise<string[]> {
  const stops: string[] = [];
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate<{ tag: string; name: string; isMarked: boolean }>(focused);
    if (focus.tag === "BODY") return stops;
    expect(focus, "the focus can be seen").toMatchObject({ isMarked: true });
    stops.push(focus.name);
  }
  throw new Error(`the focus does not come round: ${stops.join(" | ")}`);
}

describe("a voter with a keyboard alone", () => {
  it("skips to the content, gives a token, votes, changes the vote and takes it back", async () => {
    const draft = { slug: "keyboard", title: "Open the sluice" };
    const { id } = await openDecision({ ...draft, revote_policy: "revisable" });
    const token = await ballotToken(id, { voter_id: "ana" });
    const visitor = await visit();
    const { page } = visitor;
    const untilHeading = (name: string): Promise<void> =>
      page.getByRole("heading", { name }).waitFor();
    await page.goto(`/decisions/${id}/ballot`);
    await page.getByLabel("Your ballot token").waitFor();
    await tabTo(page, "Skip to content");
    await page.keyboard.press("Enter");

    await tabTo(page, "Your ballot token");
    await page.keyboard.press("Enter");
    await page.getByText("Paste your ballot token first.").waitFor();
    await visitor.expectSoundView("token missing");
    await page.keyboard.type(token);
    await page.keyboard.press("Enter");

    await page.getByRole("radio", { name: "Yes" }).waitFor();
    await tabTo(page, "Review");
    await page.keyboard.press("Enter");
    await page.getByText("Choose one of the three first.").waitFor();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "Review");
    await page.keyboard.press("Enter");
    await untilHeading("Review your vote");
    await tabTo(page, "Cast vote: No");
    await page.keyboard.press("Enter");
    await untilHeading("Your vote, No, is recorded");

    await tabTo(page, "Change my vote");
    await page.keyboard.press("Enter");
    await tabTo(page, "No");
    await page.keyboard.press("ArrowUp");
    await tabTo(page, "Review");
    await page.keyboard.press("Enter");
    await untilHeading("Review your vote");
    await tabTo(page, "Cast vote: Yes");
    await page.keyboard.press("Enter");
    await untilHeading("Your vote, Yes, is recorded");

    await tabTo(page, "Take my vote back");
    await page.keyboard.press("Enter");
    await untilHeading("Take your vote back?");
    await visitor.expectSoundView("withdraw");
    await tabTo(page, "Take my vote back");
    await page.keyboard.press("Enter");
    await page.getByText("Nothing of yours is counted until you vote again.").waitFor();
    await visitor.expectSoundView("withdrawn");
    await visitor.leave();
  });
});

describe("with a keyboard alone", () => {
  const certified = `/decisions/${localId("nuclear-tests-1991")}`;
  it.each([
    ["the list", "/", null],
    ["a decision", certified, "API"],
    ["the votes", `${certified}/votes`, "API"],
    ["the check", "/verify", "Check"],
    ["the certificate", `${certified}/certificate`, "API"],
    ["the display", `${certified}/display`, "Skip to content"],
  ])("%s can be gone round, and each stop is seen", async (_name, path, stop) => {
    const visitor = await visit();
    const { page } = visitor;
    const whenSettled = watchSettling(page);
    await page.goto(path);
    await whenSettled();
    const stops = await tabRound(page);
    const expected = stop ?? (await firstListedTitle());
    expect(stops[0]).toBe("Skip to content");
    expect(
      stops.some((each) => each.includes(expected)),
      stops.join(" | "),
    ).toBe(true);
    await visitor.leave();
  });
});
