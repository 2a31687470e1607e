import { describe, expect, it } from "vitest";
import { useBrowser } from "../support/page/browser.ts";
import { castAtStation, closeAndCertify, openDecision } from "../support/page/organiser.ts";
import { viewports } from "../support/page/visitor.ts";

const { visit } = useBrowser();

/** More regions than are printed. */
const regions = Array.from({ length: 90 }, (_, index) => ({
  code: `R${index}`,
  name: `Catchment of the ${index}th tributary`,
}));

async function certified(): Promise<{ id: string }> {
  const decision = await openDecision({
    slug: "certified-rivers",
    title: "Shall the rivers have rights of their own?",
    regions,
    rule: {
      title: "Double majority",
      requirements: [
        { id: "people", count: "yes", more_than: "1/2", of: ["yes", "no"] },
        { id: "turnout", quorum: true, count: ["yes", "no", "abstain"], at_least: "20" },
      ],
    },
  });
  const votes = regions.flatMap(({ code }) =>
    Array.from({ length: 11 }, (_, index) => ({
      voter_id: `${code}-${index}`,
      region: code,
      vote: index < 7 ? ("yes" as const) : ("no" as const),
    })),
  );
  await castAtStation(decision.id, votes);
  await closeAndCertify(decision.id);
  return decision;
}

/** How many sheets a printed document has. */
function sheets(pdf: Buffer): number {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

describe("the certificate of a result", () => {
  it("says what anyone needs to check it, on at most two sheets", async () => {
    const { id } = await certified();
    for (const viewport of Object.values(viewports)) {
      const visitor = await visit({ viewport });
      const { page } = visitor;
      await page.goto(`/decisions/${id}/certificate`);
      await page.getByRole("heading", { level: 1, name: /rights of their own/ }).waitFor();
      await page.getByText("Carried", { exact: true }).waitFor();
      await page.getByRole("img", { name: /QR code/ }).waitFor();
      await page.getByText("The figures of 50 smaller regions are in the signed").waitFor();
      await visitor.expectSoundView("certificate");
      for (const format of ["A4", "Letter"]) {
        expect(sheets(await page.pdf({ format })), format).toBeLessThanOrEqual(2);
      }
      await visitor.leave();
    }
  });

  it("is none of a decision that is open, and the page says so", async () => {
    const { id } = await openDecision({ slug: "not-certified", title: "Not yet" });
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`/decisions/${id}/certificate`);
    await page.getByRole("heading", { level: 1, name: "There is no certificate yet" }).waitFor();
    await visitor.expectSoundView("no certificate yet");
    await visitor.leave();
  });
});
