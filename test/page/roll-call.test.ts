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
const regions = [{ code: "delta", name: "Delta" }];

describe.each(Object.entries(viewports))("a roll call on a %s", (name, viewport) => {
  it("takes reasons with a vote, and shows both beside the name once it is certified", async () => {
    const draft = { slug: `roll-call-${name}`, title: "Open the polder", regions };
    const { id } = await openDecision({ ...draft, disclosure: "roll_call" });
    await castAtStation(id, [
      { voter_id: "ben", vote: "no", region: "delta", name: "בן כהן", statement: "לא עכשיו." },
      ...votesOf(60, "abstain", { region: "delta" }),
    ]);
    const voter = { voter_id: "ana", region: "delta", name: "Ana Ilić" };
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto(await ballotLink(id, voter));
    await page.getByRole("radio", { name: "Yes" }).check();
    const reasons = page.getByLabel("Your reasons, if you want to give any");
    await reasons.fill("x".repeat(2_001));
    await page.getByText("1 character too many").waitFor();
    await page.getByRole("button", { name: "Review" }).click();
    await page.getByText("Shorten it first.").waitFor();
    await visitor.expectSoundView("reasons too long");
    await reasons.fill("The river was here first.\nIt comes back.");
    await page.getByRole("button", { name: "Review" }).click();
    await page.getByText("published beside your name, Ana Ilić").waitFor();
    await visitor.expectSoundView("reasons confirmed");
    await page.getByRole("button", { name: "Back" }).click();
    expect(await reasons.inputValue()).toContain("It comes back.");
    await page.getByRole("button", { name: "Review" }).click();
    await page.getByRole("button", { name: "Cast vote: Yes" }).click();
    await page.getByRole("heading", { name: "Your vote, Yes, is recorded" }).waitFor();

    await closeAndCertify(id);
    await page.goto(`/decisions/${id}/votes`);
    const rows = page.getByRole("table", { name: "Counted votes" }).locator("tbody tr");
    await rows.nth(61).waitFor();
    expect(await rows.nth(0).innerText()).toMatch(
      /Ana Ilić\s+Delta\s+The river was here first\.\nIt comes back\.\s+Yes/,
    );
    expect(await rows.nth(1).innerText()).toMatch(/בן כהן\s+Delta\s+לא עכשיו\.\s+No/);
    await visitor.expectSoundView("names and reasons");
    expect(await rows.count()).toBe(62);
    const search = page.getByRole("searchbox", { name: "Name, number, hash or receipt" });
    await search.fill("ilic");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.getByText(/^Vote \d+ of 62: Ana Ilić$/).waitFor();
    expect(await page.locator("tr.is-found").innerText()).toContain("Ana Ilić");
    await search.fill("nobody");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.getByText("No name in this list has “nobody” in it.").waitFor();
    await visitor.expectSoundView("no such name");
    await visitor.leave();
  });
});
