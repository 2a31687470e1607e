import type { Page } from "playwright-core";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import {
  expectAccessibleInDark,
  expectAccessibleInLight,
  expectNamed,
  expectNoOverflow,
} from "../support/page/clean-view.ts";
import { keepPicture } from "../support/page/pictures.ts";
import { watchSettling } from "../support/page/settled.ts";
import { prepareStates, type DecisionState } from "../support/page/states.ts";
import type { Visitor } from "../support/page/visitor.ts";
import { otherViews, viewsOf, type PageView } from "../support/page/views.ts";

const { visit } = useBrowser();
const widths = [320, 390, 1_280];
/** Whose structure is that of the others, and whose colours are looked at in the dark. */
const middle = 390;

/** Addresses of this site that a page leads to, and where on itself, by the view that has them. */
const links = new Map<string, string>();

/** Looks at a page in both themes and all widths, in a tab of its own. */
async function lookAt(visitor: Visitor, { name, path, status }: PageView): Promise<void> {
  const page = await visitor.openTab();
  await page.setViewportSize({ width: widths[0] ?? 0, height: 700 });
  if (status !== undefined) {
    for (const end of ["", "/outcome", "/results", "/events"]) {
      visitor.expectRefusal(status, `${new URL(path, inject("origin")).pathname}${end}`);
    }
    visitor.expectRefusal(status, "/api/v1/decisions/nowhere-000000000000");
  }
  const whenSettled = watchSettling(page);
  await page.goto(path);
  await whenSettled();
  await expectNamed(page, name);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 700 });
    await expectNoOverflow(page, `${name}, ${width}`);
    if (width === middle) await expectAccessibleInDark(page, `${name}, ${width}`);
    else await expectAccessibleInLight(page, `${name}, ${width}`);
    await keepPicture(page, name);
  }
  await expectRoomWhenLarger(page, name);
  await noteLinks(name, page.url(), await page.locator("a[href]").all());
  visitor.expectNoFaults(name);
  await page.close();
}

/**
 * At 200 %: a laptop's page, and its text alone (WCAG 1.4.4). At 400 % (1.4.10) it is as wide as a
 * phone.
 */
async function expectRoomWhenLarger(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 640, height: 400 });
  await expectNoOverflow(page, `${name}, zoomed to 200 %`);
  await page.setViewportSize({ width: 1_280, height: 800 });
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  const size = await page.evaluate<string>("getComputedStyle(document.documentElement).fontSize");
  expect(size, "of the reader's choice").toBe("32px");
  await expectNoOverflow(page, `${name}, text of 200 %`);
}

async function noteLinks(
  name: string,
  base: string,
  anchors: { getAttribute(name: string): Promise<string | null> }[],
): Promise<void> {
  for (const anchor of anchors) {
    const url = new URL((await anchor.getAttribute("href")) ?? "", base);
    // A link to another part of the same page, or to it in another language, leads nowhere else.
    const isSamePage = url.pathname === new URL(base).pathname;
    const isOwn = isSamePage && (url.hash !== "" || url.searchParams.has("language"));
    if (url.origin === inject("origin") && !isOwn) links.set(`${url.pathname}${url.search}`, name);
  }
}

describe("every page in every state, theme and width", () => {
  let states: DecisionState[];
  beforeAll(async () => {
    states = await prepareStates();
  });

  it.each(otherViews)("$name", async (view) => {
    const visitor = await visit();
    await lookAt(visitor, view);
    await visitor.leave();
  });

  it.each([
    "turnout only",
    "certified roll call",
    "certified aggregate",
    "open live",
    "scheduled",
    "sealed",
    "cancelled",
    "weighted long title",
    "27 regions",
    "1000 regions",
    "arabic without votes",
    "certified hostile text",
    "closed, not certified",
    "certified no quorum",
    "certified tie",
    "certified not voted on",
  ])("decision: %s", async (name) => {
    const state = states.find((each) => each.name === name);
    expect(state).toBeDefined();
    if (state === undefined) return;
    // A browser keeps what it has loaded; what it keeps of a ballot is a tab's alone.
    const visitor = await visit();
    for (const view of viewsOf(state)) await lookAt(visitor, view);
    await visitor.leave();
  });

  it("leads nowhere that refuses", async () => {
    const refused: string[] = [];
    expect(links.size, "links were found").toBeGreaterThan(0);
    for (const [path, view] of links) {
      const { status, body } = await fetch(new URL(path, inject("origin")));
      await body?.cancel();
      if (status >= 400) refused.push(`${status} ${path}, from: ${view}`);
    }
    expect(refused).toEqual([]);
  });
});
