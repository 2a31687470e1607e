import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { Answer } from "../../../client/routes.ts";

export type ListedDeadLetter = Answer<"GET /api/v1/dead-letters">["items"][number];
type ReplayOutcome = Answer<"POST /api/v1/dead-letters/{deadLetterId}/replay">["outcome"];

/** Why something became a dead letter, by what is to be done about it. */
export type DeadLetterKind = "unreadable" | "refused_value" | "refused";

/** Signs in the database's words that a value of the ballot is what it does not take. */
const valueSigns =
  /constraint|check|not[- ]null|too (?:big|long|large)|out of range|mismatch|TOOBIG/i;

export function deadLetterKindOf({ decision_id, cause }: ListedDeadLetter): DeadLetterKind {
  if (decision_id === null) return "unreadable";
  return valueSigns.test(cause) ? "refused_value" : "refused";
}

/** What happened, and what to do next. */
export function deadLetterWords(i18n: I18n, kind: DeadLetterKind): { what: string; next: string } {
  switch (kind) {
    case "unreadable":
      return {
        what: t(i18n)`A record that this deployment can’t read came out of the vote log.`,
        next: t(
          i18n,
        )`Write it again after an update: a newer release may read it. If it still can’t be read, it is not from here, and can be dropped.`,
      };
    case "refused_value":
      return {
        what: t(i18n)`The database does not take a value of this ballot.`,
        next: t(
          i18n,
        )`Its tables are not as this release wants them. Apply the migrations, then write it again.`,
      };
    default:
      return {
        what: t(i18n)`The database refused this ballot whenever it was tried.`,
        next: t(i18n)`Mend what the cause below names, then write it again.`,
      };
  }
}

/** What came of writing one again. */
export function replayOutcomeWords(i18n: I18n, outcome: ReplayOutcome): string {
  switch (outcome) {
    case "landed":
      return t(i18n)`Done: the ballot is in the database.`;
    case "refused":
      return t(i18n)`The database refuses it still. Mend the cause first.`;
    case "not_recorded":
      return t(i18n)`The record has no such ballot: it never was a vote, and was dropped.`;
    default:
      return t(i18n)`Nothing in it can be written. It can be dropped.`;
  }
}
