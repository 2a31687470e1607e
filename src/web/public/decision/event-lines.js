import { formatCount } from "../page/format.js";

/** @import { ApiEvent } from "../../contract.ts" */

const words = {
  "decision.opened": "Opened: the terms are frozen",
  "decision.closed": "Closed by the organiser",
  "decision.cancelled": "Cancelled: no result",
  "decision.forgetting_begun": "Keys destroyed: voters and single ballots are being forgotten",
  "decision.forgotten": "Voters and single ballots are forgotten",
  "decision.rebuilt": "Lists and exports written again from the record",
};

/** @type {Readonly<Record<string, (voters: string) => string>>} */
const ofVoters = {
  "tokens.issued": (voters) => `Ballot tokens issued for ${voters}`,
  "tokens.revoked": (voters) => `Ballot tokens revoked of ${voters}`,
  "roll.marked": (voters) => `Told of ${voters} whether they have voted`,
};

/**
 * What was done to a decision since its opening, a line each: when, and in words. What is
 * done for voters in several parts, one after the other, is one line, with the time of the last.
 * @param {readonly Pick<ApiEvent, "at" | "action" | "facts">[]} events in their order
 * @returns {{ at: string, text: string }[]}
 */
export function eventLines(events) {
  /** @type {{ at: string, text: string, act: string, voters: number }[]} */
  const lines = [];
  for (const { at, action, facts } of events) {
    const wordsOf = ofVoters[action];
    if (wordsOf === undefined) {
      const text = action in words ? words[/** @type {keyof typeof words} */ (action)] : action;
      lines.push({ at, text, act: action, voters: 0 });
      continue;
    }
    const before = lines.at(-1);
    const isMore = before?.act === action;
    const voters = (isMore ? before.voters : 0) + Number(facts["voters"]);
    if (isMore) lines.pop();
    const text = wordsOf(formatCount(voters, "voter"));
    lines.push({ at, text, act: action, voters });
  }
  return lines.map(({ at, text }) => ({ at, text }));
}
