import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { useBrowser } from "../../support/page/browser.ts";
import { castAtStation } from "../../support/page/organiser.ts";
import { picturesFolder } from "../../support/page/pictures.ts";
import { draftWithRoll, makeOrganiser, signInWith } from "../../support/page/run-decision.ts";
import { viewports } from "../../support/page/visitor.ts";

const { visit } = useBrowser();

const chambers = [
  { code: "land", name: "Landowners" },
  { code: "water", name: "Water users" },
];
const roll = "voter_id,region,weight\nm-1,land,1\nm-2,land,1\nm-3,water,1\nm-4,water,7\n";
const voters = `voter_id,name,street,city,language
m-1,Ana Lima,Mill Lane 3,Ford,English
m-2,Benoît Roy,Rue du Pont 7,Gué,fr
m-3,ليلى حداد,شارع النهر ٥,المخاضة,العربية
m-9,Nobody,No Street,Nowhere,en
`;

const draft = {
  title: "Shall the council lower the weir at Ford before the spring floods?",
  regions: chambers,
  electorate: "roll",
  visibility: "live",
  ends_early: "by_organiser",
  weight_max: 7,
  closes_at: "2036-03-01T12:00:00.000Z",
} as const;

/** What has the focus, as a person would call it. */
const focusedName = `(() => {
  const it = document.activeElement;
  return (it.labels?.[0]?.textContent ?? it.getAttribute("aria-label") ?? it.textContent ?? "").trim();
})()`;

/** Goes on with the Tab key until what is called so has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < 200; tabs += 1) {
    const focus = await page.evaluate<string>(focusedName);
    if (typeof name === "string" ? focus === name : name.test(focus)) return;
    passed.push(focus.slice(0, 40));
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to ${name}; passed: ${passed.join(" | ")}`);
}

/** Goes to a control and presses it. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}

type SavedRow = { voter_id: string; ballot_link: string };

/** The links of the file that a mail merge takes, by voter. */
async function savedLinks(page: Page, button: RegExp): Promise<Map<string, string>> {
  const waiting = page.waitForEvent("download");
  await press(page, button);
  const text = await readFile(await (await waiting).path(), "utf8");
  const rows = parse<SavedRow>(text, { bom: true, columns: true });
  return new Map(rows.map((row) => [row.voter_id, row.ballot_link]));
}

/** Votes as the voter whose letter was scanned, with a device of the voter's own. */
async function voteYes(link: string): Promise<void> {
  const voter = await visit({ viewport: viewports.phone });
  const { page } = voter;
  await page.goto(link);
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: "Cast vote: Yes" }).click();
  await page.getByRole("heading", { name: "Your vote, Yes, is recorded" }).waitFor();
  await voter.leave();
}

describe("an organiser with a keyboard alone", () => {
  it("gets the ballots out, opens, watches, closes and has the certificate", async () => {
    const organiser = await makeOrganiser("ford-council");
    const { id } = await draftWithRoll(organiser, { slug: "lower-the-weir", ...draft }, roll);
    const visitor = await visit();
    const { page } = visitor;
    // Chromium without a screen would print by itself, and to nowhere.
    await page.addInitScript("globalThis.print = () => { globalThis.printed = true; }");
    await page.goto(`/organise/decisions/${id}/ballots`);
    await signInWith(page, organiser.key);
    await page.getByRole("heading", { name: "Your file of voters" }).waitFor();
    await visitor.expectSoundView("organise ballots begin");

    const chooser = page.waitForEvent("filechooser");
    await press(page, "choose a file");
    const buffer = Buffer.from(voters, "utf8");
    await (await chooser).setFiles({ name: "members.csv", mimeType: "text/csv", buffer });
    await page.getByText("has 4 rows.").waitFor();
    await press(page, "Check the file");
    await page.getByText("3 voters get a link.").waitFor();
    await page.getByText("1 voter of the roll is not in this file").waitFor();
    await page.getByText("Line 5 names somebody who is not on the roll.").waitFor();
    await visitor.expectSoundView("organise ballots checked");
    await press(page, "Issue 3 links …");
    await page.getByRole("alertdialog").waitFor();
    await visitor.expectSoundView("organise ballots asked");
    await press(page, "Issue them now");
    await page.getByText("3 of 3 links issued").waitFor();
    const links = await savedLinks(page, /^Save 3 links as CSV$/);
    expect([...links.keys()]).toEqual(["m-1", "m-2", "m-3"]);

    await tabTo(page, /^Who sends the letters/);
    await page.keyboard.type("Council of Ford\nMarket Square 1, Ford");
    await tabTo(page, /^Whom voters ask/);
    await page.keyboard.type("the clerk, +44 1234 567890");
    await visitor.expectSoundView("organise ballots letters");
    await press(page, "Print letters 1 to 3");
    await page.getByText("3 letters are ready.").waitFor();
    for (const format of ["A4", "Letter"]) {
      if (format === "Letter") {
        await page.getByRole("button", { name: "Done" }).click();
        await page.getByRole("radio", { name: /^Letter/ }).check();
        await page.getByRole("button", { name: "Print letters 1 to 3" }).click();
        await page.getByText("3 letters are ready.").waitFor();
      }
      expect(await page.evaluate("globalThis.printed"), "the print dialog").toBe(true);
      const path = `${picturesFolder}/letters-${format}.pdf`;
      const pdf = await page.pdf({ preferCSSPageSize: true, path });
      expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g), format).toHaveLength(3);
    }

    // Leaving asks: the links are in this tab alone.
    page.on("dialog", (dialog) => void dialog.accept());
    await page.goto(`/organise/decisions/${id}/running`);
    await page.getByRole("heading", { name: "Open the vote" }).waitFor();
    await visitor.expectSoundView("organise running draft");
    await press(page, "Open the vote …");
    await page.getByRole("alertdialog").waitFor();
    await visitor.expectSoundView("organise running asked to open");
    visitor.expectRefusal(409, "/open");
    await press(page, "Open it now");
    // One weight is nobody else's.
    await page.getByText("Few voters share their region and weight", { exact: true }).waitFor();
    await tabTo(page, /^Few voters share their region and weight, so/);
    await page.keyboard.press("Space");
    await press(page, "Open the vote …");
    await press(page, "Open it now");
    await page.getByRole("heading", { name: "Polling stations" }).waitFor();

    for (const link of [links.get("m-1"), links.get("m-2")]) await voteYes(link ?? "");

    await tabTo(page, "A new key for the station");
    await page.keyboard.type("Town hall");
    await page.keyboard.press("Enter");
    await page.getByText("The key of Town hall").waitFor();
    await visitor.expectSoundView("organise running open");
    const key = await page.locator(".key-once code").innerText();
    const cast = await fetch(new URL(`/api/v1/decisions/${id}/votes/batch`, page.url()), {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ votes: [{ voter_id: "m-4", vote: "no", nonce: "ab".repeat(32) }] }),
    });
    expect(await cast.json()).toMatchObject({ accepted: 1 });
    await press(page, "I have kept it");
    await press(page, "Revoke …");
    await press(page, "Revoke it for good");
    await page.getByText("No station has a key yet.").waitFor();

    await press(page, "Close the vote now …");
    await page.getByRole("alertdialog").waitFor();
    await tabTo(page, /^Type close/);
    await page.keyboard.type("close");
    await press(page, "Close it for good");
    await page.getByText("Voting is over").first().waitFor();
    await press(page, "Records");
    await page.getByRole("link", { name: "The certificate, to print" }).waitFor();
    await page.getByText(/entries, checked in this browser/).waitFor();
    await visitor.expectSoundView("organise records certified");
    await press(page, "The certificate, to print");
    await page.getByRole("heading", { level: 1, name: /lower the weir/ }).waitFor();
    await visitor.leave();
  });
});

describe("an administrator at a station", () => {
  it("looks up who shows a link, casts votes that came on paper, and cancels", async () => {
    const organiser = await makeOrganiser("paper-council");
    const body = { slug: "paper-votes", ...draft, stations: "overrides" } as const;
    const { id } = await draftWithRoll(organiser, { ...body, revote_policy: "revisable" }, roll);
    const path = { decisionId: id };
    const { tokens } = await organiser.client.call("POST /api/v1/decisions/{decisionId}/tokens", {
      path,
      body: { voters: [{ voter_id: "m-1" }] },
    });
    const opened = { path, body: { acknowledge_small_cells: true } };
    await organiser.client.call("POST /api/v1/decisions/{decisionId}/open", opened);
    const visitor = await visit({ viewport: { width: 390, height: 800 }, colorScheme: "dark" });
    const { page } = visitor;
    await page.goto(`/organise/decisions/${id}/running`);
    await signInWith(page, inject("adminKey"));
    const link = `https://here/decisions/${id}/ballot#token=${tokens[0]?.token}`;
    await page.getByLabel("Has the voter who shows this link voted?").fill(link);
    await page.getByRole("button", { name: "Ask, and have it counted" }).click();
    await page.getByText("This voter has not voted.").waitFor();
    await page.getByLabel("Votes that came on paper").fill("m-1, yes\nm-2, maybe\nm-9, no");
    await page.getByText("These lines are no votes: 2.").waitFor();
    await page.getByLabel("Votes that came on paper").fill("m-1, yes\nm-2, no\nm-9, no");
    const batch = `/api/v1/decisions/${id}/votes/batch`;
    visitor.expectRefusal(403, batch);
    await page.route(
      `**${batch}`,
      (route) =>
        route.fulfill({
          status: 403,
          contentType: "application/problem+json",
          json: { status: 403, code: "role.forbidden" },
        }),
      { times: 1 },
    );
    await page.getByRole("button", { name: "Cast 3 votes …" }).click();
    await page.getByRole("button", { name: "Cast them" }).click();
    await page.getByText("Your sign-in may not do this").waitFor();
    await page.getByRole("button", { name: "Back, change nothing" }).click();
    await page.getByRole("button", { name: "Cast 3 votes …" }).click();
    await page.getByRole("button", { name: "Cast them" }).waitFor();
    expect(
      await page.getByText("Your sign-in may not do this").count(),
      "of what was asked before",
    ).toBe(0);
    await page.getByRole("button", { name: "Cast them" }).click();
    await page.getByText("Counted: 2. Refused: 1.").waitFor();
    await page.getByLabel("Votes that came on paper").fill("m-3, yes");
    await page.getByRole("button", { name: "Cast 1 vote …" }).click();
    await page.getByRole("button", { name: "Cast them" }).click();
    await page.getByText("Counted: 1. Refused: 0.").waitFor();
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save receipts and refusals" }).click();
    const receipts: unknown = JSON.parse(await readFile(await (await saving).path(), "utf8"));
    expect(receipts, "of both batches").toHaveLength(4);
    await page.getByLabel("Has the voter who shows this link voted?").fill(link);
    await page.getByRole("button", { name: "Ask, and have it counted" }).click();
    await page.getByText("This voter has voted.").waitFor();
    await page.getByLabel("Voter ids, one a line").fill("m-3\nm-9");
    await page.getByRole("button", { name: "Look up" }).click();
    await page.getByRole("row", { name: /m-9 No/ }).waitFor();
    await visitor.expectSoundView("organise running admin");

    await page.getByRole("button", { name: "Cancel the vote …" }).click();
    const doIt = page.getByRole("button", { name: "Cancel it for good" });
    expect(await doIt.isDisabled(), "before the word is typed").toBe(true);
    await page.getByLabel(/^Type cancel/).fill("cancel");
    await visitor.expectSoundView("organise running asked to cancel");
    await doIt.click();
    await page.getByText("This vote was cancelled").waitFor();
    await page.getByRole("link", { name: "Records" }).click();
    await page.getByText("It was cancelled, so there is no result to certify.").waitFor();
    await page.getByRole("button", { name: /^Send to the database again/ }).click();
    await page.getByRole("button", { name: "Send it again" }).click();
    await page.getByText("Begun. It goes on by itself").waitFor();
    await visitor.expectSoundView("organise records cancelled");
    await visitor.leave();
  });
});

describe("after the close", () => {
  it("an organiser’s own list comes back with who has voted, and revoked links are counted", async () => {
    const organiser = await makeOrganiser("register-council");
    const { id } = await draftWithRoll(organiser, { slug: "marked", ...draft }, roll);
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/organise/decisions/${id}/ballots`);
    await signInWith(page, organiser.key);
    await page.getByLabel(/^Voters, one on each line/).fill("m-1\nm-2");
    await page.getByRole("button", { name: "End their links …" }).click();
    await page.getByRole("button", { name: "End them now" }).click();
    await page.getByText("The links of 2 voters are ended.").waitFor();

    const path = { decisionId: id };
    const opened = { path, body: { acknowledge_small_cells: true } };
    await organiser.client.call("POST /api/v1/decisions/{decisionId}/open", opened);
    await castAtStation(id, [{ voter_id: "m-3", vote: "yes", nonce: "cd".repeat(32) }]);
    await organiser.client.call("POST /api/v1/decisions/{decisionId}/close", { path });
    await page.goto(`/organise/decisions/${id}/records`);
    await page.getByRole("heading", { name: "Who has voted" }).waitFor();
    const buffer = Buffer.from("voter_id,name\nm-1,=Ana\nm-3,Leyla\n");
    const file = { name: "members.csv", mimeType: "text/csv", buffer };
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByRole("button", { name: "Mark who has voted …" }).click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Ask, and record it publicly" }).click();
    const text = await readFile(await (await waiting).path(), "utf8");
    expect(parse(text, { bom: true })).toEqual([
      ["voter_id", "name", "voted"],
      ["m-1", "'=Ana", "no"],
      ["m-3", "Leyla", "yes"],
    ]);
    await visitor.leave();
  });
});

describe("bad luck while a decision is run", () => {
  it("an upload that breaks off goes on where it stopped, and no voter gets a second letter", async () => {
    const organiser = await makeOrganiser("unlucky-council");
    const { id } = await draftWithRoll(organiser, { slug: "broken-batch", ...draft }, roll);
    const visitor = await visit({ viewport: viewports.phone });
    const { page } = visitor;
    await page.goto(`/organise/decisions/${id}/running`);
    await signInWith(page, organiser.key);
    await page.getByRole("link", { name: "Ballot links" }).click();
    const buffer = Buffer.from("voter_id\nm-1\nm-2\nm-3\nm-4\n");
    const file = { name: "members.csv", mimeType: "text/csv", buffer };
    await page.locator("input[type=file]").setInputFiles(file);
    await page.getByRole("button", { name: "Check the file" }).click();
    await page.getByText("4 voters get a link.").waitFor();
    await page.route("**/tokens", async (route) => {
      // It was done, and the answer is lost on its way.
      await route.fetch();
      await route.abort();
    });
    visitor.expectNoAnswer(/\/tokens$/);
    await page.getByRole("button", { name: "Issue 4 links …" }).click();
    await page.getByRole("button", { name: "Issue them now" }).click();
    await page.getByText("No answer came").waitFor();
    await visitor.expectSoundView("organise ballots stopped");
    await page.unroute("**/tokens");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("4 of 4 links issued").waitFor();
    const save = page.getByRole("button", { name: "Save 4 links as CSV" });
    await save.waitFor();
    // They would be gone: going back within the site asks first.
    const asking = page.waitForEvent("dialog");
    await page.evaluate("history.back()");
    const backwards = await asking;
    expect(backwards.type()).toBe("confirm");
    await backwards.dismiss();
    await save.waitFor();

    // So does a link to another page.
    const asked = page.waitForEvent("dialog");
    const pressed = page.getByRole("link", { name: "Running" }).click({ noWaitAfter: true });
    const question = await asked;
    expect(question.type()).toBe("beforeunload");
    await question.dismiss();
    await pressed;
    await save.waitFor();
    await visitor.leave();
  });

  it("the session that ends in the middle says so, and goes on with what was typed", async () => {
    const organiser = await makeOrganiser("signed-out-council");
    const { id } = await draftWithRoll(organiser, { slug: "signed-out", ...draft }, roll);
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/organise/decisions/${id}/ballots`);
    await signInWith(page, organiser.key);
    await page.getByLabel(/^Voters, one on each line/).fill("m-1\nm-2");
    await visitor.context.clearCookies();
    visitor.expectRefusal(401, "/tokens/revoke");
    await page.getByRole("button", { name: "End their links …" }).click();
    await page.getByRole("button", { name: "End them now" }).click();
    await page.getByText("Your session has ended").waitFor();
    await signInWith(page, organiser.key);
    // What was asked for is sent once more, with what was typed.
    await page.getByText("The links of 2 voters are ended.").waitFor();
    await visitor.leave();
  });

  it("the close that comes while a form is open is said before, and at the moment", async () => {
    const organiser = await makeOrganiser("late-council");
    const closes_at = new Date(Date.now() + 3_600_000).toISOString();
    const body = { slug: "closing-soon", ...draft, electorate: "open", regions: [], closes_at };
    const { id } = await draftWithRoll(
      organiser,
      { ...body, electorate: "open", open: true },
      null,
    );
    const visitor = await visit();
    const { page } = visitor;
    await page.clock.install();
    await page.goto(`/organise/decisions/${id}/running`);
    await signInWith(page, organiser.key);
    await page.getByLabel("A new key for the station").fill("Town hall");
    await page.clock.fastForward("50:30");
    await page.getByText("Voting closes by itself at").waitFor();
    await visitor.expectSoundView("organise running closes soon");
    await page.clock.fastForward("10:00");
    await page.getByText("Voting has closed", { exact: true }).waitFor();
    const field = page.getByLabel("A new key for the station");
    expect(await field.inputValue()).toBe("Town hall");

    const path = { decisionId: id };
    await organiser.client.call("POST /api/v1/decisions/{decisionId}/close", { path });
    await page.clock.fastForward("00:10");
    await page.getByText("Voting is over").waitFor();
    expect(await field.inputValue()).toBe("Town hall");
    await visitor.leave();
  });

  it("a vote that was over before is not said to have closed just now", async () => {
    const organiser = await makeOrganiser("early-council");
    const { id } = await draftWithRoll(organiser, { slug: "long-over", ...draft }, roll);
    const path = { decisionId: id };
    const opened = { path, body: { acknowledge_small_cells: true } };
    await organiser.client.call("POST /api/v1/decisions/{decisionId}/open", opened);
    await organiser.client.call("POST /api/v1/decisions/{decisionId}/close", { path });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/organise/decisions/${id}/running`);
    await signInWith(page, organiser.key);
    await page.getByText("Voting is over").waitFor();
    expect(await page.getByText("Voting has closed").count()).toBe(0);
    expect(await page.getByRole("heading", { name: "Polling stations" }).count()).toBe(0);
    await visitor.leave();
  });
});
