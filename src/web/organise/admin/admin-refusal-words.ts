import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { refusalText } from "../../api/refusal-text.ts";
import type { ApiProblem } from "../../contract.ts";

/** Why an administrator's call was refused, and what to do; by its code where no words are here. */
export function adminRefusalWords(i18n: I18n, problem: ApiProblem): string {
  switch (problem.code) {
    case "keys.full":
      return t(i18n)`There is no room for another key. Revoke keys that nobody uses any more.`;
    case "key.not_found":
      return t(i18n)`This key is not there any more: somebody has revoked it.`;
    case "dead_letter.not_found":
      return t(i18n)`This dead letter is not there any more: somebody has dealt with it.`;
    case "dead_letter.replayable":
      return t(
        i18n,
      )`This one can be written again, so it can’t be dropped. Write it again instead.`;
    case "results.sealed":
      return t(
        i18n,
      )`Its decision still hides its counts, and this would tell of single ballots. Wait for its close.`;
    case "database.unavailable":
      return t(i18n)`The database does not answer. Nothing was changed; try again in a moment.`;
    case "decision.not_found":
      return t(i18n)`There is no such decision. Check its id.`;
    case "role.forbidden":
      return t(i18n)`Your key may not do this. Sign in with one that may.`;
    case "rate.exceeded":
      return t(i18n)`There are too many requests right now. Wait ten seconds, then try again.`;
    case "body.invalid":
      return t(i18n)`Something in the form is not right. Check each field.`;
    default:
      return refusalText(i18n, problem);
  }
}
