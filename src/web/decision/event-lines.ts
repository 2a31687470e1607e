import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { ApiEvent } from "../contract.ts";

/** What was done, and when. */
export type EventLine = { at: string; text: string };

/**
 * What was done to a decision since its opening, a line each: when, and in words. What is done for
 * voters in several parts, one after the other, is one line, with the time of the last.
 */
export function eventLines(
  i18n: I18n,
  events: readonly Pick<ApiEvent, "at" | "action" | "facts">[],
): EventLine[] {
  const acts: { at: string; action: string; voters: number }[] = [];
  for (const { at, action, facts } of events) {
    const before = acts.at(-1);
    const isMore = isOfVoters(action) && before?.action === action;
    const voters = (isMore ? before.voters : 0) + Number(facts["voters"] ?? 0);
    if (isMore) acts.pop();
    acts.push({ at, action, voters });
  }
  return acts.map(({ at, action, voters }) => ({ at, text: actionWords(i18n, action, voters) }));
}

function isOfVoters(action: string): boolean {
  return action === "tokens.issued" || action === "tokens.revoked" || action === "roll.marked";
}

/** An action in words; what has none yet stands under its own name. */
function actionWords(i18n: I18n, action: string, voters: number): string {
  switch (action) {
    case "decision.created":
      return t(i18n)`Drafted`;
    case "decision.amended":
      return t(i18n)`Terms changed`;
    case "roll.imported":
      return t(i18n)`Roll uploaded`;
    case "decision.opened":
      return t(i18n)`Opened: the terms are frozen`;
    case "decision.closed":
      return t(i18n)`Closed by the organiser`;
    case "decision.cancelled":
      return t(i18n)`Cancelled: no result`;
    case "decision.forgetting_begun":
      return t(i18n)`Keys destroyed: voters and single ballots are being forgotten`;
    case "decision.forgotten":
      return t(i18n)`Voters and single ballots are forgotten`;
    case "decision.rebuilt":
      return t(i18n)`Lists and exports written again from the record`;
    case "decision.restored":
      return t(i18n)`Restored from a backup, with all that was in it`;
    case "shard.recovered":
      return t(i18n)`Some ballots taken back to an earlier time`;
    case "tokens.issued":
      return t(
        i18n,
      )`${plural(voters, { one: "Ballot tokens issued for # voter", other: "Ballot tokens issued for # voters" })}`;
    case "station_key.issued":
      return t(i18n)`A key issued to a polling station by the organiser`;
    case "station_key.revoked":
      return t(i18n)`A polling station’s key revoked`;
    case "tokens.revoked":
      return t(
        i18n,
      )`${plural(voters, { one: "Ballot tokens revoked of # voter", other: "Ballot tokens revoked of # voters" })}`;
    case "roll.marked":
      return t(
        i18n,
      )`${plural(voters, { one: "Told of # voter whether they have voted", other: "Told of # voters whether they have voted" })}`;
    default:
      return action;
  }
}
