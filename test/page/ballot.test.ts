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
import {
  endSockets,
  openLink,
  untilHeading,
  untilRecorded,
  vote,
} from "../support/page/cast-ballot.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

/** What has the focus, and what a screen reader is told besides. */
async function told(page: Page): Promise<{ focused: string; said: string }> {
  return page.evaluate<{ focused: string; said: string }>(`({
    focused: document.activeElement.textContent,
    said: document.querySelector(".ballot [aria-live=polite].unseen").textContent,
  })`);
}

describe.each(Object.entries(viewports))("a ballot link on a %s", (name, viewport) => {
  it("leads to a vote that is kept, changed with its proof elsewhere, and found when it is over", async () => {
    const title = "هل نعيد السهل الفيضي إلى النهر؟ (Floodplain 2027)";
    const { id } = await openDecision({ slug: `walk-${name}`, title, revote_policy: "revisable" });
    await castAtStation(id, votesOf(12, "yes"));
    const link = await ballotLink(id, { voter_id: "ana" });

    const atHome = await visit({ viewport });
    const { page } = atHome;
    await openLink(page, link);
    expect(page.url()).not.toContain("token");
    await page.locator("h1:dir(rtl)").waitFor();
    await page.getByRole("heading", { name: "The rule" }).waitFor();
    await atHome.expectSoundView("choice");
    await vote(page, "Yes");
    await untilRecorded(page, "Yes");
    await page.getByText(/Signature of key .*, verified/).waitFor();
    await page.getByText("Your proof: keep it to yourself").click();
    await page.getByRole("button", { name: "Show the receipt as a QR code" }).click();
    await page.getByRole("img", { name: "QR code of your whole receipt" }).waitFor();
    await atHome.expectSoundView("recorded");
    await page.getByRole("button", { name: "Is it counted?" }).click();
    await page.getByText("Yes: this ballot is the one that is counted.").waitFor();

    await page.getByRole("button", { name: "Change my vote" }).click();
    await vote(page, "No");
    await untilRecorded(page, "No");
    await page.getByText("Your proof: keep it to yourself").click();
    const proof = await page
      .locator("dt", { hasText: "Your proof (r)" })
      .locator("+ dd")
      .innerText();

    const onPhone = await visit({ viewport });
    await openLink(onPhone.page, link);
    await onPhone.page.getByText("I have voted before, in another browser").click();
    await onPhone.page.getByLabel("Your newest receipt, or its proof").fill("r: gone");
    await onPhone.page.getByRole("radio", { name: "Abstain" }).check();
    await onPhone.page.getByRole("button", { name: "Review" }).click();
    await onPhone.page.getByText("No proof is in this. Paste the whole receipt.").waitFor();
    await onPhone.expectSoundView("no proof");
    await onPhone.page
      .getByLabel("Your newest receipt, or its proof")
      .fill(proof.replaceAll(/\s/g, ""));
    await vote(onPhone.page, "Abstain");
    await untilRecorded(onPhone.page, "Abstain");
    await page.reload();
    await untilHeading(page, "You have voted No");
    await page.getByRole("button", { name: "Is it counted?" }).click();
    await page.getByText("This ballot is not counted").waitFor();

    await closeAndCertify(id);
    await page.reload();
    await page.getByText("Voting is over and the lists are published.").waitFor();
    const finds = page.getByRole("button", { name: "Find it in the published lists" });
    await finds.nth(1).click();
    await page.getByText("If you did not do that, somebody else had your proof").waitFor();
    await atHome.expectSoundView("kept");
    await onPhone.page.reload();
    await onPhone.page.getByRole("button", { name: "Find it in the published lists" }).click();
    await onPhone.page.getByText("Published among the counted ballots, as Abstain.").waitFor();
    await onPhone.leave();
    await atHome.leave();
  });

  it("shows the ballot first, focused, tells each step, and goes back and on over reloads", async () => {
    const { id } = await openDecision({ slug: `steps-${name}`, title: "Raise the dike" });
    const link = await ballotLink(id, { voter_id: "ana" });
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await openLink(page, link);
    const yes = page.getByRole("radio", { name: "Yes" });
    expect((await yes.boundingBox())?.y).toBeLessThan(viewport.height - 44);
    expect(await told(page)).toMatchObject({ focused: "Your ballot" });
    await yes.check();
    await page.getByRole("button", { name: "Review" }).click();
    await untilHeading(page, "Review your vote");
    await expect
      .poll(() => told(page))
      .toEqual({
        focused: "Review your vote",
        said: "Nothing is sent yet. Confirm, or go back.",
      });
    await visitor.expectSoundView("review");
    await page.goBack();
    await untilHeading(page, "Your ballot");
    await page.reload();
    await page.getByRole("button", { name: "Use another token" }).waitFor();
    expect(await yes.isChecked()).toBe(true);
    await vote(page, "Yes");
    await untilRecorded(page, "Yes");
    await expect
      .poll(() => told(page))
      .toEqual({
        focused: "Your vote, Yes, is recorded",
        said: "Your vote, Yes, is recorded",
      });
    await page.goto(`/decisions/${id}`);
    await page.getByRole("link", { name: "See your vote and its receipt" }).click();
    await untilHeading(page, "You have voted Yes");
    await page.getByRole("button", { name: "Remove my vote and receipt" }).click();
    await page.getByLabel("Your ballot token").waitFor();
    await page.reload();
    await page.getByLabel("Your ballot token").waitFor();
    await visitor.expectSoundView("token");
    await visitor.leave();
  });

  it("says that it is cut, of another decision, or refused, and leads on", async () => {
    const { id } = await openDecision({ slug: `final-${name}`, title: "One vote, for good" });
    const other = (await openDecision({ slug: `other-${name}`, title: "Another question" })).id;
    await castAtStation(id, [{ voter_id: "ana", vote: "no" }]);
    const link = await ballotLink(id, { voter_id: "ana" });
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto(link.slice(0, -60));
    await page.getByText("The link that led here is not whole").waitFor();
    await visitor.expectSoundView("cut link");
    visitor.expectRefusal(409, "/voting/cast-vote");
    await page.goto(link.replace(`${id}/ballot`, `${other}/ballot`));
    await untilHeading(page, "This ballot token is for another decision");
    await visitor.expectSoundView("other decision");
    await page.getByRole("button", { name: "Go to that decision" }).click();
    await page.getByRole("heading", { level: 1, name: "One vote, for good" }).waitFor();
    await vote(page, "Yes");
    await untilHeading(page, "You have already voted");
    await visitor.expectSoundView("refused");
    // Put together by hand: it leads to the ballot from any page.
    for (const start of ["/", `/decisions/${other}`]) {
      await page.goto("about:blank");
      await page.goto(`${start}${link.slice(link.indexOf("#"))}`);
      await page.waitForURL(`**/decisions/${id}/ballot`);
      await page.getByRole("button", { name: "Use another token" }).waitFor();
    }
    await visitor.leave();
  });
});

describe("a vote whose answer does not come", () => {
  it("is kept without a connection, said to be not yet accepted, and sent once on return", async () => {
    const { id } = await openDecision({ slug: "offline", title: "Lower the weir" });
    const visitor = await visit({ viewport: viewports.phone });
    const { page } = visitor;
    await openLink(page, await ballotLink(id, { voter_id: "ana" }));
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") sent.push(request.url());
    });
    await page.context().setOffline(true);
    await vote(page, "Yes");
    await untilHeading(page, "Your vote is not yet accepted");
    await visitor.expectSoundView("offline");
    await page.getByRole("button", { name: "Back to my ballot" }).click();
    await vote(page, "No");
    await untilHeading(page, "Your vote is not yet accepted");
    expect(sent).toEqual([]);
    await page.context().setOffline(false);
    await untilRecorded(page, "No");
    expect(sent).toHaveLength(1);
    await visitor.leave();
  });

  it("is sent again with the same nonce until its receipt is here, also after a reload", async () => {
    const { id } = await openDecision({ slug: "lost-answers", title: "Lower the weir" });
    const visitor = await visit();
    const { page } = visitor;
    await endSockets(page);
    await openLink(page, await ballotLink(id, { voter_id: "ana" }));
    const nonces: string[] = [];
    await page.route("**/voting/cast-vote", async (route) => {
      nonces.push((route.request().postDataJSON() as { nonce: string }).nonce);
      if (nonces.length > 4) return route.continue();
      // Recorded, and the answer is lost on its way.
      await route.fetch();
      return route.fulfill({ status: 502, body: "" });
    });
    visitor.expectRefusal(502, "/voting/cast-vote");
    await vote(page, "Yes");
    await untilHeading(page, "We don’t know yet whether your vote arrived");
    await visitor.expectSoundView("unknown");
    await page.reload();
    await untilRecorded(page, "Yes");
    expect([nonces.length, new Set(nonces).size]).toEqual([5, 1]);
    await visitor.leave();
  });

  it("is not taken for recorded where the answer is of another vote or another form", async () => {
    const { id } = await openDecision({ slug: "wrong-answers", title: "Lower the weir" });
    const visitor = await visit({ viewport: viewports.phone });
    const { page } = visitor;
    await endSockets(page);
    await openLink(page, await ballotLink(id, { voter_id: "ana" }));
    await page.route("**/voting/cast-vote", async (route) => {
      const body = route.request().postDataJSON() as object;
      await route.continue({ postData: JSON.stringify({ ...body, vote: "no" }) });
    });
    await vote(page, "Yes");
    await untilHeading(page, "The receipt does not fit your vote");
    await visitor.expectSoundView("mismatch");
    await page.unroute("**/voting/cast-vote");
    await page.route("**/voting/cast-vote", (route) => route.fulfill({ json: { receipt: {} } }));
    await openLink(page, await ballotLink(id, { voter_id: "ben" }));
    await vote(page, "Yes");
    await page.getByText("in a form that this page does not know").waitFor();
    await visitor.expectSoundView("newer server");
    await page.unroute("**/voting/cast-vote");
    await page.getByRole("button", { name: "Load the page again" }).click();
    await untilRecorded(page, "Yes");
    await visitor.leave();
  });
});

describe("a browser", () => {
  it("shows in one tab what was cast in another, and tells without a link that one has voted", async () => {
    const { id } = await openDecision({ slug: "two-tabs", title: "Lower the weir" });
    const link = await ballotLink(id, { voter_id: "ana" });
    const visitor = await visit({ viewport: viewports.phone });
    const { page } = visitor;
    await openLink(page, link);
    const other = await page.context().newPage();
    await openLink(other, link);
    await vote(other, "No");
    await untilRecorded(other, "No");
    await untilHeading(page, "You have voted No");
    await other.close();
    const third = await page.context().newPage();
    await third.goto(`/decisions/${id}/ballot`);
    await untilHeading(third, "You have voted");
    await third.getByText("Receipt", { exact: true }).waitFor();
    await visitor.leave();
  });

  it("that stores nothing says so, and votes all the same", async () => {
    const { id } = await openDecision({ slug: "no-storage", title: "Lower the weir" });
    const visitor = await visit({ viewport: viewports.phone });
    const { page } = visitor;
    await page.addInitScript(`for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
    }`);
    await openLink(page, await ballotLink(id, { voter_id: "ana" }));
    await page.getByRole("radio", { name: "Yes" }).check();
    await page.getByRole("button", { name: "Review" }).click();
    await page.getByText("This browser stores nothing").waitFor();
    await visitor.expectSoundView("nothing stored");
    await page.getByRole("button", { name: "Cast vote: Yes" }).click();
    await untilRecorded(page, "Yes");
    await visitor.leave();
  });

  it("whose clock is years ahead takes a link that is good by the server's", async () => {
    const { id } = await openDecision({ slug: "wrong-clock", title: "Lower the weir" });
    const visitor = await visit();
    const { page } = visitor;
    await page.clock.setFixedTime(Date.now() + 10 * 365 * 86_400_000);
    await openLink(page, await ballotLink(id, { voter_id: "ana" }));
    await vote(page, "Yes");
    await untilRecorded(page, "Yes");
    await visitor.leave();
  });
});
