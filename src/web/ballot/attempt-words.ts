import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { choiceWord } from "../results/choice-words.ts";
import type { VoteAttempt } from "./send-vote.ts";

/** What the page says of a vote, or of one that is taken back, on its way and after. */
export interface AttemptWords {
  sending: string;
  recorded: string;
  /** Of a ballot that was found in this browser. */
  found: string;
  busy: string;
  unknown: string;
  /** Before anything was sent. */
  waiting: string;
  again: string;
}

export function attemptWords(i18n: I18n, choice: VoteAttempt["choice"]): AttemptWords {
  if (choice === "withdrawn") {
    return {
      sending: t(i18n)`Taking your vote back…`,
      recorded: t(i18n)`Your vote is taken back`,
      found: t(i18n)`You have taken your vote back`,
      busy: t(i18n)`The server is busy; your vote is not taken back yet`,
      unknown: t(i18n)`We don’t know yet whether your vote was taken back`,
      waiting: t(i18n)`Your vote is not taken back yet`,
      again: t(i18n)`Vote again`,
    };
  }
  const word = choiceWord(i18n, choice);
  return {
    sending: t(i18n)`Sending your vote…`,
    recorded: t(i18n)`Your vote, ${word}, is recorded`,
    found: t(i18n)`You have voted ${word}`,
    busy: t(i18n)`The server is busy; your vote is not recorded yet`,
    unknown: t(i18n)`We don’t know yet whether your vote arrived`,
    waiting: t(i18n)`Your vote is not yet accepted`,
    again: t(i18n)`Change my vote`,
  };
}
