import { expect, it } from "vitest";
import {
  holdCouncilVote,
  type WalkStep,
} from "../../../scripts/organisers-walk/hold-council-vote.ts";
import { useBrowser } from "../../support/page/browser.ts";
import { expectAccessible, expectNoOverflow } from "../../support/page/clean-view.ts";
import { picturesFolder } from "../../support/page/pictures.ts";
import { makeOrganiser } from "../../support/page/run-decision.ts";
import { viewports, type Visitor } from "../../support/page/visitor.ts";

const { visit } = useBrowser();

/** All of the walk, on a machine that does other things too. */
const walkMsMax = 900_000;

it(
  "a clerk with a keyboard alone holds a council's vote, from sign-in to printed certificate",
  async () => {
    const { key, client } = await makeOrganiser("clerk-of-ford");
    const clerk = await visit();
    const phones: Visitor[] = [];
    const seen: string[] = [];
    const { decisionId, voted } = await holdCouncilVote({
      page: clerk.page,
      key,
      async openPhone() {
        const phone = await visit({ viewport: viewports.phone });
        phones.push(phone);
        return phone.page;
      },
      async onStep({ name, page }: WalkStep) {
        seen.push(name);
        await expectAccessible(page, `council ${name}`);
        await expectNoOverflow(page, `council ${name}`);
      },
    });
    const path = `${picturesFolder}/council-certificate.pdf`;
    const pdf = await clerk.page.pdf({ preferCSSPageSize: true, path });
    expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)).not.toBeNull();

    const ask = { path: { decisionId } };
    expect(await client.call("GET /api/v1/decisions/{decisionId}", ask)).toMatchObject({
      status: "certified",
      roll: { voters: 1_000 },
      rule: { requirements: [{ id: "chambers" }, { id: "two_thirds" }] },
    });
    const results = await client.call("GET /api/v1/decisions/{decisionId}/results", ask);
    expect(results).toMatchObject({
      final: true,
      total: {
        yes: { ballots: 238 },
        no: { ballots: 80 },
        abstain: { ballots: 16 },
        ballots: voted,
      },
      tokens: { issued: 1_000 },
    });
    const outcome = await client.call("GET /api/v1/decisions/{decisionId}/outcome", ask);
    expect(outcome).toMatchObject({ final: true, outcome: "carried" });
    expect(seen).toEqual(steps);
    for (const visitor of [clerk, ...phones]) await visitor.leave();
  },
  walkMsMax,
);

/** All that was looked at, in its order. */
const steps = [
  "sign-in",
  "start",
  "templates",
  "draft",
  "saved",
  "columns",
  "roll",
  "imported",
  "ballots",
  "issue",
  "letters",
  "frozen",
  "open",
  "ballot",
  "receipt",
  "wall",
  "running",
  "close",
  "records",
  "certificate",
];
