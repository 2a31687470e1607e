import type { I18n, MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Refusal } from "../../api/read-api.ts";
import { refusalText } from "../../api/refusal-text.ts";
import type { ApiProblem } from "../../contract.ts";
import type { RunningPage } from "../organise-addresses.ts";

/** What was refused, in a sentence, and where to go on: a page of the decision, or here. */
export interface RefusalWords {
  title: string;
  text: string;
  goTo: RunningPage | "terms" | null;
}

type Told = { title: MessageDescriptor; text: MessageDescriptor; goTo?: RunningPage | "terms" };

const opening: Record<string, Told> = {
  "decision.no_end": {
    title: msg`Nothing would end this decision`,
    text: msg`Nothing was changed. Set when voting closes, or say in the terms that you close it yourself.`,
    goTo: "terms",
  },
  "decision.window_passed": {
    title: msg`The time for voting has already passed`,
    text: msg`Nothing was changed. Set a closing time that is still to come.`,
    goTo: "terms",
  },
  "roll.missing": {
    title: msg`There is no roll yet`,
    text: msg`Nothing was changed. Upload the list of who may vote first.`,
    goTo: "roll",
  },
  "roll.outdated": {
    title: msg`The roll does not fit the terms any more`,
    text: msg`Regions or sizes were changed after the roll was uploaded. Upload the roll again.`,
    goTo: "roll",
  },
  "roll.refused_rows": {
    title: msg`Some rows of the roll were left out`,
    text: msg`Nothing was opened. Mend these rows and upload the roll again, or confirm that these voters are missing.`,
    goTo: "roll",
  },
  "roll.small_cells": {
    title: msg`Few voters share their region and weight`,
    text: msg`Nothing was opened. Totals could show how some of them vote. Give more voters one weight, or confirm that you publish them all the same.`,
    goTo: "roll",
  },
  "roll.small_groups": {
    title: msg`A group of regions has few voters`,
    text: msg`Nothing was opened. The result would show how many of these few have voted. Keep their votes with the others’, or confirm that you open it all the same.`,
    goTo: "terms",
  },
};

const ending: Record<string, Told> = {
  "decision.already_ended": {
    title: msg`This decision has already ended`,
    text: msg`Nothing was changed. Its records say how it ended.`,
    goTo: "records",
  },
  "decision.not_open": {
    title: msg`This decision is not open`,
    text: msg`Nothing was changed. It has to be opened first.`,
    goTo: "running",
  },
  "decision.not_over": {
    title: msg`This decision can’t be closed early`,
    text: msg`Its terms were frozen without that. It closes at its time; cancelling it would end it without a result.`,
  },
  "decision.closed": {
    title: msg`Voting has closed`,
    text: msg`Nothing was changed: this can be done before the close alone.`,
    goTo: "records",
  },
  "decision.forgotten": {
    title: msg`Voters and single ballots are forgotten`,
    text: msg`The retention that was chosen has passed. Result, certificate and the log of what was done are there for ever.`,
    goTo: "records",
  },
  "manifest.none": {
    title: msg`This decision is not opened yet`,
    text: msg`Nothing was changed. Open it first: what is done from then on is public.`,
    goTo: "running",
  },
};

const voters: Record<string, Told> = {
  "token.too_early": {
    title: msg`Links can’t be issued yet`,
    text: msg`Nothing was issued. Upload the roll first; without a roll, open the decision first.`,
    goTo: "roll",
  },
  "voter.invalid_id": {
    title: msg`A voter’s number or name can’t be read`,
    text: msg`Nothing was done for this part. It is longer than 255 characters, empty, or has invisible characters in it. Mend the file and choose it again.`,
  },
  "vote.unknown_region": {
    title: msg`A voter’s region is none of this decision’s`,
    text: msg`Nothing was issued for this part. Write the regions in your file as the terms name them, and choose it again.`,
    goTo: "terms",
  },
  "vote.weight_too_large": {
    title: msg`A voter’s weight is above the largest of this decision`,
    text: msg`Nothing was issued for this part. Mend the weights in your file, and choose it again.`,
    goTo: "terms",
  },
  "vote.statement_not_published": {
    title: msg`This decision publishes no names`,
    text: msg`Only roll calls do. Leave the names out.`,
  },
  "roll.open_electorate": {
    title: msg`This decision has no roll`,
    text: msg`Whoever has a link may vote, so there is no list to look in.`,
    goTo: "terms",
  },
  "register.not_ready": {
    title: msg`Who has voted is told after the close`,
    text: msg`Nothing was told. Come back once voting has closed; a cancelled decision has no register.`,
  },
  "register.bad_line": {
    title: msg`A line of the file can’t be read`,
    text: msg`It has more or fewer fields than the first line, or a quote that is not closed. Nothing was told of this part.`,
  },
  "register.too_many_rows": {
    title: msg`Too many voters at once`,
    text: msg`Nothing was told. Load the page again, and try once more: it sends parts that are small enough.`,
  },
  "roll.unknown_encoding": {
    title: msg`The file’s letters can’t be read`,
    text: msg`Save it as CSV UTF-8, or as an Excel workbook, and choose it again.`,
  },
  "roll.missing_column": {
    title: msg`The column with the voters is missing`,
    text: msg`Choose which column names the voters, as the roll does.`,
  },
};

const stations: Record<string, Told> = {
  "vote.stations_excluded": {
    title: msg`This decision takes no votes from stations`,
    text: msg`That was frozen in its terms: voters vote themselves, with their link.`,
  },
  "station_key.replaces_votes": {
    title: msg`Ask an administrator for these keys`,
    text: msg`Stations of this decision replace votes that were cast before. Who issues ballot links must not do that as well, so an administrator issues the keys.`,
  },
  "keys.full": {
    title: msg`There are too many keys`,
    text: msg`No key was issued. Revoke keys that are no longer used, then try again.`,
  },
  "key.not_found": {
    title: msg`This key is not there any more`,
    text: msg`It was revoked already, or an administrator issued it, who alone revokes it.`,
  },
  "look_up.token_refused": {
    title: msg`This is no good ballot link of this decision`,
    text: msg`Nobody was looked up, and nothing was counted. Ask the voter for the newest letter or link.`,
  },
  "vote.invalid_choice": {
    title: msg`A vote is none of yes, no and abstain`,
    text: msg`Nothing was counted. Mend the file, and choose it again.`,
  },
  "vote.nonce_required": {
    title: msg`The votes were not complete`,
    text: msg`Nothing was counted. Load the page again, then choose the file again.`,
  },
  "decision.extension_pending": {
    title: msg`Whether voting is extended is being decided`,
    text: msg`Nothing was counted. Try again in a few seconds.`,
  },
};

const anywhere: Record<string, Told> = {
  "publication.not_ready": {
    title: msg`The votes are not published yet`,
    text: msg`They are once the decision is certified, mostly seconds after its close.`,
  },
  "shard.unavailable": {
    title: msg`It is recorded, and not done everywhere yet`,
    text: msg`A part of the system did not answer in time. Trying again does no harm.`,
  },
  "shard.overloaded": {
    title: msg`There is too much to do this second`,
    text: msg`Nothing was changed. Try again in a few seconds.`,
  },
  "body.too_large": {
    title: msg`The file is too large`,
    text: msg`Nothing was changed. Leave out columns that are not needed, or do it in parts.`,
  },
  "role.forbidden": {
    title: msg`Your sign-in may not do this`,
    text: msg`Nothing was changed. Ask an administrator, or sign in with another key.`,
  },
  "decision.not_found": {
    title: msg`There is no such decision for you`,
    text: msg`It may belong to somebody else, or was deleted. Look through your decisions.`,
  },
};

const told: Record<string, Told> = { ...opening, ...ending, ...voters, ...stations, ...anywhere };

const sessionOver: Told = {
  title: msg`You are signed out`,
  text: msg`Nothing was changed. Sign in again in another tab, then try again here: what you have on this page stays.`,
};
const tooMany: Told = {
  title: msg`There are too many requests right now`,
  text: msg`Nothing was changed. Wait a few seconds, then try again.`,
};
const serverFailed: Told = {
  title: msg`The server could not answer`,
  text: msg`It is busy or being repaired. Try again in a moment.`,
};
const noAnswer: Told = {
  title: msg`No answer came`,
  text: msg`It may have been done all the same. Check your connection, then try again: doing it twice does no harm.`,
};
const unnamed: Told = { title: msg`This was refused`, text: msg`Nothing was changed.` };

/** Codes that have a sentence of their own. */
export const toldCodes: ReadonlySet<string> = new Set(Object.keys(told));

/** Says what was refused, and what to do next. What has no sentence here is told by its code. */
export function refusalWords(i18n: I18n, error: unknown): RefusalWords {
  const problem = error instanceof Refusal ? error.problem : null;
  const { title, text, goTo = null } = problem === null ? noAnswer : find(problem);
  return {
    title: i18n._(title),
    text: text === unnamed.text && problem !== null ? refusalText(i18n, problem) : i18n._(text),
    goTo,
  };
}

function find({ code, status }: ApiProblem): Told {
  const found = told[code];
  if (found !== undefined) return found;
  if (status === 401 || code.startsWith("session.")) return sessionOver;
  if (status === 429) return tooMany;
  return status >= 500 ? serverFailed : unnamed;
}
