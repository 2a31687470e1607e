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

/**
 * What was done to a decision since its opening, a line each: when, and in words. Tokens that were
 * issued one after the other are one line, with the time of the last.
 * @param {readonly Pick<ApiEvent, "at" | "action" | "facts">[]} events in their order
 * @returns {{ at: string, text: string }[]}
 */
export function eventLines(events) {
  /** @type {{ at: string, text: string, voters: number }[]} */
  const lines = [];
  for (const { at, action, facts } of events) {
    if (action !== "tokens.issued") {
      const text = action in words ? words[/** @type {keyof typeof words} */ (action)] : action;
      lines.push({ at, text, voters: 0 });
      continue;
    }
    const before = lines.at(-1);
    const isMore = before !== undefined && before.voters > 0;
    const voters = (isMore ? before.voters : 0) + Number(facts["voters"]);
    if (isMore) lines.pop();
    lines.push({ at, text: `Ballot tokens issued for ${formatCount(voters, "voter")}`, voters });
  }
  return lines.map(({ at, text }) => ({ at, text }));
}
