import { I18nProvider } from "@lingui/react";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Router } from "wouter";
import answers from "../../../../src/web/ballot/answer-steps.ts";
import { BallotSession } from "../../../../src/web/ballot/ballot-session.ts";
import { BallotStepView } from "../../../../src/web/ballot/ballot-step-view.tsx";
import { KeptBallots } from "../../../../src/web/ballot/kept-ballots.ts";
import type { ApiDecision } from "../../../../src/web/contract.ts";
import { createI18n } from "../../../../src/web/i18n/create-i18n.ts";
import { vectorReceipt, vectorVote } from "../../../support/vector-receipt.ts";
import { FakeBrowser } from "./fake-ballot-ports.ts";

const { choice, nonce } = vectorVote;
const pending = { choice, nonce, proof: null, statement: null, mayBeRecorded: true };
const ballot = { choice, nonce, receipt: vectorReceipt, publicKey: null };
const unanswered = "A vote from this browser got no clear answer.";

/** The page of a decision as a tab without a ballot link shows it. */
async function viewWithoutLink(browser: FakeBrowser, status: ApiDecision["status"]) {
  const session = new BallotSession({ id: "delta", electorate: "open" }, browser.openTab());
  await session.start(null);
  // What the steps of a decision that takes no votes read of it.
  const decision = { id: "delta", title: "Q", status, opens_at: null } as ApiDecision;
  const view = createElement(BallotStepView, { decision, session, step: session.step(), answers });
  const inPlace = createElement(Router, { ssrPath: "/decisions/delta/ballot", children: view });
  return renderToStaticMarkup(createElement(I18nProvider, { i18n: createI18n("en") }, inPlace));
}

describe("a browser without a ballot link, once voting is over", () => {
  it.each(["closed", "certified"] as const)(
    "is told of its vote without a clear answer, and what settles it (%s)",
    async (status) => {
      const browser = new FakeBrowser();
      new KeptBallots(browser.kept, "delta").keepPending("ana", pending);
      const page = await viewWithoutLink(browser, status);
      expect(page).toContain("Voting has closed");
      expect(page).toContain(unanswered);
      expect(page).toContain("Open its ballot link again");
      expect(page).not.toContain("Your ballots");
    },
  );

  it("is told so beside the ballots of another voter too", async () => {
    const browser = new FakeBrowser();
    const kept = new KeptBallots(browser.kept, "delta");
    kept.keepPending("ana", pending);
    kept.keepBallot("ben", ballot);
    const page = await viewWithoutLink(browser, "closed");
    expect(page).toContain("Your ballots");
    expect(page).toContain(unanswered);
  });

  it("is told nothing of the kind where every vote has its answer", async () => {
    const browser = new FakeBrowser();
    expect(await viewWithoutLink(browser, "closed")).not.toContain(unanswered);
    new KeptBallots(browser.kept, "delta").keepBallot("ana", ballot);
    const page = await viewWithoutLink(browser, "closed");
    expect(page).toContain("Your ballots");
    expect(page).not.toContain(unanswered);
  });
});
