import { randomBytes } from "node:crypto";
import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { formatReceipt } from "../../src/verification/format-receipt.ts";
import { receiptFragment } from "../../src/verification/receipt-text.ts";
import { useBrowser } from "../support/page/browser.ts";
import {
  ballotToken,
  castAtStation,
  closeAndCertify,
  openDecision,
  votesOf,
} from "../support/page/organiser.ts";
import { watchSettling } from "../support/page/settled.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();
const regions = [{ code: "delta", name: "Delta" }];

/** A decision with some votes and one whose receipt somebody keeps. */
async function decisionWithReceipt(slug: string) {
  const { id } = await openDecision({ slug, title: "Plant the dunes", regions });
  await castAtStation(id, votesOf(60, "no", { region: "delta" }));
  const token = await ballotToken(id, { voter_id: "ana", region: "delta" });
  const nonce = randomBytes(32).toString("hex");
  const voter = createClient({ origin: inject("origin"), credential: token });
  const { ballot_hash, r, u, c, key_id, signature } = await voter.call(
    "POST /api/v1/voting/cast-vote",
    { body: { decision_id: id, vote: "yes", nonce } },
  );
  const shown = { decisionId: id, ballotHash: ballot_hash, keyId: key_id, signature };
  const own = { choice: "yes", nonce, r, u, c } as const;
  const text = formatReceipt({ ...shown, title: "Plant the dunes", publicKey: null, own });
  return { id, shown, own, text };
}

function fileOf(name: string, mimeType: string, buffer: Buffer) {
  return { name, mimeType, buffer };
}

/** Drops a file onto the field of the receipt. */
async function drop(page: Page, file: { name: string; type: string; text: string }): Promise<void> {
  const dataTransfer = await page.evaluateHandle(({ name, type, text }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name, { type }));
    return transfer;
  }, file);
  await page.locator(".receipt-field").dispatchEvent("drop", { dataTransfer });
}

/** Stands in for the detector of another system: it finds a code in each picture that is wide. */
function qrDetector(found: string): string {
  return `class {
    detect({ width }) {
      return Promise.resolve(width > 1_000 ? [{ rawValue: ${JSON.stringify(found)} }] : []);
    }
  }`;
}

describe.each(Object.entries(viewports))("the check on a %s", (name, viewport) => {
  it("recounts a decision and finds a receipt, and says what it has not checked", async () => {
    const { id, shown, text } = await decisionWithReceipt(`verify-${name}`);
    await closeAndCertify(id);
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto(`/verify?decision=${id}`);
    await visitor.expectSoundView("the form of a check");
    await page.getByLabel("Receipt, if you have one").fill(text);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await page.getByRole("heading", { name: "This vote counts, as Yes" }).waitFor();
    const verdict = page.getByRole("heading", {
      name: "The published votes make the signed outcome",
    });
    await verdict.waitFor();
    expect(await verdict.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByText("nobody has two").waitFor();
    await page.getByText("What a dispute would rest on").waitFor();
    await visitor.expectSoundView("a check that found everything right");
    await page.getByRole("link", { name: /^Show it in the list/ }).click();
    await page.getByText(`of 61: ${shown.ballotHash}`).waitFor();
    await visitor.leave();
  });

  it("names what is published otherwise than it was signed", async () => {
    const { id, own, shown } = await decisionWithReceipt(`verify-tampered-${name}`);
    await closeAndCertify(id);
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.route("**/export?format=ndjson&list=counted", async (route) => {
      const answer = await route.fetch();
      const rows = await answer.text();
      const body = rows
        .replace('"choice":"no"', '"choice":"yes"')
        .replace(new RegExp(`^.*${shown.ballotHash}.*\n`, "m"), "");
      await route.fulfill({ response: answer, body });
    });
    // As the QR code of the receipt links here: the fragment is sent to nobody.
    await page.goto(`/verify${receiptFragment(shown, own)}`);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await page.getByRole("heading", { name: "What is published is not what was signed" }).waitFor();
    await page.getByRole("heading", { name: "Nothing can be said of this receipt here" }).waitFor();
    await page.getByText("The hash of a vote is not made of its choice.").waitFor();
    await page.getByText("The root of a list is another than was signed.").waitFor();
    expect(new URL(page.url()).hash).toBe("");
    await visitor.expectSoundView("a check that found what is wrong");
    await visitor.leave();
  });
});

describe("the check", () => {
  it("says what it takes where nothing can be checked", async () => {
    const { id, text } = await decisionWithReceipt("verify-early");
    const visitor = await visit();
    const { page } = visitor;
    await page.goto("/verify");
    const check = page.getByRole("button", { name: "Check", exact: true });
    await check.click();
    await page.getByText("Enter the decision’s address or id.").waitFor();
    await page.getByLabel("Receipt, if you have one").fill("Ballot hash: 12");
    await check.click();
    await page.getByText("This is no whole receipt").waitFor();
    await page.getByLabel("Decision: its address or id").fill("https://else.example/decisions/x");
    await check.click();
    await page.getByText("This decision is at https://else.example").waitFor();
    // A receipt alone names its decision, which is still open.
    await page.getByLabel("Decision: its address or id").fill("");
    await page.getByLabel("Receipt, if you have one").fill(text);
    await check.click();
    await page.getByText("There is nothing to check yet").waitFor();
    await visitor.expectSoundView("nothing to check yet");
    visitor.expectRefusal(404, "/outcome");
    await page.getByLabel("Receipt, if you have one").fill("");
    await page.getByLabel("Decision: its address or id").fill(`${id.slice(0, -1)}x`);
    await check.click();
    await page.getByText("There is no such decision").waitFor();
    await visitor.leave();
  });

  it("takes a receipt as a file, opened or dropped, and says what is none", async () => {
    const { text } = await decisionWithReceipt("verify-files");
    const visitor = await visit();
    const { page } = visitor;
    const whenSettled = watchSettling(page);
    await page.goto("/verify");
    await whenSettled();
    const field = page.getByLabel("Receipt, if you have one");
    const open = page.getByLabel("Open a file");
    await open.setInputFiles(fileOf("receipt.txt", "text/plain", Buffer.from(text)));
    await expect.poll(() => field.inputValue()).toBe(text);
    await field.fill("");
    await drop(page, { name: "receipt.txt", type: "text/plain", text });
    await expect.poll(() => field.inputValue()).toBe(text);
    // Chromium reads codes on systems that do: not on Linux.
    await open.setInputFiles(fileOf("code.png", "image/png", await page.screenshot()));
    await page.getByText("This browser can’t read QR codes out of pictures.").waitFor();
    await visitor.expectSoundView("no pictures here");
    await drop(page, { name: "notes.txt", type: "text/plain", text: "Ballot hash: 12" });
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await page.getByText("This is no whole receipt").waitFor();
    await visitor.leave();
  });

  it("reads the QR code in a picture where the browser can", async () => {
    const { id, shown, own } = await decisionWithReceipt("verify-picture");
    const link = new URL(`/verify${receiptFragment(shown, own)}`, inject("origin")).href;
    const visitor = await visit();
    const { page } = visitor;
    await visitor.context.addInitScript(`globalThis.BarcodeDetector = ${qrDetector(link)};`);
    await page.goto(`/verify?decision=${id}`);
    const open = page.getByLabel("Open a file");
    await open.setInputFiles(fileOf("broken.png", "image/png", Buffer.from("no picture")));
    await page.getByText("No receipt could be read from this file.").waitFor();
    await page.setViewportSize({ width: 320, height: 640 });
    await open.setInputFiles(fileOf("small.png", "image/png", await page.screenshot()));
    await page.getByText("No receipt could be read from this file.").waitFor();
    await page.setViewportSize({ width: 1_280, height: 800 });
    await open.setInputFiles(fileOf("code.png", "image/png", await page.screenshot()));
    const field = page.getByLabel("Receipt, if you have one");
    await expect.poll(() => field.inputValue()).toBe(link);
    expect(await page.getByText("No receipt could be read").count()).toBe(0);
    await visitor.leave();
  });

  it("is cancelled when somebody asks for it", async () => {
    const { id } = await decisionWithReceipt("verify-cancelled");
    await closeAndCertify(id);
    const visitor = await visit();
    const { page } = visitor;
    const { promise: isAsked, resolve } = Promise.withResolvers<void>();
    // An answer that never comes.
    await page.route("**/export?format=ndjson&list=counted", () => resolve());
    await page.goto(`/verify?decision=${id}`);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await isAsked;
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Cancel" }).waitFor({ state: "detached" });
    expect(await page.getByRole("button", { name: "Check", exact: true }).isEnabled()).toBe(true);
    await visitor.leave();
  });
});
