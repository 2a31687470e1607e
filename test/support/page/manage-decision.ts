import type { Page } from "playwright-core";
import { collectionOf, featureOf, squareAt } from "../map/squares.ts";

const atTheEnd = "010520991800";

/** Goes to a page of a decision, or to its terms. */
export async function goTo(page: Page, decisionId: string, part = ""): Promise<void> {
  await page.goto(`/organise/decisions/${decisionId}${part}`);
}

/** Presses a button, and the one that says yes in the dialog that asks. */
export async function pressTwice(page: Page, name: string, yes: string): Promise<void> {
  await page.getByRole("button", { name }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: yes }).click();
}

async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  const file = { name, mimeType: "", buffer: Buffer.from(text) };
  await page.locator("input[type=file]").setInputFiles(file);
}

/** Drafts a decision, changes it and deletes it again. */
export async function draftChangeDelete(page: Page): Promise<void> {
  await page.getByRole("link", { name: "New decision" }).click();
  await page.getByLabel("Question").fill("Mow the dyke?");
  await page.getByRole("group", { name: "End" }).getByRole("spinbutton").first().focus();
  await page.keyboard.type(atTheEnd);
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByText("The draft is saved.").waitFor();
  await page.getByLabel("Question").fill("Mow the dyke twice?");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await page.getByText("Saved. Nobody").first().waitFor();
  await pressTwice(page, "Delete this draft", "Delete it for good");
  await page.waitForURL("**/organise");
}

/** Draws a map of the regions land and water, and takes it away. */
export async function drawAndTakeAwayMap(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/map");
  await page.getByRole("heading", { name: "Map of the regions" }).waitFor();
  const areas = [featureOf("land", squareAt(8, 47)), featureOf("water", squareAt(9, 47))];
  await chooseFile(page, "banks.geojson", JSON.stringify(collectionOf(...areas)));
  await page.getByRole("button", { name: "Use this map" }).click();
  await page.getByText("This map is in force.").waitFor();
  await page.reload();
  await page.getByText("This map is in force.").waitFor();
  await page.getByRole("button", { name: "Take the map away" }).click();
  await page.getByText("This map is in force.").waitFor({ state: "detached" });
}

/** Imports a roll of four voters, and looks one up. */
export async function importRoll(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/roll");
  await page.getByRole("heading", { name: "Import a roll" }).waitFor();
  await chooseFile(page, "roll.csv", "voter_id,region\nm-1,land\nm-2,land\nm-3,water\nm-4,water\n");
  await page.getByRole("button", { name: "Check the file" }).click();
  await page.getByRole("button", { name: "Import 4 voters" }).click();
  await page.getByText("4 voters are on the roll").first().waitFor();
  await page.getByLabel("Voter ids, one a line").fill("m-1");
  await page.getByRole("button", { name: "Look up" }).click();
  await page.getByRole("row", { name: /m-1 Yes/ }).waitFor();
}

/** Ends the links of a voter, and issues links to two. */
export async function revokeAndIssueLinks(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/ballots");
  await page.getByLabel(/^Voters, one on each line/).fill("m-1");
  await pressTwice(page, "End their links …", "End them now");
  await page.getByText(/The links? of 1 voter/).waitFor();
  await chooseFile(page, "members.csv", "voter_id\nm-1\nm-2\n");
  await page.getByRole("button", { name: "Check the file" }).click();
  await pressTwice(page, "Issue 2 links …", "Issue them now");
  await page.getByText("2 of 2 links issued").waitFor();
}

/** Opens a draft, and has a key for a station that is revoked again. */
export async function openWithStation(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/running");
  await pressTwice(page, "Open the vote …", "Open it now");
  await page.getByRole("heading", { name: "Polling stations" }).waitFor();
  await page.getByLabel("A new key for the station").fill("Town hall");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "I have kept it" }).click();
  await pressTwice(page, "Revoke …", "Revoke it for good");
  await page.getByText("No station has a key yet.").waitFor();
}

/** Follows an open vote on the pages that everybody has. */
export async function followPublicly(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/records");
  await page.getByRole("link", { name: "The votes, one by one" }).click();
  await page.getByRole("heading", { name: "Votes", exact: true }).waitFor();
  await goTo(page, decisionId, "/running");
  const turnout = page.locator(".turnout-history");
  await turnout.locator("summary").click();
  await turnout.locator(".turnout-part").waitFor();
  await page.getByRole("link", { name: "The public page" }).click();
  await page.waitForURL(`**/decisions/${decisionId}`);
  await page.locator(".records").waitFor();
}

/** Closes a vote, and waits on the page of its records until it is certified. */
export async function closeUntilCertified(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/running");
  await page.getByRole("button", { name: "Close the vote now …" }).click();
  await page.getByLabel(/^Type close/).fill("close");
  await page.getByRole("button", { name: "Close it for good" }).click();
  await page.getByText("Voting is over").first().waitFor();
  await page.getByRole("link", { name: "To the records" }).click();
  await page.getByRole("link", { name: "The certificate, to print" }).waitFor();
}

/** Has a file of voters come back with who has voted. */
export async function markRegister(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/records");
  await page.getByRole("heading", { name: "Who has voted" }).waitFor();
  await chooseFile(page, "members.csv", "voter_id\nm-1\nm-3\n");
  const saving = page.waitForEvent("download");
  await pressTwice(page, "Mark who has voted …", "Ask, and record it publicly");
  await saving;
}

/** Takes what is offered as data, link by link, and recounts it in the browser. */
export async function takeData(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/records");
  const links = page.locator(".data-links a");
  await links.first().waitFor({ state: "attached" });
  const count = await links.count();
  for (let index = 0; index < count; index += 1) {
    await page.locator(".data-links summary").click();
    const isFile = (await links.nth(index).getAttribute("download")) !== null;
    const arrived = isFile ? page.waitForEvent("download") : page.waitForURL("**/api/v1/**");
    await links.nth(index).click();
    await arrived;
    await goTo(page, decisionId, "/records");
    await links.first().waitFor({ state: "attached" });
  }
  await page.getByRole("link", { name: "The votes, one by one" }).click();
  await page.getByRole("table", { name: "Counted votes" }).waitFor();
  await page.locator(".votes-title a").click();
  await page.waitForURL(`**/decisions/${decisionId}`);
  const read = page.waitForResponse((response) => response.url().endsWith("/stats"));
  await page.locator(".records").getByRole("link", { name: "Statistics" }).click();
  await read;
}

/** Sees what keeps a decision from its certificate. */
export async function seeWaiting(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/records");
  await page.getByText("The database has refused ballots").waitFor();
}

/** Saves each file that an auditor may take away of a roll call. */
export async function auditDecision(page: Page, decisionId: string): Promise<void> {
  await goTo(page, decisionId, "/audit");
  await page.getByText("as many ballots of each shard as the record").waitFor();
  for (const name of [
    "The roll by pseudonym",
    "Ballots of the record",
    "Ballots of the database",
    "What opens each published ballot",
  ]) {
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name }).click();
    await saving;
  }
}

/** Looks at the pages about the whole deployment. */
export async function overseeService(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Audit log", exact: true }).click();
  await page.getByRole("heading", { name: "The chain is whole" }).waitFor();
  await page.getByRole("link", { name: "Service" }).click();
  await page.getByRole("heading", { name: "Decisions that wait to be certified" }).waitFor();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save all ids" }).click();
  await saving;
  await page.getByRole("link", { name: "Dead letters" }).click();
  await page.getByText("The record that was refused").first().click();
  await page.locator("pre.record-text").first().waitFor();
}
