import { browserTexts } from "./browser-texts.ts";
import { KeptBallots } from "./kept-ballots.ts";

/** Whether a vote in a decision was recorded from this browser, and not taken back. */
export function hasKeptBallot(decisionId: string): boolean {
  const kept = new KeptBallots(browserTexts(), decisionId);
  return kept
    .voters()
    .some(({ ballots }) => ballots.at(-1)?.choice !== "withdrawn" && ballots.length > 0);
}
