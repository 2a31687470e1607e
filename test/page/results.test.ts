import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { localId } from "../support/local-id.ts";
import { useBrowser } from "../support/page/browser.ts";
import { castAtStation, openDecision, votesOf } from "../support/page/organiser.ts";
import { viewports } from "../support/page/visitor.ts";
import { eventually } from "../support/worker/eventually.ts";

const { visit } = useBrowser();
const regions = ["Delta", "Middle reach", "Headwaters"].map((code) => ({ code }));
const rollCall = { regions, disclosure: "roll_call" } as const;

/** The figures of the first board. */
function figures(page: Page): Promise<string[]> {
  return page.locator(".board").first().locator(".figure-value").allInnerTexts();
}

describe("a result that is followed", () => {
  it("shows every vote of a roll call as it comes, without a reload", async () => {
    const { id } = await openDecision({ slug: "live-board", title: "Lower the weir", ...rollCall });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByText("No ballot has been counted yet").first().waitFor();
    await page.locator("[data-connection=live]").waitFor();
    await castAtStation(id, votesOf(3, "yes", { region: "Delta" }));
    await page.getByText("3 counted ballots").first().waitFor();
    await castAtStation(id, votesOf(1, "no", { region: "Headwaters" }));
    await page.getByText("4 counted ballots").first().waitFor();
    expect(await figures(page)).toEqual(["3", "1", "0"]);
    await visitor.expectSoundView("live board");
    await visitor.leave();
  });

  it("shows other votes in steps of ten voters, and says when they were released", async () => {
    const { id } = await openDecision({ slug: "live-releases", title: "Raise the dike", regions });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByText("Nothing is shown yet").first().waitFor();
    let cast = 0;
    // A region that is looked at seldom takes larger steps, so it is as many tens as it takes.
    const shown = await eventually("figures of a release", async () => {
      const text = await page.locator(".board-sum").innerText();
      const counted = Number(/^(\d+) counted ballots/.exec(text)?.[1] ?? 0);
      if (counted > 0) return counted;
      const tens = votesOf(10, "yes", { region: "Delta" });
      const votes = tens.map((vote) => ({ ...vote, voter_id: `${vote.voter_id}-${cast}` }));
      await castAtStation(id, votes);
      cast += tens.length;
      return null;
    });
    expect(shown).toBeGreaterThanOrEqual(10);
    expect(cast - shown).toBeGreaterThanOrEqual(10);
    await page.locator(".as-of", { hasText: "released" }).waitFor();
    await visitor.leave();
  });

  it("is not called live within five seconds of the server's last word", async () => {
    const { id } = await openDecision({ slug: "silent", title: "A silent server", ...rollCall });
    const visitor = await visit();
    const { page } = visitor;
    await page.clock.install();
    // A server that is frozen: its connections stand, and nothing comes over them any more.
    await page.addInitScript(() => {
      Object.assign(globalThis, {
        EventSource: class extends EventTarget {
          constructor() {
            super();
            setTimeout(() => this.dispatchEvent(new Event("open")), 0);
          }
          close(): void {}
        },
      });
    });
    let reads = 0;
    await page.route(/\/results$/, (route) => {
      reads += 1;
      return reads === 1 ? route.continue() : undefined;
    });
    await page.goto(`/decisions/${id}`);
    await page.clock.runFor(100);
    await page.locator("[data-connection=live]").waitFor();
    await page.clock.runFor(5_000);
    await page.locator("[data-connection=stalled]").waitFor();
    await page.getByText(/^Not live: no answer for \d+ s$/).waitFor();
    await page.clock.runFor(100);
    const spoken = page.locator("[aria-live]", { hasText: "The server does not answer" });
    await spoken.waitFor({ state: "attached" });
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.close();
  });
});

describe("what a board is drawn in", () => {
  const weighted = { weight_max: 1_000, ...rollCall };
  const majority = { id: "majority", count: "yes", more_than: "1/2", of: ["yes", "no"] };
  const votes = [
    ...votesOf(1, "yes", { region: "Delta", weight: 1_000 }),
    ...votesOf(9, "no", { region: "Delta", weight: 1 }),
  ];

  it.each([
    ["heads", {}, ["1", "9", "0"], "its rule counts heads"],
    ["weight", { counting: "weight" }, ["1,000", "9", "0"], "shares of the total weight"],
  ])("is what the rule counts: %s", async (slug, counting, expected, words) => {
    const rule = { title: "Majority", ...counting, requirements: [majority] };
    const title = "A board of its rule";
    const { id } = await openDecision({ slug: `measure-${slug}`, title, rule, ...weighted });
    await castAtStation(id, votes);
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByText("10 counted ballots").first().waitFor();
    await page.getByText(words).waitFor();
    expect(await figures(page)).toEqual(expected);
    await visitor.expectSoundView(`board by ${slug}`);
    await visitor.leave();
  });

  it("is both where the rule counts both", async () => {
    const byWeight = {
      id: "shares",
      count: { weight: "yes" },
      at_least: "1/2",
      of: { weight: "cast" },
    };
    const rule = { title: "Both", requirements: [majority, byWeight] };
    const { id } = await openDecision({ slug: "measure-both", title: "Both", rule, ...weighted });
    await castAtStation(id, votes);
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByRole("heading", { name: "By weight" }).waitFor();
    expect(await page.locator(".figure-value").allInnerTexts()).toEqual([
      "1",
      "9",
      "0",
      "1,000",
      "9",
      "0",
    ]);
    const total = page.locator(".regions tbody tr").first().locator(".count.all");
    expect(await total.innerText()).toBe("10");
    await page.locator(".switch label", { hasText: "Weight" }).click();
    expect(await total.innerText()).toBe("1,009");
    await visitor.expectSoundView("board by both");
    await visitor.leave();
  });
});

describe("a thousand regions", () => {
  it("are all there, found and scrolled by keys, and only those in sight are drawn", async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({
      code: `r${index}`,
      name: `District ${index}`,
    }));
    const draft = { slug: "thousand", title: "A long river", disclosure: "roll_call" } as const;
    const { id } = await openDecision({ ...draft, regions: many });
    await castAtStation(id, votesOf(3, "yes", { region: "r777" }));
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByText("3 counted ballots").first().waitFor();
    await page.getByRole("button", { name: "Show all 1,000 regions" }).click();
    const rows = page.locator(".region-rows [role=row]");
    await rows.first().waitFor();
    expect(await rows.first().innerText()).toContain("District 777");
    expect(await rows.count()).toBeLessThan(60);
    const table = page.getByRole("table", { name: "By region" });
    expect(await table.getAttribute("aria-rowcount")).toBe("1001");
    await page.locator(".region-rows").focus();
    await page.keyboard.press("End");
    await page.locator("[aria-rowindex='1001']").waitFor();
    await visitor.expectSoundView("thousand regions");
    await page.getByRole("searchbox", { name: "Find a region" }).fill("district 99");
    await page.getByRole("row", { name: /District 998/ }).waitFor();
    await visitor.leave();
  });
});

describe("what is saved of a result", () => {
  it("is the picture of the board, and the table of the regions", async () => {
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${localId("nuclear-tests-1991")}`);
    const save = async (menu: string, form: string): Promise<{ name: string; file: Buffer }> => {
      const details = page.locator("details.save", { hasText: menu });
      if ((await details.getAttribute("open")) === null) await details.locator("summary").click();
      const saved = page.waitForEvent("download");
      await details.getByRole("button", { name: form }).click();
      const download = await saved;
      return { name: download.suggestedFilename(), file: await readFile(await download.path()) };
    };
    const svg = await save("Save the result", "Picture (SVG)");
    expect(svg.name).toMatch(/^nuclear-tests-1991-.*-result-.*\.svg$/);
    const [yes = ""] = await figures(page);
    expect(svg.file.toString()).toContain(`>${yes}</text>`);
    const png = await save("Save the result", "Picture (PNG)");
    expect(png.file.subarray(1, 4).toString()).toBe("PNG");
    const csv = await save("Save the regions", "Table (CSV)");
    expect(csv.file.toString()).toContain(`\r\n,,${yes},`);
    await visitor.leave();
  });
});

describe("how turnout grew", () => {
  it("is drawn and listed once it is asked for, and saved", async () => {
    const draft = { slug: "turnout-line", title: "Who came when", ...rollCall };
    const { id } = await openDecision(draft);
    await castAtStation(id, votesOf(3, "yes", { region: "Delta" }));
    const visitor = await visit({ viewport: viewports.phone });
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    const part = page.locator("details.turnout-history");
    await part.locator("summary").click();
    await part.getByRole("row", { name: /3$/ }).waitFor();
    await visitor.expectSoundView("turnout over time");
    const saved = page.waitForEvent("download");
    await part.getByRole("button", { name: "Table (CSV)" }).click();
    const file = await readFile(await (await saved).path(), "utf8");
    expect(file).toMatch(/^\uFEFFat,voters,weight\r\n.+,3,3\r\n$/);
    await visitor.leave();
  });
});

describe.each(Object.entries({ ...viewports, wall: { width: 3_840, height: 2_160 } }))(
  "the display on a %s",
  (name, viewport) => {
    it("shows the result live, the largest regions, and the way back", async () => {
      const title = "Which way the river goes";
      const { id } = await openDecision({ slug: `display-${name}`, title, ...rollCall });
      await castAtStation(id, votesOf(3, "yes", { region: "Delta" }));
      const visitor = await visit({ viewport });
      const { page } = visitor;
      await page.goto(`/decisions/${id}/display`);
      await page.getByText("3 counted ballots").first().waitFor();
      await castAtStation(id, votesOf(2, "no", { region: "Headwaters" }));
      await page.getByText("5 counted ballots").first().waitFor();
      expect(await figures(page)).toEqual(["3", "2", "0"]);
      await visitor.expectSoundView("display");
      await page.getByRole("link", { name: "Leave the display" }).click();
      await page.waitForURL(`**/decisions/${id}`);
      await visitor.leave();
    });
  },
);

describe("a result that is hidden", () => {
  it("says what is shown and until when the rest is not", async () => {
    const sealed = { visibility: "sealed", closes_at: "2027-03-01T12:00:00.000Z" } as const;
    const { id } = await openDecision({
      slug: "sealed",
      title: "A sealed vote",
      regions,
      ...sealed,
    });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByText("Results are sealed until 1 Mar 2027, 12:00 UTC").first().waitFor();
    await visitor.expectSoundView("sealed");
    await page.goto(`/decisions/${localId("oil-slick-lebanon-2019")}`);
    await page.getByText("How they voted is shown to nobody").first().waitFor();
    await visitor.expectSoundView("turnout alone");
    await visitor.leave();
  });
});
