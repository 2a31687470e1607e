import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { createClient } from "../../../src/client/client.ts";
import { useBrowser } from "../../support/page/browser.ts";
import type { Visitor } from "../../support/page/visitor.ts";

const { visit } = useBrowser();
const client = createClient({ origin: inject("origin"), credential: inject("adminKey") });

/** A key of an organiser, who drafts for this owner. */
async function organiserKey(owner: string): Promise<string> {
  const body = { role: "organiser", label: `of ${owner}`, owner } as const;
  const { key } = await client.call("POST /api/v1/api-keys", { body });
  return key;
}

/** Signs in on the page, as somebody with a key does. */
async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel("Your key").fill(key);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Writes a day and time into a picker by its keys: digits alone, day, month, year, hour, minute. */
async function typeMoment(page: Page, digits: string): Promise<void> {
  await page.getByRole("group", { name: "End" }).getByRole("spinbutton").first().focus();
  await page.keyboard.type(digits);
}

const atTheEnd = "010520991800";

/** Drafts a decision on the page; returns its address. */
async function draft(page: Page, title: string): Promise<string> {
  await page.goto("/organise/new");
  await page.getByLabel("Question").fill(title);
  await typeMoment(page, atTheEnd);
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  return page.url();
}

/** An organiser who is signed in, with a browser of their own. */
async function organiser(owner: string, key?: string): Promise<Visitor> {
  const visitor = await visit();
  await visitor.page.goto("/organise/new");
  await signIn(visitor.page, key ?? (await organiserKey(owner)));
  await visitor.page.getByRole("heading", { name: "New decision" }).waitFor();
  return visitor;
}

describe("an organiser who drafts", () => {
  it("does it with the keyboard alone, from sign-in to a draft that is saved", async () => {
    const visitor = await visit();
    const { page } = visitor;
    const key = await organiserKey("keyboard-keepers");
    await page.goto("/organise/new");
    await page.getByLabel("Your key").focus();
    await page.keyboard.type(key);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "New decision" }).waitFor();
    await tabTo(page, "Question");
    await page.keyboard.type("Open the sluice in spring?");
    await tabTo(page, "Add a region");
    await page.keyboard.press("Enter");
    await tabTo(page, "day, End");
    await page.keyboard.type(atTheEnd);
    await page.keyboard.press("Tab");
    await tabTo(page, "Save the draft");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Open the sluice in spring?" }).waitFor();
    await page.getByText("The draft is saved.").waitFor();
    await visitor.leave();
  });

  it("is told at each field what is wrong, and is led there", async () => {
    const { page, ...visitor } = await organiser("careful-keepers");
    await page.getByRole("button", { name: "Save the draft" }).click();
    const summary = page.getByRole("alert");
    await summary.getByText("There are 2 things to mend").waitFor();
    expect(await summary.evaluate((node) => node === document.activeElement)).toBe(true);
    await summary.getByRole("link", { name: "Question" }).click();
    const question = page.getByLabel("Question");
    expect(await question.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await question.getAttribute("aria-invalid")).toBe("true");
    await question.fill("Plant willows?");
    await typeMoment(page, "010520201800");
    visitor.expectRefusal(409, "/api/v1/decisions");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("The end that is set has passed").waitFor();
    await page.locator("#field-closes_at").getByText("a time to come").waitFor();
    await visitor.leave();
  });

  it("says it in another language, and is told at the field what is missing", async () => {
    const { page, ...visitor } = await organiser("meadow-keepers");
    await page.getByLabel("Question").fill("Restore the meadow?");
    await typeMoment(page, atTheEnd);
    await page.getByRole("button", { name: "Say it in another language" }).click();
    await page.getByRole("button", { name: "Say it in another language" }).click();
    const second = page.getByRole("group", { name: "Spanish" });
    await second.getByRole("button", { name: "Remove Spanish" }).click();
    const first = page.getByRole("group", { name: "Arabic" });
    await first.getByLabel("Language").selectOption("fr");
    const french = page.getByRole("group", { name: "French" });
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByRole("alert").getByRole("link").click();
    const title = french.getByLabel("Question, in French");
    expect(await title.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await title.getAttribute("lang")).toBe("fr");
    await visitor.expectSoundView("a draft in two languages");
    await title.fill("Restaurer la prairie ?");
    await page.reload();
    await french.getByLabel("What it is about, in French").fill("En entier.");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("The draft is saved.").waitFor();
    const decisionId = page.url().split("/").at(-1) ?? "";
    const read = async (id: string) =>
      (await client.call("GET /api/v1/decisions/{decisionId}", { path: { decisionId: id } }))
        .translations;
    const texts = [{ language: "fr", title: "Restaurer la prairie ?", description: "En entier." }];
    expect(await read(decisionId)).toEqual({ original: "en", texts });
    await page.goto(`/organise/new?copy=${decisionId}`);
    await french.getByLabel("Question, in French").waitFor();
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("The draft is saved.").waitFor();
    expect(await read(page.url().split("/").at(-1) ?? "")).toEqual({ original: "en", texts });
    await visitor.leave();
  });

  it("drafts a rehearsal, and sees on its pages that its results never count", async () => {
    const { page, ...visitor } = await organiser("flood-keepers");
    await page.getByLabel("Question").fill("Open the floodgates for a day?");
    await page.getByRole("radio", { name: /^A rehearsal/ }).check();
    await typeMoment(page, atTheEnd);
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("The draft is saved.").waitFor();
    await page.getByText("Rehearsal: its results never count").waitFor();
    await visitor.expectSoundView("a draft of a rehearsal");
    const decisionId = page.url().split("/").at(-1) ?? "";
    const path = { decisionId };
    const saved = await client.call("GET /api/v1/decisions/{decisionId}", { path });
    expect(saved.rehearsal).toBe(true);
    await visitor.leave();
  });

  it("keeps the votes of some regions near their voters, and is told at the field what is wrong", async () => {
    const key = await organiserKey("far-keepers");
    const { page, ...visitor } = await organiser("far-keepers", key);
    const own = createClient({ origin: inject("origin"), credential: key });
    const regions = ["bonn", "suva", "apia"].map((code) => ({ code, name: code }));
    const { id } = await own.call("POST /api/v1/decisions", {
      body: { title: "Fish less?", electorate: "roll", ends_early: "by_organiser", regions },
    });
    await page.goto(`/organise/decisions/${id}`);
    await page.getByText("Everything else: ending early").click();
    await page.getByText("Keep the votes of some regions near their voters").click();
    await page.getByRole("button", { name: "Add a group of regions" }).click();
    const group = page.getByRole("group", { name: "Group 1" });
    await group.getByLabel("suva").check();
    await group.getByLabel("Where its votes are kept").selectOption("oc");
    await group.getByLabel("Parts of its record").fill("2");
    await page.getByRole("button", { name: "Add a group of regions" }).click();
    visitor.expectRefusal(400, `/api/v1/decisions/${id}`);
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.locator("#placement-1-faults li").first().waitFor();
    await visitor.expectSoundView("drafting-placement");
    await page.getByRole("button", { name: "Remove group 2" }).click();
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("Saved. Nobody").first().waitFor();
    const path = { decisionId: id };
    const saved = await client.call("GET /api/v1/decisions/{decisionId}", { path });
    expect(saved.placement).toEqual([{ regions: ["suva"], location_hint: "oc", shards: 2 }]);
    await visitor.leave();
  });

  it("begins with a template, sees what its rule says, and saves it as it is shown", async () => {
    const { page, ...visitor } = await organiser("chamber-keepers");
    await page.getByText("Begin with a template").click();
    await page.getByRole("button", { name: "Three chambers, and two thirds in all" }).click();
    await page.getByText("Filled in: Three chambers, and two thirds in all").first().waitFor();
    const samples = page.getByRole("table");
    const divided = samples.getByRole("row", { name: /narrowly against/ });
    expect(await divided.innerText()).toContain("Not carried");
    expect(await samples.getByRole("row", { name: /Everybody votes yes/ }).innerText()).toContain(
      "Carried",
    );
    await page.getByText("Change the rule part by part").click();
    const second = page.getByRole("group", { name: "Part 2" });
    await second.getByLabel("Share or number").fill("3/0");
    await second.getByRole("status").waitFor();
    await second.getByLabel("Share or number").fill("3/4");
    await second.getByText("is at least 3/4 of all yes and no votes").waitFor();
    const exact = samples.getByRole("row", { name: /Exactly two thirds/ });
    await exact.getByText("Not carried").waitFor();
    await page.getByLabel("Question").fill("Adopt the water plan?");
    await typeMoment(page, atTheEnd);
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("The draft is saved.").waitFor();
    const id = page.url().split("/").at(-1) ?? "";
    const saved = await client.call("GET /api/v1/decisions/{decisionId}", {
      path: { decisionId: id },
    });
    expect(saved.regions.map(({ code }) => code)).toEqual(["A", "B", "C"]);
    expect(saved.disclosure).toBe("roll_call");
    expect(saved.rule).toMatchObject({
      requirements: [{ id: "chambers" }, { id: "two_thirds", at_least: "3/4" }],
    });
    await visitor.leave();
  });

  it("loses nothing by a reload in the middle, nor by a session that ends", async () => {
    const key = await organiserKey("patient-keepers");
    const { page, ...visitor } = await organiser("patient-keepers", key);
    await page.getByLabel("Question").fill("Half a question");
    await page.reload();
    await page.getByText("What you typed is back").waitFor();
    expect(await page.getByLabel("Question").inputValue()).toBe("Half a question");
    await page.getByLabel("Question").fill("A whole question?");
    await typeMoment(page, atTheEnd);
    await page.evaluate(() => fetch("/api/v1/session", { method: "DELETE" }));
    visitor.expectRefusal(401, "/api/v1/decisions");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("Your session has ended").waitFor();
    await page.getByRole("button", { name: "Sign in again" }).click();
    await signIn(page, key);
    await page.getByText("What you typed is back").waitFor();
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByRole("heading", { name: "A whole question?" }).waitFor();
    await page.goto("/organise/new");
    await page.getByRole("heading", { name: "New decision" }).waitFor();
    expect(await page.getByLabel("Question").inputValue()).toBe("");
    await visitor.leave();
  });

  it("who saves later is shown what a colleague has changed, and chooses", async () => {
    const key = await organiserKey("two-keepers");
    const later = await organiser("two-keepers", key);
    const address = await draft(later.page, "Raise the fee?");
    const earlier = await organiser("two-keepers", key);
    await earlier.page.goto(address);
    await earlier.page.getByLabel("Question").fill("Raise the fee by two?");
    await earlier.page.getByLabel("Turnout alone").check();
    await earlier.page.getByRole("button", { name: "Save the draft" }).click();
    await earlier.page.getByText("Saved. Nobody").first().waitFor();

    const { page } = later;
    await page.getByLabel("Question").fill("Raise the fee by three?");
    await page.getByLabel("What it is about").fill("For the weir.");
    later.expectRefusal(412, address.split("/").at(-1) ?? "");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByRole("heading", { name: "Somebody else has changed this draft" }).waitFor();
    await later.expectSoundView("drafting-two-organisers");
    await page.getByText("Turnout alone").waitFor();
    await page.getByRole("radio", { name: /Theirs/ }).check();
    await page.getByRole("button", { name: "Save both together" }).click();
    await page.getByText("Saved. Nobody").first().waitFor();
    const id = address.split("/").at(-1) ?? "";
    expect(
      await client.call("GET /api/v1/decisions/{decisionId}", { path: { decisionId: id } }),
    ).toMatchObject({
      title: "Raise the fee by two?",
      description: "For the weir.",
      visibility: "turnout",
    });
    await earlier.leave();
    await later.leave();
  });

  it("copies a decision as a new draft, and deletes one once it is said what is lost", async () => {
    const visitor = await organiser("tidy-keepers");
    const { page } = visitor;
    const address = await draft(page, "Mow the dyke?");
    await page.getByRole("button", { name: "Copy as a new draft" }).click();
    await page.getByText("A copy of “Mow the dyke?”").waitFor();
    expect(await page.getByLabel("Question").inputValue()).toBe("Mow the dyke?");
    await page.goto(address);
    await page.getByRole("button", { name: "Delete this draft" }).click();
    await page.getByRole("alertdialog").getByText("gone for good").waitFor();
    await visitor.expectSoundView("drafting-deletion");
    await page.getByRole("button", { name: "Delete it for good" }).click();
    await page.waitForURL("**/organise");
    const id = address.split("/").at(-1) ?? "";
    await expect(
      client.call("GET /api/v1/decisions/{decisionId}", { path: { decisionId: id } }),
    ).rejects.toMatchObject({ problem: { code: "decision.not_found" } });
    await visitor.leave();
  });

  it("reads the terms of what is open, which nobody can change", async () => {
    const visitor = await organiser("open-keepers");
    const { page } = visitor;
    const { id } = await client.call("POST /api/v1/decisions", {
      body: { title: "Count the herons?", ends_early: "by_organiser", open: true },
    });
    await page.goto(`/organise/decisions/${id}`);
    await page.getByText("The terms as they were frozen").waitFor();
    await page.getByText("When you close it", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "Save the draft" }).count()).toBe(0);
    await visitor.expectSoundView("terms-frozen");
    await visitor.leave();
  });

  it.each([320, 390, 1_280])("has a form that all can use at %i pixels", async (width) => {
    const visitor = await organiser("wide-keepers");
    const { page } = visitor;
    await page.setViewportSize({ width, height: 800 });
    await visitor.expectSoundView(`drafting-new-${width}`);
    await page.getByText("Begin with a template").click();
    await visitor.expectSoundView(`drafting-templates-${width}`);
    await page
      .getByRole("button", { name: "A basin commission: states and contributions" })
      .click();
    await page.getByText("Change the rule part by part").click();
    await page.getByText("Everything else: ending early").click();
    await page.getByText("Try it on figures of your own").click();
    await page.getByText("Paste a list of regions").click();
    await page.getByLabel("With a ballot that you send them").waitFor();
    await page.getByLabel("Also by a login that they have already").check();
    await page.getByLabel("Forget them some days after certification").check();
    await visitor.expectSoundView(`drafting-unfolded-${width}`);
    await page.getByRole("button", { name: "Calendar" }).click();
    await page.getByRole("grid").waitFor();
    await visitor.expectSoundView(`drafting-calendar-${width}`);
    await visitor.leave();
  });

  it("is told where clocks change", async () => {
    const { page, ...visitor } = await organiser("clock-keepers");
    await page.getByLabel("Time zone").selectOption("Europe/Berlin");
    await typeMoment(page, "280320270230");
    await page.getByText("This time does not come on that day").waitFor();
    await typeMoment(page, "311020270230");
    await page.getByText("This time comes twice on that day").waitFor();
    await page.getByLabel(/The second/).check();
    await page.getByText("31 Oct 2027, 01:30 UTC").waitFor();
    await visitor.leave();
  });
});

/** More stops than the form has. */
const tabsMax = 300;

/** Goes on with the Tab key until what is called so has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement)) return "";
      const labels =
        "labels" in element ? (element.labels as NodeListOf<HTMLLabelElement> | null) : null;
      const by = (element.getAttribute("aria-labelledby") ?? "").split(" ");
      const named = by.map((id) => document.getElementById(id));
      const label = element.getAttribute("aria-label");
      const words = named.map((each) => each?.getAttribute("aria-label") ?? each?.textContent);
      if (named.some((each) => each !== null)) return words.filter(Boolean).join(" ").trim();
      return (label ?? labels?.[0]?.textContent ?? element.textContent).trim();
    });
    if (focused.replaceAll(/\s+/g, " ").startsWith(name)) return;
    passed.push(focused.slice(0, 40));
  }
  throw new Error(`no Tab leads to ${name}; passed: ${passed.join(" | ")}`);
}
