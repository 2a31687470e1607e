import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import {
  ballotLink,
  castAtStation,
  closeAndCertify,
  openDecision,
  votesOf,
} from "../support/page/organiser.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

/** Marks a choice, reviews it and casts it. */
async function vote(page: Page, choice: "Yes" | "No" | "Abstain"): Promise<void> {
  await page.getByRole("radio", { name: choice }).check();
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: `Cast vote: ${choice}` }).click();
  await page.getByText(`Your vote, ${choice}, is recorded.`).waitFor();
}

describe.each(Object.entries(viewports))("a vote by token on a %s", (name, viewport) => {
  it("is cast, kept, changed with its proof elsewhere, and found in the published lists", async () => {
    const title = "هل نعيد السهل الفيضي إلى النهر؟ (Floodplain 2027)";
    const { id } = await openDecision({ slug: `walk-${name}`, title, revote_policy: "revisable" });
    await castAtStation(id, votesOf(12, "yes"));
    const link = await ballotLink(id, { voter_id: "ana" });

    const atHome = await visit({ viewport });
    const { page } = atHome;
    await page.goto(link);
    await page.getByRole("radio", { name: "Yes" }).waitFor();
    expect(page.url()).not.toContain("token");
    await page.locator("h1:dir(rtl)").waitFor();
    await atHome.expectSoundView("choice");
    await vote(page, "Yes");
    await page.getByText(/Signature of key .*, verified/).waitFor();
    await page.getByText("Your proof: keep it to yourself").click();
    await atHome.expectSoundView("recorded");

    await page.getByRole("button", { name: "Change my vote" }).click();
    await vote(page, "No");
    await page.getByText("Your proof: keep it to yourself").click();
    const proof = await page
      .locator("dt", { hasText: "Your proof (r)" })
      .locator("+ dd")
      .innerText();

    const onPhone = await visit({ viewport });
    await onPhone.page.goto(link);
    await onPhone.page.getByText("I have voted before, in another browser").click();
    await onPhone.page
      .getByLabel("Your newest receipt, or its proof")
      .fill(proof.replaceAll(/\s/g, ""));
    await vote(onPhone.page, "Abstain");

    await closeAndCertify(id);
    await page.getByText("Voting is over and the lists are published.").waitFor();
    const finds = page.getByRole("button", { name: "Find it in the published lists" });
    await finds.nth(1).click();
    await page.getByText("If you did not do that, somebody else had your proof").waitFor();
    await page.getByRole("heading", { name: "Outcome" }).waitFor();
    await page.getByText("Carried", { exact: true }).waitFor();
    await atHome.expectSoundView("kept");
    await onPhone.page.getByRole("button", { name: "Find it in the published lists" }).click();
    await onPhone.page.getByText("Published among the counted ballots, as Abstain.").waitFor();
    await onPhone.leave();
    await atHome.leave();
  });
});
