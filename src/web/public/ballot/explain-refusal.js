/**
 * @import { ApiProblem } from "../../contract.ts"
 *
 * @typedef {"token" | "choice" | "none"} NextStep What can still be done here: give another token,
 *   choose again, or nothing.
 * @typedef {{ title: string, text: string, next: NextStep }} Explanation
 */

/**
 * What each refusal means for a voter, and what to do next.
 * @type {Record<string, { title: string, text: string, next: NextStep }>}
 */
const explanations = {
  "vote.already_cast": {
    title: "You have already voted",
    text: "In this decision the first ballot of a voter counts, and one is recorded for your token. If it is not yours, tell the organiser: somebody else voted in your name.",
    next: "none",
  },
  "vote.revisions_exhausted": {
    title: "Your vote can’t be changed any more",
    text: "You have changed it as often as this decision allows. Your newest recorded ballot counts.",
    next: "none",
  },
  "vote.nothing_to_withdraw": {
    title: "There is no vote of yours to take back",
    text: "Nothing of yours is counted in this decision. You can vote until it closes.",
    next: "choice",
  },
  "vote.final": {
    title: "Votes in this decision are final",
    text: "Nothing was changed: what you have cast stays counted.",
    next: "none",
  },
  "vote.not_on_roll": {
    title: "You are not on this decision’s roll",
    text: "Nothing was recorded. Only voters on the roll can vote here. Ask the organiser if you should be on it.",
    next: "none",
  },
  "vote.unknown_region": {
    title: "Your ballot token names a region that this decision does not have",
    text: "Nothing was recorded. Ask the organiser for a new ballot token.",
    next: "token",
  },
  "vote.weight_too_large": {
    title: "Your ballot token carries more weight than this decision allows",
    text: "Nothing was recorded. Ask the organiser for a new ballot token.",
    next: "token",
  },
  "decision.not_open": {
    title: "Voting has not opened yet",
    text: "Nothing was recorded. Your ballot token stays good: come back when voting opens.",
    next: "choice",
  },
  "decision.closed": {
    title: "Voting has closed",
    text: "No ballot is accepted after closing, and this one was not recorded. The result is on this page.",
    next: "none",
  },
  "decision.not_found": {
    title: "This decision does not exist any more",
    text: "Nothing was recorded. Ask the organiser where to vote.",
    next: "none",
  },
  "token.expired": {
    title: "Your ballot token has expired",
    text: "Nothing was recorded. Ask the organiser for a new one.",
    next: "token",
  },
  "token.wrong_decision": {
    title: "This ballot token is for another decision",
    text: "Nothing was recorded. Use the token that was issued for this one.",
    next: "token",
  },
  "vote.proof_required": {
    title: "A vote is changed only with its receipt",
    text: "Nothing was changed. Your recorded vote stands: to change it, use the browser that you voted in, or give your newest receipt with your choice. If you have never voted, tell the organiser: somebody else may have.",
    next: "choice",
  },
  "token.superseded": {
    title: "Your ballot token is of an earlier roll",
    text: "Nothing was recorded. Ask the organiser for a new one.",
    next: "token",
  },
  "vote.nonce_reused": {
    title: "This vote was mixed up with another one",
    text: "Nothing new was recorded. Choose again and cast your vote once more.",
    next: "choice",
  },
};

const badToken = {
  title: "This ballot token was not accepted",
  text: "It may be cut off or issued elsewhere. Copy the whole token and paste it again, or ask the organiser for a new one.",
  next: /** @type {const} */ ("token"),
};

const doubt = {
  title: "We don’t know whether your vote was recorded",
  text: "An earlier try went unanswered, and now your ballot token is not accepted any more. Ask the organiser, who can tell.",
  next: /** @type {const} */ ("none"),
};

/**
 * A refusal in plain words. Codes that are not known here fall back on the server's own sentence.
 * @param {ApiProblem} problem
 * @param {boolean} isDoubtful see `VoteAnswer`
 * @returns {Explanation}
 */
export function explainRefusal(problem, isDoubtful) {
  if (isDoubtful) return doubt;
  const known = explanations[problem.code];
  if (known !== undefined) return known;
  if (problem.status === 401) return badToken;
  return {
    title: "Your vote was not accepted",
    text: problem.detail ?? "The server refused it without a reason. Ask the organiser what to do.",
    next: "choice",
  };
}
