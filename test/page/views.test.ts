import { describe, expect, inject, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import { castAtStation, openDecision, votesOf } from "../support/page/organiser.ts";
import { eventually } from "../support/worker/eventually.ts";
import { viewports } from "../support/page/visitor.ts";
import { localId } from "../support/local-id.ts";

const { visit } = useBrowser();
const regions = ["Delta", "Middle reach", "Headwaters"].map((code) => ({ code }));

describe("a decision that is open", () => {
  it("shows every vote of a roll call as it comes, without a reload", async () => {
    const draft = { slug: "live-roll-call", title: "Lower the weir", regions };
    const { id } = await openDecision({ ...draft, disclosure: "roll_call" });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/?decision=${id}`);
    await page.getByText("No ballot has been counted yet").first().waitFor();
    await castAtStation(id, votesOf(3, "yes", { region: "Delta" }));
    await page.getByText("3 counted ballots").first().waitFor();
    await castAtStation(id, votesOf(1, "no", { region: "Headwaters" }));
    await page.getByText("4 counted ballots").first().waitFor();
    expect(await page.locator(".figure-value").allInnerTexts()).toEqual(["3", "1", "0"]);
    await visitor.leave();
  });

  it("shows other votes in steps of ten voters", async () => {
    const { id } = await openDecision({ slug: "live-steps", title: "Raise the dike", regions });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/?decision=${id}`);
    await page.getByText("Nothing is shown yet").first().waitFor();
    const sum = page.locator(".board-sum");
    let cast = 0;
    // A region that is looked at seldom takes larger steps, so it is as many tens as it takes.
    const shown = await eventually("figures of a release", async () => {
      const text = await sum.innerText();
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
});

describe.each(Object.entries(viewports))("on a %s", (name, viewport) => {
  it("a decision can be read in every state of its life", async () => {
    const visitor = await visit({ viewport });
    const { page } = visitor;
    const visitDecision = async (view: string, id: string, text: string): Promise<void> => {
      await page.goto(`/?decision=${id}`);
      await page.getByText(text).first().waitFor();
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
    const sealed = { visibility: "sealed", closes_at: "2027-03-01T12:00:00.000Z" } as const;
    const draft = { slug: `sealed-${name}`, title: "A sealed vote", regions };
    const { id } = await openDecision({ ...draft, ...sealed });
    await visitDecision("sealed", id, "Results are sealed until");
    const window = { opens_at: "2027-02-01T12:00:00.000Z", closes_at: sealed.closes_at };
    const later = { slug: `scheduled-${name}`, title: "A vote to come" };
    const scheduled = await openDecision({ ...later, ...window });
    await visitDecision("scheduled", scheduled.id, "No result yet");
    await visitor.leave();
  });

  it("the hall display, the page about the API, and an address that leads nowhere", async () => {
    const visitor = await visit({ viewport });
    const { page } = visitor;
    await page.goto(`/?decision=${inject("demo").openDecision.id}&view=hall`);
    await page.getByText("counted ballots").first().waitFor();
    await visitor.expectSoundView("hall");
    await page.goto("/api/docs");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page
      .getByRole("link", { name: "Draft a decision, and open it where that is asked" })
      .first()
      .waitFor();
    await visitor.expectSoundView("api docs");
    visitor.expectRefusal(404, "/api/v1/decisions/nowhere");
    await page.goto("/?decision=nowhere");
    await page.getByText("There is no such decision").waitFor();
    await visitor.expectSoundView("no such decision");
    await page.goto("/?status=cancelled");
    await page.getByText("No decision is cancelled").waitFor();
    await visitor.expectSoundView("empty list");
    await visitor.leave();
  });
});
