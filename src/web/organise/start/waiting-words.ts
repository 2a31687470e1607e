import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { ManagedDecision } from "./managed-decisions.ts";

/** Whose turn it is with a decision. */
export type Turn = "yours" | "voters" | "service" | "nobody";

/** What a decision waits for, as far as its own terms say. */
export type DecisionWait =
  | "roll"
  | "window"
  | "opening"
  | "beginning"
  | "votes"
  | "closing"
  | "seals"
  | "certificate"
  | "nothing";

/** What a decision waits for at `now` (ms). */
export function waitOf(decision: ManagedDecision, now: number): DecisionWait {
  const { status, electorate, roll, closes_at: closesAt } = decision;
  switch (status) {
    case "draft":
      if (closesAt !== null && Date.parse(closesAt) <= now) return "window";
      return electorate === "roll" && roll === null ? "roll" : "opening";
    case "scheduled":
      return "beginning";
    case "open":
      return closesAt === null ? "closing" : "votes";
    case "closing":
      return "seals";
    case "closed":
      return "certificate";
    default:
      return "nothing";
  }
}

const turns: Readonly<Record<DecisionWait, Turn>> = {
  roll: "yours",
  window: "yours",
  opening: "yours",
  beginning: "voters",
  votes: "voters",
  closing: "yours",
  seals: "service",
  certificate: "service",
  nothing: "nobody",
};

/** Whose turn it is. */
export function turnOf(wait: DecisionWait): Turn {
  return turns[wait];
}

/** What is to be done next, in a sentence. */
export function waitWords(i18n: I18n, wait: DecisionWait): string {
  switch (wait) {
    case "roll":
      return t(i18n)`Its roll is missing. Upload the list of voters.`;
    case "window":
      return t(i18n)`The end of its voting time has passed. Set a later one.`;
    case "opening":
      return t(i18n)`It can be opened. Look it over first: opening freezes its terms.`;
    case "beginning":
      return t(i18n)`It opens by itself.`;
    case "votes":
      return t(i18n)`Voters are voting. It closes by itself.`;
    case "closing":
      return t(i18n)`Voters are voting. It has no end of its own: close it when it is time.`;
    case "seals":
      return t(i18n)`Its last ballots are being counted. That takes seconds.`;
    case "certificate":
      return t(i18n)`Its ballots are being published and compared. That takes minutes at most.`;
    default:
      return "";
  }
}
