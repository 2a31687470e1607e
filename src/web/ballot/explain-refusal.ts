import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { refusalText } from "../api/refusal-text.ts";
import type { ApiProblem } from "../contract.ts";

/** What can still be done here: give another token, choose again, or nothing. */
export type NextStep = "token" | "choice" | "none";

export interface Explanation {
  title: string;
  text: string;
  next: NextStep;
}

type Told = { title: MessageDescriptor; text: MessageDescriptor; next: NextStep };

/** What each refusal means for a voter, and what to do next. */
const explanations: Record<string, Told> = {
  "vote.already_cast": {
    title: msg`You have already voted`,
    text: msg`In this decision the first ballot of a voter counts, and one is recorded for your token. If it is not yours, tell the organiser: somebody else voted in your name.`,
    next: "none",
  },
  "vote.revisions_exhausted": {
    title: msg`Your vote can’t be changed any more`,
    text: msg`You have changed it as often as this decision allows. Your newest recorded ballot counts.`,
    next: "none",
  },
  "vote.nothing_to_withdraw": {
    title: msg`There is no vote of yours to take back`,
    text: msg`Nothing of yours is counted in this decision. You can vote until it closes.`,
    next: "choice",
  },
  "vote.final": {
    title: msg`Votes in this decision are final`,
    text: msg`Nothing was changed: what you have cast stays counted.`,
    next: "none",
  },
  "vote.not_on_roll": {
    title: msg`You are not on this decision’s roll`,
    text: msg`Nothing was recorded. Only voters on the roll can vote here. Ask the organiser if you should be on it.`,
    next: "none",
  },
  "vote.unknown_region": {
    title: msg`Your ballot token names a region that this decision does not have`,
    text: msg`Nothing was recorded. Ask the organiser for a new ballot token.`,
    next: "token",
  },
  "vote.weight_too_large": {
    title: msg`Your ballot token carries more weight than this decision allows`,
    text: msg`Nothing was recorded. Ask the organiser for a new ballot token.`,
    next: "token",
  },
  "vote.proof_required": {
    title: msg`A vote is changed only with its receipt`,
    text: msg`Nothing was changed. Your recorded vote stands: to change it, use the browser that you voted in, or give your newest receipt with your choice. If you have never voted, tell the organiser: somebody else may have.`,
    next: "choice",
  },
  "vote.nonce_reused": {
    title: msg`This vote was mixed up with another one`,
    text: msg`Nothing new was recorded. Choose again and cast your vote once more.`,
    next: "choice",
  },
  "decision.not_open": {
    title: msg`Voting has not opened yet`,
    text: msg`Nothing was recorded. Your ballot token stays good: come back when voting opens.`,
    next: "choice",
  },
  "decision.closed": {
    title: msg`Voting has closed`,
    text: msg`No ballot is accepted after closing, and this one was not recorded.`,
    next: "none",
  },
  "decision.not_found": {
    title: msg`This decision does not exist any more`,
    text: msg`Nothing was recorded. Ask the organiser where to vote.`,
    next: "none",
  },
  "token.expired": {
    title: msg`Your ballot token has expired`,
    text: msg`Nothing was recorded. Ask the organiser for a new one.`,
    next: "token",
  },
  "token.wrong_decision": {
    title: msg`This ballot token is for another decision`,
    text: msg`Nothing was recorded. Use the token that was issued for this one.`,
    next: "token",
  },
  "token.superseded": {
    title: msg`Your ballot token is of an earlier roll`,
    text: msg`Nothing was recorded. Ask the organiser for a new one.`,
    next: "token",
  },
};

const badToken: Told = {
  title: msg`This ballot token was not accepted`,
  text: msg`It may be cut off or issued elsewhere. Copy the whole token and paste it again, or ask the organiser for a new one.`,
  next: "token",
};

const doubt: Told = {
  title: msg`We don’t know whether your vote was recorded`,
  text: msg`An earlier try went unanswered, and now your ballot token is not accepted any more. Ask the organiser, who can tell.`,
  next: "none",
};

const unnamed: Told = {
  title: msg`Your vote was not accepted`,
  text: msg`The server refused it without a reason. Ask the organiser what to do.`,
  next: "choice",
};

/**
 * A refusal in plain words; `isDoubtful` as in `VoteAnswer`. Codes that are not known here fall back
 * on the server's own sentence, or its code where that is in another language.
 */
export function explainRefusal(i18n: I18n, problem: ApiProblem, isDoubtful: boolean): Explanation {
  const told = findTold(problem, isDoubtful);
  const text = told === unnamed ? refusalText(i18n, problem) : i18n._(told.text);
  return { title: i18n._(told.title), text, next: told.next };
}

function findTold({ code, status }: ApiProblem, isDoubtful: boolean): Told {
  if (isDoubtful) return doubt;
  return explanations[code] ?? (status === 401 ? badToken : unnamed);
}
