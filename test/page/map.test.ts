import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { statePopulations } from "../../src/rules/presets/tables.ts";
import { localId } from "../support/local-id.ts";
import { twoSquares } from "../support/map/squares.ts";
import { useBrowser } from "../support/page/browser.ts";
import { castAtStation, openDecision, openMapped, votesOf } from "../support/page/organiser.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

const regions = ["north", "south", "west"].map((code) => ({ code }));
const rollCall = { regions, disclosure: "roll_call" } as const;

/** Scrolls to the map and waits until it is drawn. */
async function lookAtMap(page: Page) {
  await page.locator(".result-map").scrollIntoViewIfNeeded();
  const map = page.locator(".result-map").getByRole("listbox");
  await map.waitFor();
  return map;
}

/** Which texture a region is filled with. */
async function textureOf(page: Page, region: string): Promise<string | undefined> {
  const fill = await page.locator(`.map-area[data-region="${region}"] path`).getAttribute("fill");
  return /-([a-z]+(?:-[a-z0-9]+)?)"\)$/.exec(fill ?? "")?.[1];
}

describe("the map of a decision", () => {
  it("draws what its organiser has drawn, follows the votes, and tells what it lacks", async () => {
    const { id } = await openMapped(
      { slug: "mapped", title: "Raise the weir", ...rollCall },
      twoSquares,
    );
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    const map = await lookAtMap(page);
    expect(await map.getByRole("option").count()).toBe(2);
    await map.getByRole("option", { name: "north: Yes 0, No 0, Abstain 0; in all 0" }).waitFor();
    await page.getByText("Not on this map: west.").waitFor();
    expect(await textureOf(page, "north")).toBe("none");
    await castAtStation(id, [
      ...votesOf(2, "yes", { region: "north" }),
      ...votesOf(1, "no", { region: "south" }),
    ]);
    await map.getByRole("option", { name: "north: Yes 2, No 0, Abstain 0; in all 2" }).waitFor();
    await map.getByRole("option", { name: "south: Yes 0, No 1, Abstain 0; in all 1" }).waitFor();
    expect(await textureOf(page, "north")).toBe("yes-most");
    expect(await textureOf(page, "south")).toBe("no-most");
    await page.getByText("Yes, two thirds or more").waitFor();
    // The table stands beside it, with all three.
    expect(await page.locator(".regions tbody tr").count()).toBe(3);
    await visitor.expectSoundView("map of a drawing");
    await visitor.leave();
  });

  it("says a region's figures to a pointer and to keys, and lets go of it", async () => {
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${localId("floodplain-members-2026")}`);
    const map = await lookAtMap(page);
    const readout = page.locator(".map-readout");
    await page.locator('.map-area[data-region="Headwaters"] path').hover();
    expect(await readout.innerText()).toMatch(/^Headwaters Yes /);
    await page.mouse.move(0, 0);
    await map.focus();
    expect(await readout.innerText()).toMatch(/^Delta /);
    const active = () => map.getAttribute("aria-activedescendant");
    const first = await active();
    await page.keyboard.press("ArrowRight");
    expect(await readout.innerText()).toMatch(/^Middle reach /);
    expect(await active()).not.toBe(first);
    const selected = page.locator(`[id="${await active()}"][aria-selected="true"]`);
    expect(await selected.getAttribute("aria-label")).toMatch(/^Middle reach: Yes /);
    await page.keyboard.press("Escape");
    expect(await readout.innerText()).toBe("");
    await visitor.leave();
  });

  it("is one of countries where regions are, with a mark on those too small to see", async () => {
    const states = Object.keys(statePopulations).map((code) => ({ code }));
    const { id } = await openDecision({
      slug: "mapped-countries",
      title: "Restore a fifth of the rivers",
      regions: states,
      disclosure: "roll_call",
    });
    const turns = ["yes", "no", "abstain"] as const;
    await castAtStation(
      id,
      states.map(({ code }, index) => ({
        voter_id: code,
        vote: turns[index % turns.length] ?? "yes",
        region: code,
        name: code,
      })),
    );
    for (const viewport of [viewports.phone, viewports.laptop]) {
      const visitor = await visit({ viewport });
      const { page } = visitor;
      await page.goto(`/decisions/${id}`);
      const map = await lookAtMap(page);
      expect(await map.getByRole("option").count()).toBe(27);
      expect(await page.locator('.map-area[data-region="MT"] circle').count()).toBe(1);
      await page.getByText("Borders are as Natural Earth draws them.").waitFor();
      await visitor.expectSoundView(`map of countries ${viewport.width}`);
      await visitor.leave();
    }
  });

  it("is not drawn where it is not the one that was frozen", async () => {
    const { id } = await openMapped(
      { slug: "map-altered", title: "An altered map", ...rollCall },
      twoSquares,
    );
    const visitor = await visit();
    const { page } = visitor;
    let isAltered = true;
    await page.route(/\/map$/, async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      await route.fulfill({ response, body: isAltered ? text.replace("north", "west") : text });
    });
    await page.goto(`/decisions/${id}`);
    await page.locator(".result-map").scrollIntoViewIfNeeded();
    await page.getByText("The map could not be loaded. The table has all figures.").waitFor();
    expect(await page.locator(".map-area").count()).toBe(0);
    isAltered = false;
    await page.locator(".result-map").getByRole("button", { name: "Try again" }).click();
    await page.locator(".result-map").getByRole("listbox").waitFor();
    await visitor.leave();
  });

  it("is saved as a picture with its legend", async () => {
    const { id } = await openMapped(
      { slug: "map-saved", title: "A map to keep", ...rollCall },
      twoSquares,
    );
    await castAtStation(id, votesOf(1, "no", { region: "south" }));
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await lookAtMap(page);
    await page.getByText("Save the map").click();
    const menu = page.locator(".result-map .save");
    for (const form of ["SVG", "PNG"]) {
      const download = page.waitForEvent("download");
      await menu.getByRole("button", { name: `Picture (${form})` }).click();
      const file = await readFile(await (await download).path());
      if (form === "PNG") {
        expect(file.subarray(1, 4).toString()).toBe("PNG");
        continue;
      }
      const text = file.toString();
      expect(text).toContain('<pattern id="no-most"');
      expect(text).toContain("No, two thirds or more");
      expect(text.match(/fill="url\(#no-most\)"/g)).toHaveLength(2);
    }
    await visitor.leave();
  });

  it("is nowhere, and costs nothing, where regions are neither drawn nor countries", async () => {
    const { id } = await openDecision({ slug: "unmapped", title: "No map", ...rollCall });
    const visitor = await visit();
    const { page } = visitor;
    const scripts: string[] = [];
    page.on("request", (request) => scripts.push(request.url()));
    await page.goto(`/decisions/${id}`);
    await page.getByRole("table").first().waitFor();
    await page.locator("[data-connection=live]").waitFor();
    expect(await page.locator(".result-map").count()).toBe(0);
    expect(scripts.filter((url) => /assets\/.*map/.test(url))).toEqual([]);
    await visitor.leave();
  });
});
