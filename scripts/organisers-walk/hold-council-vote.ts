import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import {
  councilChambers,
  councilFile,
  makeCouncilMembers,
  type CouncilMember,
} from "./council-members.ts";
import { chooseInstead, pressNamed, tabToNamed, typeInto } from "./keyboard.ts";
import { linksByMember, voteByLetter } from "./vote-by-letter.ts";

/** The question of the walk. */
export const councilQuestion = "Give the meadows below Ford back to the river?";

const stepMsMax = 120_000;

/** A moment of the walk that is worth a look. */
export interface WalkStep {
  name: string;
  page: Page;
  /** What the step is about, where that is not the top of the page. */
  about?: Locator;
}

export interface CouncilWalk {
  /** The clerk's browser, with nothing kept in it. */
  page: Page;
  /** The clerk's key. */
  key: string;
  /** Opens a browser of a voter's own, on a phone. */
  openPhone: () => Promise<Page>;
  onStep: (step: WalkStep) => Promise<void>;
}

export interface HeldVote {
  decisionId: string;
  /** How many members have voted. */
  voted: number;
}

/**
 * Holds a council's vote as a clerk does who has a browser and a keyboard: 1,000 members in three
 * chambers, a rule of two parts, letters, a wall display, the close, and the certificate.
 */
export async function holdCouncilVote(walk: CouncilWalk): Promise<HeldVote> {
  const { page } = walk;
  const members = makeCouncilMembers();
  const file = {
    name: "members.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(councilFile(members), "utf8"),
  };
  // On a busy machine 250 letters take their time.
  page.setDefaultTimeout(stepMsMax);
  // Chromium without a screen would print by itself, and to nowhere.
  await page.addInitScript("globalThis.print = () => { globalThis.printed = true; }");
  await signInAsClerk(walk);
  await draftTheVote(walk);
  const decisionId = new URL(page.url()).pathname.split("/")[3] ?? "";
  await importMembers(walk, file);
  const links = await sendLetters(walk, file);
  await openTheVote(walk);
  const voted = await haveMembersVote(walk, members, links);
  await watchOnWall(walk, voted);
  await closeTheVote(walk);
  await printCertificate(walk);
  return { decisionId, voted };
}

async function signInAsClerk({ page, key, onStep }: CouncilWalk): Promise<void> {
  await page.goto("/organise");
  await page.getByLabel("Your key").waitFor();
  await onStep({ name: "sign-in", page });
  await tabToNamed(page, "Your key");
  await page.keyboard.type(key);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "My decisions" }).waitFor();
  await page.getByText("No decision yet").waitFor();
  await onStep({ name: "start", page });
}

async function draftTheVote({ page, onStep }: CouncilWalk): Promise<void> {
  await pressNamed(page, "New decision");
  await page.getByRole("heading", { name: "New decision" }).waitFor();
  await pressNamed(page, "Begin with a template");
  await onStep({ name: "templates", page });
  await pressNamed(page, /^Three chambers, and two thirds in all/);
  await page.getByText("Filled in: Three chambers, and two thirds in all").first().waitFor();
  await typeInto(page, "Question", councilQuestion);
  for (const [index, { name }] of councilChambers.entries())
    await typeInto(page, `Name of region ${index + 1}`, name);
  await tabToNamed(page, /^At a set time ?It closes/);
  await page.keyboard.press("Tab");
  await page.keyboard.type(endInTwoWeeks());
  await pressNamed(page, /^Everything else/);
  await chooseInstead(page, /^Not before its time/, /^When you close it/);
  await page.getByRole("table").getByRole("row", { name: "Everybody votes yes" }).waitFor();
  const rule = page.getByRole("heading", { name: "3. When it is carried" });
  await onStep({ name: "draft", page, about: rule });
  await pressNamed(page, "Save the draft");
  await page.getByRole("heading", { name: councilQuestion }).waitFor();
  await page.getByText("The draft is saved.").waitFor();
  await onStep({ name: "saved", page });
}

const twoWeeksMs = 14 * 24 * 3_600_000;

/** Six in the evening in two weeks, as the keys of the picker take it: day, month, year, time. */
function endInTwoWeeks(): string {
  const [year, month, day] = new Date(Date.now() + twoWeeksMs)
    .toISOString()
    .slice(0, 10)
    .split("-");
  return `${day}${month}${year}1800`;
}

interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Presses a button that opens the browser's own dialog, and chooses a file there. */
async function chooseFile(page: Page, button: string, file: ChosenFile): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await pressNamed(page, button);
  await (await chooser).setFiles(file);
}

async function importMembers({ page, onStep }: CouncilWalk, file: ChosenFile): Promise<void> {
  await pressNamed(page, "Roll");
  await page.getByRole("heading", { name: "Import a roll" }).waitFor();
  await chooseFile(page, "Choose a file", file);
  await page.getByText("Say what its columns are.").waitFor();
  await onStep({ name: "columns", page, about: page.getByText("Say what its columns are.") });
  await pressNamed(page, "Check the file");
  await page.getByText("1,000 voters can be loaded.").waitFor();
  await onStep({ name: "roll", page, about: page.getByText("1,000 voters can be loaded.") });
  await pressNamed(page, "Import 1,000 voters");
  await page.getByText("1,000 voters are on the roll").first().waitFor();
  await onStep({ name: "imported", page });
}

/** Issues a link to every member, saves them as a file, and prints all letters. */
async function sendLetters(
  { page, onStep }: CouncilWalk,
  file: ChosenFile,
): Promise<Map<string, string>> {
  await pressNamed(page, "Ballot links");
  await page.getByRole("heading", { name: "Your file of voters" }).waitFor();
  await chooseFile(page, "choose a file", file);
  await page.getByRole("button", { name: "Check the file" }).waitFor();
  await onStep({ name: "ballots", page });
  await pressNamed(page, "Check the file");
  await pressNamed(page, /^Issue 1,?000 links …$/);
  await page.getByRole("alertdialog").waitFor();
  await onStep({ name: "issue", page });
  await pressNamed(page, "Issue them now");
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Save 1,?000 links as CSV$/ }).waitFor();
  await pressNamed(page, /^Save 1,?000 links as CSV$/);
  const text = await readFile(await (await saved).path(), "utf8");
  await typeInto(page, /^Who sends the letters/, "Council of Ford\nMarket Square 1, Ford");
  await typeInto(page, /^Whom voters ask/, "the clerk, +44 1632 960 001");
  const letter = page.getByRole("button", { name: "Next letter" });
  await onStep({ name: "letters", page, about: letter });
  for (const first of [1, 251, 501, 751]) {
    await pressNamed(page, `Print letters ${first} to ${first + 249}`);
    await page.getByText("250 letters are ready.").waitFor();
    await untilPrinted(page);
    await pressNamed(page, "Done");
  }
  return linksByMember(text);
}

/** Returns once the page has opened the print dialog. */
async function untilPrinted(page: Page): Promise<void> {
  await page.waitForFunction("globalThis.printed === true");
  await page.evaluate("globalThis.printed = false");
}

async function openTheVote({ page, onStep }: CouncilWalk): Promise<void> {
  await pressNamed(page, "Running");
  await page.getByRole("heading", { name: "Open the vote" }).waitFor();
  await onStep({ name: "frozen", page });
  await pressNamed(page, "Open the vote …");
  await page.getByRole("alertdialog").waitFor();
  await onStep({ name: "open", page });
  await pressNamed(page, "Open it now");
  await page.getByRole("heading", { name: "End it" }).waitFor();
  await page.getByRole("link", { name: "Show it on a wall (opens a window)" }).waitFor();
}

/** One member scans the letter with a phone and votes there; the others' votes come in likewise. */
async function haveMembersVote(
  { openPhone, onStep }: CouncilWalk,
  members: readonly CouncilMember[],
  links: ReadonlyMap<string, string>,
): Promise<number> {
  const [first, ...others] = members;
  const phone = await openPhone();
  await phone.goto(links.get(first?.voterId ?? "") ?? "");
  await phone.getByRole("radio", { name: "Yes" }).waitFor();
  await onStep({ name: "ballot", page: phone });
  await tabToNamed(phone, /^Yes/);
  await phone.keyboard.press("Space");
  await pressNamed(phone, "Review");
  await pressNamed(phone, "Cast vote: Yes");
  await phone.getByRole("heading", { name: "Your vote, Yes, is recorded" }).waitFor();
  await onStep({ name: "receipt", page: phone });
  await phone.close();
  return 1 + (await voteByLetter(others, links));
}

async function watchOnWall({ page, onStep }: CouncilWalk, voted: number): Promise<void> {
  const opened = page.context().waitForEvent("page");
  await pressNamed(page, "Show it on a wall (opens a window)");
  const wall = await opened;
  await wall.locator("[data-connection=live]").waitFor();
  await wall.getByText(`${voted} counted ballots`).first().waitFor();
  await onStep({ name: "wall", page: wall });
  await wall.close();
  await page.getByText(`${voted} counted ballots`).first().waitFor();
  await onStep({ name: "running", page });
}

async function closeTheVote({ page, onStep }: CouncilWalk): Promise<void> {
  await pressNamed(page, "Close the vote now …");
  await page.getByRole("alertdialog").waitFor();
  await typeInto(page, /^Type close/, "close");
  await onStep({ name: "close", page });
  await pressNamed(page, "Close it for good");
  await page.getByText("Voting is over").first().waitFor();
}

async function printCertificate({ page, onStep }: CouncilWalk): Promise<void> {
  await pressNamed(page, "Records");
  await page.getByRole("link", { name: "The certificate, to print" }).waitFor();
  await page.getByText(/entries, checked in this browser/).waitFor();
  await onStep({ name: "records", page });
  await pressNamed(page, "The certificate, to print");
  await page.getByRole("heading", { level: 1, name: councilQuestion }).waitFor();
  await page.getByRole("heading", { name: "The rule" }).waitFor();
  await onStep({ name: "certificate", page });
  await pressNamed(page, "Print, or keep as PDF");
  await untilPrinted(page);
}
