import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { createClient } from "../../../src/client/client.ts";
import { draftDecision } from "../../../src/cli/api/decisions.ts";
import type { DecisionDraftBody } from "../../../src/cli/api/answers.ts";
import { useBrowser } from "../../support/page/browser.ts";
import { viewports, type Visitor, type VisitorOptions } from "../../support/page/visitor.ts";
import { makeWorkbook } from "../../support/roll/make-workbook.ts";

const { visit } = useBrowser();
const client = createClient({ origin: inject("origin"), credential: inject("adminKey") });

const regions = [
  { code: "north", name: "Nord" },
  { code: "south", name: "Süd" },
];

function draft(slug: string, more: Omit<Partial<DecisionDraftBody>, "slug"> = {}) {
  return draftDecision(client, {
    slug,
    title: "Rückgabe der Aue an den Fluss",
    electorate: "roll",
    regions,
    ends_early: "by_organiser",
    open: false,
    ...more,
  });
}

function readRoll(decisionId: string) {
  return client.call("GET /api/v1/decisions/{decisionId}/roll", { path: { decisionId } });
}

async function signIn(page: Page): Promise<void> {
  await page.getByLabel("Your key").fill(inject("adminKey"));
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Comes to the roll of a decision, signed in. */
async function visitRoll(decisionId: string, options: VisitorOptions = {}): Promise<Visitor> {
  const visitor = await visit(options);
  await visitor.page.goto(`/organise/decisions/${decisionId}/roll`);
  await signIn(visitor.page);
  await visitor.page.getByRole("heading", { name: "Import a roll" }).waitFor();
  return visitor;
}

interface ChosenFile {
  name: string;
  content: string | Uint8Array;
}

async function chooseFile(page: Page, { name, content }: ChosenFile): Promise<void> {
  const buffer = Buffer.from(content);
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "", buffer });
}

/** Drops a file where the page takes one, as from a folder of the desktop. */
async function dropFile(page: Page, { name, content }: ChosenFile): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "enviro-drop-"));
  // The page reads it again and again while it checks and sends it.
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, content);
  const zone = await page.locator(".roll-drop").boundingBox();
  const [x, y] = [(zone?.x ?? 0) + 20, (zone?.y ?? 0) + 20];
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", { type, x, y, data });
}

async function checkFile(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Check the file" }).click();
}

async function untilHeading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("heading", { name }).waitFor();
}

async function untilText(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

const german =
  "Mitgliedsnummer;Wahlkreis;Stimmen;Telefon\r\n" +
  "Änne Größ;Nord;2;040 1\r\n007;Süd;1;040 2\r\n änne größ;Süd;1;040 3\r\n" +
  "Cleo;Westen;1;040 4\r\n;Nord;1;040 5\r\n";

const manyVoters = `voter_id,region\n${Array.from(
  { length: 60_000 },
  (_, index) => `voter-${String(index).padStart(8, "0")},${index % 2 === 0 ? "north" : "south"}\n`,
).join("")}`;

describe.each(Object.entries(viewports))("a roll in a file, on a %s", (name, viewport) => {
  it("is read as it was saved, mended in the page, and imported with what is wrong said first", async () => {
    const { id } = await draft(`roll-file-${name}`);
    const visitor = await visitRoll(id, { viewport });
    const { page } = visitor;
    await visitor.expectSoundView("roll, no file");
    await chooseFile(page, { name: "Mitglieder.csv", content: Buffer.from(german, "latin1") });
    await untilText(page, "The file does not say it, so this is a guess.");
    await page.getByRole("cell", { name: "Änne Größ" }).first().waitFor();
    await visitor.expectSoundView("roll, columns");
    await checkFile(page);

    await untilHeading(page, "2 rows can’t be loaded");
    await untilHeading(page, "1 voter stands in the file more than once");
    await visitor.expectSoundView("roll, checked");
    await page.getByLabel("Westen in 1 row").selectOption("Süd");
    await page.getByRole("button", { name: "Check again with these regions" }).click();
    await untilHeading(page, "1 row can’t be loaded");
    await page.getByRole("radio", { name: /^Row 4/ }).check();
    await page.getByRole("button", { name: "Import 3 voters" }).waitFor();
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download all of them (CSV)" }).click();
    expect((await saving).suggestedFilename()).toBe("roll-problems.csv");

    await page.getByRole("button", { name: "Import 3 voters" }).click();
    await untilText(page, "3 voters are on the roll");
    await untilText(page, "1 row of its file was left out");
    await visitor.expectSoundView("roll, imported");
    expect((await readRoll(id)).roll).toMatchObject({
      voters: 3,
      weight: "3",
      regions: [{ region: "south", voters: 3, weight: "3" }],
      refused: { rows: 1, problems: [{ line: 6, code: "voter_id.missing" }] },
    });

    await page.getByLabel("Voter ids, one a line").fill("ÄNNE GRÖSS\nänne größ\n7");
    await page.getByRole("button", { name: "Look up" }).click();
    const rows = page.getByRole("region", { name: "Who is on the roll" }).getByRole("row");
    await rows.nth(3).waitFor();
    expect(await rows.nth(2).innerText()).toMatch(/änne größ\s+Yes\s+Süd\s+1/);
    expect(await rows.nth(3).innerText()).toMatch(/7\s+No\s+–\s+–/);
    await visitor.leave();
  });
});

describe("a roll in the browser", () => {
  it("comes from the right sheet of a workbook, and says what it takes the place of", async () => {
    const { id } = await draft("roll-workbook");
    const visitor = await visitRoll(id);
    const { page } = visitor;
    const bytes = makeWorkbook([
      { name: "Notes", rows: [["Collected by the office"]] },
      {
        name: "Voters",
        rows: [
          ["会员编号", "选区", "权重"],
          [1001, "Nord", 1],
          ["王小明", "Süd", 1],
          ["فاطمة", "south", 1],
        ],
      },
    ]);
    await chooseFile(page, { name: "Roll.xlsx", content: bytes });
    await page.getByLabel("Sheet").selectOption("Voters");
    await page.getByRole("cell", { name: "王小明" }).waitFor();
    await checkFile(page);
    await page.getByRole("button", { name: "Import 3 voters" }).click();
    await untilText(page, "3 voters are on the roll");

    await page.getByRole("button", { name: "Import another file" }).click();
    await chooseFile(page, { name: "new.csv", content: "voter_id,region\nana,north\n" });
    await checkFile(page);
    await untilText(page, "who is not in this file can’t vote any more");
    await untilText(page, "Links that were made for the roll before stop working");
    await visitor.expectSoundView("roll, in place of another");
    await page.getByRole("button", { name: "Import 1 voter" }).click();
    await untilText(page, "1 voter is on the roll");
    expect((await readRoll(id)).roll).toMatchObject({ import: 2, voters: 1 });
    await visitor.leave();
  });

  it("goes on where it broke off: a dead line, a reload, a session that ended", async () => {
    const { id } = await draft("roll-broken");
    const visitor = await visitRoll(id);
    const { page, context } = visitor;
    const pieces = new RegExp(`/decisions/${id}/roll/uploads\\?`);
    const sent: string[] = [];
    // The line is dead from the second piece on, until somebody has pressed the button.
    let isDead = true;
    visitor.expectNoAnswer(/roll\/uploads$/);
    await page.route(pieces, async (route) => {
      const piece = new URL(route.request().url()).searchParams.get("piece") ?? "";
      if (piece === "1" && isDead) {
        await route.abort("internetdisconnected");
        return;
      }
      sent.push(piece);
      // What comes behind the second piece never arrives, before the reload.
      if (piece === "2") await context.clearCookies();
      await route.continue();
    });
    visitor.expectRefusal(401, "/roll/uploads");
    await chooseFile(page, { name: "voters.csv", content: manyVoters });
    await checkFile(page);
    await page.getByRole("button", { name: "Import 60,000 voters" }).click();
    await page.getByRole("button", { name: "Try now" }).click();
    isDead = false;
    await untilHeading(page, "Your session has ended");
    await page.getByRole("button", { name: "Not now" }).click();
    await untilText(page, "You were signed out");
    await visitor.expectSoundView("roll, signed out in the middle");
    expect((await readRoll(id)).upload).toMatchObject({ pieces: 2 });

    await page.unroute(pieces);
    await page.reload();
    await signIn(page);
    await untilText(page, "An upload was broken off");
    await untilText(page, "Of voters.csv the first 2 pieces are in.");
    await visitor.expectSoundView("roll, broken off");
    const again: string[] = [];
    await page.route(pieces, async (route) => {
      again.push(new URL(route.request().url()).searchParams.get("piece") ?? "");
      if (again.length === 1) await context.clearCookies();
      await route.continue();
    });
    await chooseFile(page, { name: "voters.csv", content: manyVoters });
    await untilHeading(page, "Your session has ended");
    await signIn(page);
    await untilText(page, "60,000 voters are on the roll");
    expect(sent).toEqual(["0", "1", "2"]);
    expect(again.slice(0, 2)).toEqual(["2", "2"]);
    expect((await readRoll(id)).roll).toMatchObject({ voters: 60_000, refused: { rows: 0 } });
    await visitor.leave();
  });

  it("may be dropped on the page, and its upload be stopped and go on where it stopped", async () => {
    const { id } = await draft("roll-dropped");
    const visitor = await visitRoll(id);
    const { page } = visitor;
    const pieces = new RegExp(`/decisions/${id}/roll/uploads\\?`);
    visitor.expectNoAnswer(/roll\/uploads$/);
    await page.route(pieces, async (route) => {
      const piece = new URL(route.request().url()).searchParams.get("piece");
      // The line is dead until the upload is stopped.
      await (piece === "0" ? route.continue() : route.abort("internetdisconnected"));
    });
    await dropFile(page, { name: "voters.csv", content: manyVoters });
    await checkFile(page);
    await page.getByRole("button", { name: "Import 60,000 voters" }).click();
    await untilText(page, "No answer comes");
    await page.getByRole("button", { name: "Stop the upload" }).click();
    await untilText(page, "The roll in force has not changed.");
    expect((await readRoll(id)).roll).toBeNull();
    await page.unroute(pieces);

    const again: (string | null)[] = [];
    page.on("request", (request) => {
      if (pieces.test(request.url())) again.push(new URL(request.url()).searchParams.get("piece"));
    });
    await page.getByRole("button", { name: "Choose a file" }).click();
    await chooseFile(page, { name: "voters.csv", content: manyVoters });
    await untilText(page, "60,000 voters are on the roll");
    expect(again[0]).toBe("1");
    await visitor.leave();
  });

  it("is imported, looked at and looked up by the keyboard alone", async () => {
    const { id } = await draft("roll-keyboard", { regions: [] });
    const visitor = await visitRoll(id);
    const { page } = visitor;
    const choosing = page.waitForEvent("filechooser");
    await tabTo(page, "Choose a file");
    await page.keyboard.press("Enter");
    const buffer = Buffer.from("Kennung,Gewicht\nana,2\nben,1\n");
    await (await choosing).setFiles({ name: "roll.csv", mimeType: "text/csv", buffer });
    await tabTo(page, "Voter id");
    await page.keyboard.type("Kennung");
    await tabTo(page, "Check the file");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Import 2 voters" }).waitFor();
    await tabTo(page, "Import 2 voters");
    await page.keyboard.press("Enter");
    await untilText(page, "2 voters are on the roll");
    await tabTo(page, "Voter ids, one a line");
    await page.keyboard.type("Ana");
    await tabTo(page, "Look up");
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: /Ana Yes – 2/ }).waitFor();
    await visitor.leave();
  });

  it("warns of voters whom weights would name, and shows a frozen roll without an import", async () => {
    const { id } = await draft("roll-weights", { disclosure: "aggregate" });
    const visitor = await visitRoll(id);
    const { page } = visitor;
    await chooseFile(page, {
      name: "a.csv",
      content: "id,region,weight\nana,north,7\nben,north,1\n",
    });
    await checkFile(page);
    await untilText(page, "Some voters could be known by their weight");
    await page.getByRole("button", { name: "Import 2 voters" }).click();
    await untilText(page, "2 voters are on the roll");
    await client.call("POST /api/v1/decisions/{decisionId}/open", {
      path: { decisionId: id },
      body: { acknowledge_small_cells: true },
    });
    await page.reload();
    await untilText(page, "It was frozen when the decision was opened.");
    expect(await page.getByRole("heading", { name: "Import a roll" }).count()).toBe(0);
    await visitor.expectSoundView("roll, frozen");
    await visitor.leave();
  });
});

/** Goes on with the Tab key until what is called so has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let tabs = 0; tabs < 100; tabs += 1) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate<string>(
      `(() => { const it = document.activeElement; return (it.labels?.[0]?.textContent ?? it.textContent ?? "").trim(); })()`,
    );
    if (focus === name) return;
    passed.push(focus);
  }
  throw new Error(`no Tab leads to ${name}; passed: ${passed.join(" | ")}`);
}
