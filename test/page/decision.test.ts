import type { Page } from "playwright-core";
import { describe, expect, inject, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import {
  castAtStation,
  closeAndCertify,
  openDecision,
  votesOf,
} from "../support/page/organiser.ts";
import { eventually } from "../support/worker/eventually.ts";
import { viewports } from "../support/page/visitor.ts";
import { localId } from "../support/local-id.ts";

const { visit } = useBrowser();
const regions = ["Delta", "Middle reach", "Headwaters"].map((code) => ({ code }));
const nextYear = { opens_at: "2027-02-01T12:00:00.000Z", closes_at: "2027-03-01T12:00:00.000Z" };
const twoOfThree = {
  title: "Two of three reaches",
  requirements: [
    { id: "reaches", count: { units: "regions", that: "for", called: "reaches" }, at_least: 2 },
  ],
};

const verdict = (page: Page) => page.locator(".outcome .verdict");

/** Every address of this site that the page links, with the status that it answers. */
async function refusedLinks(page: Page): Promise<string[]> {
  const links = await page
    .locator("main a[href]")
    .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
  const own = links.filter((link) => new URL(link).origin === new URL(page.url()).origin);
  expect(own.length).toBeGreaterThan(2);
  const refused: string[] = [];
  for (const link of new Set(own)) {
    const status = (await page.request.get(link)).status();
    if (status >= 400) refused.push(`${status} ${link}`);
  }
  return refused;
}

describe("a decision that is open", () => {
  it("shows every vote of a roll call as it comes, and what the rule says of it", async () => {
    const draft = { slug: "live-roll-call", title: "Lower the weir", regions, rule: twoOfThree };
    const { id } = await openDecision({ ...draft, disclosure: "roll_call" });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByText("No ballot has been counted yet").first().waitFor();
    await castAtStation(id, votesOf(3, "yes", { region: "Delta" }));
    await page.getByText("3 counted ballots").first().waitFor();
    await castAtStation(id, votesOf(1, "no", { region: "Headwaters" }));
    await page.getByText("4 counted ballots").first().waitFor();
    expect(await page.locator(".figure-value").allInnerTexts()).toEqual(["3", "1", "0"]);
    await page.getByText("One more yes would carry it, if nobody else voted.").waitFor();
    await page.getByText("By region: 1 in Middle reach.").waitFor();
    await page.locator(".requirement-words").getByText("Counted: 1.").waitFor();
    expect(await verdict(page).innerText()).toBe("Not carried");
    await castAtStation(id, votesOf(2, "yes", { region: "Middle reach" }).map(renamed));
    await verdict(page).getByText("Carried", { exact: true }).waitFor();
    await page.locator(".requirement-words").getByText("Counted: 2.").waitFor();
    await visitor.leave();
  });

  it("shows other votes in steps of ten voters", async () => {
    const { id } = await openDecision({ slug: "live-steps", title: "Raise the dike", regions });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByText("Nothing is shown yet").first().waitFor();
    const sum = page.locator(".board-sum");
    let cast = 0;
    // A region that is looked at seldom takes larger steps, so it is as many tens as it takes.
    const shown = await eventually("figures of a release", async () => {
      const text = (await sum.count()) === 0 ? "" : await sum.innerText();
      const counted = Number(/^(\d+) counted ballots/.exec(text)?.[1] ?? 0);
      if (counted > 0) return counted;
      const tens = votesOf(10, "yes", { region: "Delta" });
      await castAtStation(
        id,
        tens.map((vote) => ({ ...vote, voter_id: `${vote.voter_id}-${cast}` })),
      );
      cast += tens.length;
      return null;
    });
    expect(shown).toBeGreaterThanOrEqual(10);
    expect(cast - shown).toBeGreaterThanOrEqual(10);
    await visitor.leave();
  });

  it("says by itself that it has closed and is certified, and then links what there is", async () => {
    const draft = { slug: "to-the-end", title: "Mend the lock", rule: twoOfThree, regions };
    const { id } = await openDecision({ ...draft, disclosure: "roll_call" });
    await castAtStation(id, votesOf(12, "yes", { region: "Delta" }));
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByRole("heading", { name: "If it closed now" }).waitFor();
    expect(await refusedLinks(page)).toEqual([]);
    await closeAndCertify(id);
    await page.getByRole("heading", { name: "Outcome" }).waitFor();
    await page.getByText("Certified: the public copies are whole").waitFor();
    await page.getByRole("link", { name: "Check a receipt", exact: true }).waitFor();
    expect(await refusedLinks(page)).toEqual([]);
    await visitor.leave();
  });
});

describe.each(Object.entries(viewports))("on a %s", (name, viewport) => {
  it("a decision can be read in every state of its life", async () => {
    const visitor = await visit({ viewport });
    const { page } = visitor;
    const visitDecision = async (view: string, id: string, text: string): Promise<void> => {
      await page.goto(`/decisions/${id}`);
      await page.getByText(text).first().waitFor();
      await page.getByRole("heading", { name: "The rule" }).waitFor();
      await page.getByText("What was done since the opening", { exact: true }).click();
      await page.locator(".events li").first().waitFor();
      await visitor.expectSoundView(view);
    };
    await visitDecision("roll call open", inject("demo").openDecision.id, "counted ballots");
    await visitDecision("roll call certified", localId("nuclear-tests-1991"), "Certified");
    await visitDecision(
      "turnout",
      localId("oil-slick-lebanon-2019"),
      "How they voted is shown to nobody",
    );
    await visitDecision("pseudonymous open", localId("floodplain-members-2026"), "counted ballots");
    await visitDecision("aggregate certified", localId("river-levy-2026"), "Certified");
    await page.getByText("The hash of each ballot, without its choice").waitFor();
    const { closes_at } = nextYear;
    const draft = { slug: `sealed-${name}`, title: "A sealed vote", regions, rule: twoOfThree };
    const { id } = await openDecision({ ...draft, visibility: "sealed", closes_at });
    await visitDecision("sealed", id, "Results are sealed until");
    expect(await refusedLinks(page)).toEqual([]);
    const later = { slug: `scheduled-${name}`, title: "A vote to come" };
    const scheduled = await openDecision({ ...later, ...nextYear });
    await visitDecision("scheduled", scheduled.id, "No result yet");
    expect(await refusedLinks(page)).toEqual([]);
    visitor.expectRefusal(404, "/decisions/nowhere");
    await page.goto("/decisions/nowhere");
    await page.getByText("There is no such decision").waitFor();
    await visitor.expectSoundView("no such decision");
    await visitor.leave();
  });

  it("the rule can be tried on other counts, with its reasons", async () => {
    const size = { voters: 9, weight: "9" };
    const rule = {
      requirements: [{ id: "half_of_all", count: "yes", more_than: "1/2", of: "eligible" }],
    };
    const draft = { slug: `what-if-${name}`, title: "Plant the bank", electorate_size: size };
    const { id } = await openDecision({ ...draft, rule, disclosure: "roll_call" });
    await castAtStation(id, [...votesOf(2, "yes"), ...votesOf(1, "no")]);
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    await page.getByText("What if the votes were others?").click();
    const explorer = page.locator(".what-if-explorer");
    await explorer.getByText("Counted: 2 of 9.").waitFor();
    await explorer.getByLabel("Yes", { exact: true }).fill("5");
    await explorer.getByText("Counted: 5 of 9.").waitFor();
    expect(await explorer.locator(".verdict").innerText()).toBe("Carried");
    await explorer.getByRole("slider", { name: "Yes, All voters" }).press("ArrowLeft");
    await explorer.getByText("Counted: 4 of 9.").waitFor();
    expect(await explorer.locator(".verdict").innerText()).toBe("Not carried");
    await explorer.getByRole("button", { name: "All who are left: Yes" }).click();
    await explorer.getByText("Counted: 8 of 9.").waitFor();
    await explorer.getByLabel("No", { exact: true }).fill("7");
    await explorer.getByText("These are more than the 9 who may vote.").waitFor();
    await visitor.expectSoundView("what if");
    await explorer.getByRole("button", { name: "Back to the counts as they are" }).click();
    await explorer.getByText("Counted: 2 of 9.").waitFor();
    await visitor.leave();
  });

  it("a description keeps its links and loses what is none of its business", async () => {
    const description = [
      "# Why\n\nSee **the** [report](https://example.org/report) and <https://example.org>.",
      "![map](https://example.org/map.png) [here](javascript:alert(1)) <script>alert(1)</script>",
      ...Array.from({ length: 9 }, (_, index) => `- reason ${index}, which takes its own line`),
    ].join("\n\n");
    const draft = { slug: `described-${name}`, title: "Dig the channel", description };
    const { id } = await openDecision(draft);
    const visitor = await visit({ viewport });
    const { page } = visitor;
    const code: string[] = [];
    page.on("request", (request) => code.push(new URL(request.url()).pathname));
    await page.goto(`/decisions/${id}`);
    const words = page.locator(".description");
    await words.locator("strong").waitFor();
    const links = words.locator("a");
    expect(await links.count()).toBe(2);
    expect(await links.first().getAttribute("rel")).toBe("noopener nofollow");
    await page.getByRole("button", { name: "Read the full text" }).click();
    await page.getByRole("button", { name: "Show less" }).waitFor();
    await visitor.expectSoundView("description");
    expect(code.filter((path) => path.includes("markdown"))).toEqual([]);
    // What the Worker has not rendered the browser does.
    await page.getByRole("link", { name: "All decisions" }).click();
    await page.getByRole("heading", { name: "Decisions" }).waitFor();
    await page.goBack();
    await words.locator("strong").waitFor();
    await page.getByText("It is carried if").waitFor();
    expect(code.filter((path) => path.includes("markdown"))).toHaveLength(1);
    await visitor.leave();
  });
});

describe("without scripts", () => {
  it("a decision is there whole: question, counts, outcome, rule, terms", async () => {
    const visitor = await visit();
    const { page } = visitor;
    const answer = await page.request.get(`/decisions/${localId("nuclear-tests-1991")}`);
    const html = await answer.text();
    expect(answer.status()).toBe(200);
    for (const text of ["counted ballots", "Outcome", "Carried", "It is carried if", "Terms"]) {
      expect(html).toContain(text);
    }
    expect(html).not.toMatch(/<[^>]+\sstyle=/);
    await visitor.leave();
  });
});

/** Voters of their own beside those of the same choice. */
function renamed<Vote extends { voter_id: string }>(vote: Vote): Vote {
  return { ...vote, voter_id: `other-${vote.voter_id}` };
}
