import type { Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import {
  castAtStation,
  closeAndCertify,
  openDecision,
  votesOf,
} from "../support/page/organiser.ts";
import { watchSettling } from "../support/page/settled.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();
const regions = [
  { code: "delta", name: "Delta" },
  { code: "hills", name: "Hills" },
];

async function certifiedRollCall(slug: string): Promise<string> {
  const { id } = await openDecision({
    slug,
    title: "Open the polder",
    regions,
    disclosure: "roll_call",
  });
  await castAtStation(id, [
    { voter_id: "ben", vote: "no", region: "delta", name: "בן כהן", statement: "לא עכשיו." },
    {
      voter_id: "ana",
      vote: "yes",
      region: "hills",
      name: "Ana Ilić",
      statement: "The river was here first.\nIt comes back.",
    },
    ...votesOf(60, "abstain", { region: "delta" }),
  ]);
  await closeAndCertify(id);
  return id;
}

describe.each(Object.entries(viewports))("the votes on a %s", (name, viewport) => {
  it("of a roll call stand by name, with the reasons that voters gave", async () => {
    const id = await certifiedRollCall(`votes-roll-call-${name}`);
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto(`/decisions/${id}/votes`);
    const rows = page.getByRole("table", { name: "Counted votes" }).locator("tbody tr");
    expect(await rows.count()).toBe(62);
    expect(await rows.nth(0).innerText()).toMatch(
      /Ana Ilić\s+Hills\s+The river was here first\.\nIt comes back\.\s+Yes/,
    );
    expect(await rows.nth(1).innerText()).toMatch(/בן כהן\s+Delta\s+לא עכשיו\.\s+No/);
    await visitor.expectSoundView("votes of a roll call");
    await page.getByLabel("Region").selectOption("Hills");
    await page.getByText("1 vote is listed").waitFor({ state: "attached" });
    expect(await rows.count()).toBe(1);
    await page.getByRole("button", { name: "Ana Ilić" }).click();
    await page.getByRole("dialog", { name: "Ana Ilić" }).getByText("Ballot hash").waitFor();
    await visitor.expectSoundView("a vote of a roll call");
    await page.keyboard.press("Escape");
    await visitor.leave();
  });

  it("of a long list are found by number, hash and key, and filtered", async () => {
    const slug = `votes-long-${name}`;
    const { id } = await openDecision({ slug, title: "Raise the dike", regions, weight_max: 2 });
    await castAtStation(id, [
      ...votesOf(400, "yes", { region: "delta", weight: 2 }),
      ...votesOf(300, "no", { region: "hills", weight: 1 }),
      ...votesOf(300, "abstain", { region: "hills", weight: 1 }),
    ]);
    await closeAndCertify(id);
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto(`/decisions/${id}/votes`);
    const grid = page.getByRole("grid", { name: "Counted votes" });
    await grid.waitFor();
    expect(await grid.getAttribute("aria-rowcount")).toBe("1001");
    const row = (number: number) => grid.locator(`[aria-rowindex="${number + 1}"]`);
    await row(1).waitFor();
    await visitor.expectSoundView("a long list of votes");

    await grid.focus();
    await page.keyboard.press("End");
    await row(1_000).getByRole("gridcell").first().waitFor();
    expect(await row(1_000).getAttribute("aria-selected")).toBe("true");
    expect(
      await page.locator("#" + escapeId(await grid.getAttribute("aria-activedescendant"))).count(),
    ).toBe(1);
    await page.keyboard.press("PageUp");
    await page.keyboard.press("Home");
    await row(1).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Vote 2" }).waitFor();
    await page.keyboard.press("Escape");

    const search = page.getByRole("searchbox", { name: "Number, hash or receipt" });
    await search.fill("777");
    await search.press("Enter");
    await page.getByText("Vote 777 of 1,000").waitFor();
    const found = await page.getByText("Vote 777 of 1,000").innerText();
    await row(777).waitFor();
    const hash = /[0-9a-f]{64}/.exec(found)?.[0] ?? "";
    await search.fill(`Ballot hash: ${hash}`);
    await search.press("Enter");
    await page.getByText(`Vote 777 of 1,000: ${hash}`).waitFor();
    await search.fill("ffffffffffff");
    await search.press("Enter");
    await page.getByText("neither among those that count nor among the others").waitFor();
    await search.fill("the dike");
    await search.press("Enter");
    await page.getByText("at least six digits of a hash").waitFor();

    await page.getByRole("combobox", { name: "Vote" }).selectOption("No");
    await page.getByText("300 votes are listed").waitFor({ state: "attached" });
    expect(await grid.getAttribute("aria-rowcount")).toBe("301");
    await visitor.expectSoundView("filtered votes");
    await visitor.leave();
  });
});

/** Paths and queries of the reads of votes that a page asks for. */
function watchReads(page: Page): string[] {
  const reads: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.endsWith("/votes") && search !== "") reads.push(search);
  });
  return reads;
}

/** Draws some frames, in each of which an effect without an end would have asked again. */
const drawFrames = (page: Page) =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 30; frames += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  });

async function certifiedLong(slug: string): Promise<string> {
  const { id } = await openDecision({ slug, title: "Raise the dike", regions });
  await castAtStation(id, [
    ...votesOf(600, "yes", { region: "delta" }),
    ...votesOf(300, "no", { region: "hills" }),
  ]);
  await closeAndCertify(id);
  return id;
}

describe("a link to a vote", () => {
  it("is followed once, and the list is filtered after it", async () => {
    const id = await certifiedRollCall("votes-link");
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}/votes#vote=7`);
    await page.getByText("Vote 7 of 62").waitFor();
    const rows = page.getByRole("table", { name: "Counted votes" }).locator("tbody tr");
    await page.getByLabel("Region").selectOption("Hills");
    await page.getByText("1 vote is listed").waitFor({ state: "attached" });
    await drawFrames(page);
    expect(await rows.count()).toBe(1);
    expect(await page.getByText("Vote 7 of 62").count()).toBe(0);
    await visitor.leave();
  });

  it("beyond the list says so, and asks for nothing", async () => {
    const id = await certifiedLong("votes-link-beyond");
    const visitor = await visit();
    const { page } = visitor;
    const reads = watchReads(page);
    await page.goto(`/decisions/${id}/votes#vote=9999999`);
    await page.getByText("There is no vote 9,999,999: the list ends with vote 900.").waitFor();
    await drawFrames(page);
    expect(reads.filter((search) => search.includes("others"))).toEqual([]);
    expect(reads.length).toBeLessThanOrEqual(1);
    await visitor.leave();
  });

  it("is not tried again by itself where its page is refused", async () => {
    const id = await certifiedLong("votes-link-refused");
    const visitor = await visit();
    const { page } = visitor;
    let refused = 0;
    visitor.expectRefusal(429, "/votes");
    await page.route("**/votes?page=2", async (route) => {
      refused += 1;
      await route.fulfill({ status: 429, json: { error: { code: "rate.limited" } } });
    });
    await page.goto(`/decisions/${id}/votes#vote=890`);
    await page.getByText("The votes could not be read. Try it again.").waitFor();
    const before = refused;
    await drawFrames(page);
    expect(refused).toBe(before);
    await visitor.leave();
  });
});

describe("a long list that is not what was signed", () => {
  const changes = {
    votes: ["**/export?format=ndjson&list=counted", '"choice":"no"', '"choice":"yes"'],
    outcome: ["**/outcome", '"tally":', '"tally2":'],
  } as const;

  it.each(["votes", "outcome"] as const)("says so when its %s were changed", async (part) => {
    const id = await certifiedLong(`votes-changed-${part}`);
    const visitor = await visit();
    const { page } = visitor;
    const [address, from, to] = changes[part];
    await page.route(address, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace(from, to) });
    });
    await page.goto(`/decisions/${id}/votes`);
    const grid = page.getByRole("grid", { name: "Counted votes" });
    await grid.waitFor();
    await page.getByRole("combobox", { name: "Vote" }).selectOption("No");
    const notice = page.getByRole("alert").filter({ hasText: "not what was signed" });
    await notice.waitFor();
    const listed = part === "votes" ? "300" : "901";
    await expect.poll(() => grid.getAttribute("aria-rowcount")).toBe(listed);
    expect(await page.getByText("0 votes are listed").count()).toBe(0);
    await visitor.expectSoundView(`a list whose ${part} were changed`);
    const link = notice.getByRole("link", { name: "See what is wrong" });
    expect(await link.getAttribute("href")).toBe(`/verify?decision=${id}`);
    await visitor.leave();
  });
});

/** An id of React as a selector. */
function escapeId(id: string | null): string {
  return (id ?? "missing").replaceAll(/[^\w-]/g, (character) => `\\${character}`);
}

const millionSize = 1_000_000;
const rowsAPage = 800;
const hashOf = (index: number) => (index * 4_000).toString(16).padStart(10, "0").padEnd(64, "0");

/** A page of a list of a million votes, as the API answers. */
async function answerMillion(route: Route): Promise<void> {
  const page = Number(new URL(route.request().url()).searchParams.get("page"));
  const first = (page - 1) * rowsAPage;
  const items = Array.from({ length: Math.min(rowsAPage, millionSize - first) }, (_, index) => ({
    ballot_hash: hashOf(first + index),
    choice: "yes",
    region: "delta",
    weight: 1,
  }));
  const pages = Math.ceil(millionSize / rowsAPage);
  const next = page < pages ? page + 1 : null;
  await route.fulfill({ json: { page, pages, next, size: millionSize, first: first + 1, items } });
}

describe("a list of a million votes", () => {
  it("is reached from end to end by bar, wheel, key and number", async () => {
    const slug = "votes-million";
    const { id } = await openDecision({ slug, title: "Dredge the river", regions });
    await castAtStation(id, votesOf(3, "yes", { region: "delta" }));
    await closeAndCertify(id);
    const visitor = await visit();
    const { page } = visitor;
    await page.route("**/votes?page=*", answerMillion);
    const settle = watchSettling(page);
    await page.goto("/verify");
    // Another address would not be that of the page that is being taken over.
    await settle();
    await page.evaluate(`history.pushState(null, "", "/decisions/${id}/votes")`);
    const grid = page.getByRole("grid", { name: "Counted votes" });
    await grid.waitFor();
    const row = (number: number) => grid.locator(`[aria-rowindex="${number + 1}"]`);
    await row(1).waitFor();
    expect(await grid.getAttribute("aria-rowcount")).toBe("1000001");
    expect(await grid.evaluate((element) => element.scrollHeight)).toBeLessThan(17_000_000);

    await grid.focus();
    await page.keyboard.press("End");
    await row(1_000_000).getByText(hashOf(999_999)).waitFor();
    await page.keyboard.press("Home");
    await row(1).getByText(hashOf(0)).waitFor();

    const search = page.getByRole("searchbox", { name: "Number, hash or receipt" });
    await search.fill("654,321");
    await search.press("Enter");
    await row(654_321).getByText(hashOf(654_320)).waitFor();
    await search.fill(hashOf(123_455));
    await search.press("Enter");
    await row(123_456).getByText(hashOf(123_455)).waitFor();

    const isSeen = (number: number) =>
      row(number)
        .getByText(hashOf(number - 1))
        .isVisible();
    // The scroll bar, put to the middle and to the end.
    await grid.evaluate((element) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
    });
    await expect.poll(() => isSeen(500_001)).toBe(true);
    await grid.evaluate((element) => {
      element.scrollTop = element.scrollHeight;
    });
    await expect.poll(() => isSeen(1_000_000)).toBe(true);
    // A wheel moves by pixels, not in proportion.
    await grid.hover();
    await page.mouse.wheel(0, -440);
    await expect.poll(() => isSeen(999_975)).toBe(true);
    await visitor.leave();
  });
});
