import { describe, expect, it } from "vitest";
import { collectionOf, featureOf, squareAt } from "../../support/map/squares.ts";
import { useBrowser } from "../../support/page/browser.ts";
import { draftWithRoll, makeOrganiser, signInWith } from "../../support/page/run-decision.ts";
import { viewports } from "../../support/page/visitor.ts";

const { visit } = useBrowser();

const regions = [
  { code: "north", name: "North bank" },
  { code: "south", name: "South bank" },
  { code: "west", name: "West bank" },
];

/** A file as an office's program writes it: the code is one property of several. */
function fileOf(document: object) {
  const buffer = Buffer.from(JSON.stringify(document));
  return { name: "banks.geojson", mimeType: "application/geo+json", buffer };
}

const coded = (code: string, longitude: number) => ({
  ...featureOf(7, squareAt(longitude, 47)),
  properties: { fid: longitude, bank: code },
});
const banks = collectionOf(coded("north", 8), coded("south", 9), coded("lake", 10));

describe("the map of a draft", () => {
  it("is chosen, looked at, put in force and taken away, and says what does not fit", async () => {
    const organiser = await makeOrganiser("map-organiser");
    const draft = {
      slug: "map-draft",
      title: "Lower the weir",
      regions,
      ends_early: "by_organiser",
    } as const;
    const { id } = await draftWithRoll(organiser, draft, null);
    const visitor = await visit({ viewport: viewports.phone });
    const { page } = visitor;
    await page.goto(`/organise/decisions/${id}/map`);
    await signInWith(page, organiser.key);
    await page.getByRole("heading", { name: "Map of the regions" }).waitFor();
    const file = page.locator('input[type="file"]');
    await file.setInputFiles(fileOf(collectionOf(featureOf("north", squareAt(8, 47).slice(1)))));
    await page.getByText("Parts of this file are no areas").waitFor();
    await page.getByText("/features/0/geometry/coordinates/0").waitFor();
    await file.setInputFiles(fileOf(banks));
    const choice = page.getByLabel("What names the region of each area");
    expect(await choice.inputValue()).toBe("bank");
    await page.getByRole("option", { name: "North bank: code north" }).waitFor();
    await page.getByText("Not on the map, and in the table alone: West bank.").waitFor();
    await page.getByText("No region of the decision, and drawn as land: lake.").waitFor();
    await visitor.expectSoundView("map of a draft");
    await page.getByRole("button", { name: "Use this map" }).click();
    await page.getByText("This map is in force.").waitFor();
    await page.getByRole("option", { name: "South bank: code south" }).waitFor();
    await page.getByRole("link", { name: "Terms" }).click();
    await page.getByRole("button", { name: "Copy as a new draft" }).click();
    await page.getByText("The map of its regions is copied when you save.").waitFor();
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("The draft is saved.").waitFor();
    expect(page.url()).not.toContain(id);
    await page.getByText("This map is in force.").waitFor();
    await page.getByRole("button", { name: "Copy as a new draft" }).click();
    const problem = { status: 409, code: "map.other_regions", title: "Other regions" };
    await page.route("**/map", async (route) => {
      if (route.request().method() !== "PUT") await route.fallback();
      else await route.fulfill({ status: 409, json: problem });
    });
    visitor.expectRefusal(409, "/map");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("The map was not copied").waitFor();
    await visitor.expectSoundView("a draft whose map was not copied");
    await page.unroute("**/map");
    await page.goto(`/organise/decisions/${id}/map`);
    await page.getByRole("button", { name: "Take the map away" }).click();
    await page.getByText("This map is in force.").waitFor({ state: "detached" });
    await visitor.leave();
  });
});
