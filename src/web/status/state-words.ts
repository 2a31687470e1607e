import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { ApiStatus } from "../contract.ts";

export type OverallState = ApiStatus["state"];
export type CheckedDecision = ApiStatus["decisions"][number];
export type CheckedStage = CheckedDecision["stages"][number];

/** What the whole is called, and what that means. */
export const serviceStateWords: Record<
  OverallState,
  { title: MessageDescriptor; text: MessageDescriptor }
> = {
  ok: {
    title: msg`Everything agrees`,
    text: msg`Within the last minute every decision under way was checked at each step, and nothing is missing.`,
  },
  idle: {
    title: msg`Everything works`,
    text: msg`No decision is under way, so there is nothing to compare.`,
  },
  degraded: {
    title: msg`A part has a problem`,
    text: msg`Votes are safe in the record. What the problem is, is named below.`,
  },
  not_checked: {
    title: msg`Not checked`,
    text: msg`The last check is more than a minute ago, or could not look everywhere. Nothing is known to be wrong.`,
  },
  broken: {
    title: msg`Something does not agree`,
    text: msg`What was counted at one step is not what it must be. The record of the ballots is kept apart from it.`,
  },
};

/** What is said of a decision by its last check. */
export const checkStateWords: Record<CheckedDecision["state"], MessageDescriptor> = {
  agrees: msg`Agrees`,
  behind: msg`On its way`,
  broken: msg`Does not agree`,
  not_checked: msg`Not checked`,
};

/** What the steps of a ballot are called. */
export const recordStageNames: Record<CheckedStage["stage"], MessageDescriptor> = {
  tallied: msg`Tallied`,
  stored: msg`Stored`,
  published: msg`Published`,
};

/** What a step's state is called in a word. */
export const stageStateWords: Record<CheckedStage["state"], MessageDescriptor> = {
  agrees: msg`Agrees`,
  behind: msg`On its way`,
  broken: msg`Does not agree`,
  unknown: msg`Not checked`,
  later: msg`Later`,
};

/** What is broken, by the step. */
export const brokenWords: Record<CheckedStage["stage"], MessageDescriptor> = {
  tallied: msg`The tally that is shown is not what the ballots come to.`,
  stored: msg`The database does not hold the ballots that the record has sent it.`,
  published: msg`Not every ballot is in the publication.`,
};

/** Why a step waits, or could not be looked at. */
export const causeWords: Record<NonNullable<CheckedStage["cause"]>, MessageDescriptor> = {
  voting: msg`Comes once the decision is closed.`,
  shards: msg`A part of the record did not answer in time.`,
  log: msg`The log between record and database takes no ballots. They wait in the record.`,
  on_the_way: msg`Ballots are on their way into the database.`,
  dead_letters: msg`The database has refused ballots. They are kept, and somebody must see to them.`,
  database: msg`The database does not answer.`,
  archived: msg`Ballots were moved from the database into an archive.`,
  row_check: msg`The database is being compared with the record row by row.`,
  ballots: msg`Waits until the database has every ballot.`,
  publication: msg`The ballots are being published.`,
  next_check: msg`Nothing is missing. The next check certifies it.`,
};

/** What keeps a part of the service from its work. */
export const problemWords: Record<ApiStatus["causes"][number], MessageDescriptor> = {
  "database.unwell": msg`The database does not do all its work. Ballots wait in the record.`,
  "database.filling": msg`The database is filling up. It works as before.`,
  "database.replica_unwell": msg`A copy of the database for readers is away. The database itself answers them.`,
  "vote_log.unwell": msg`The log between record and database has a fault. Ballots wait in the record.`,
  "vote_log.ballots_wait": msg`Ballots have waited for the database for minutes. They are counted in the record.`,
  "vote_log.shards_cannot_send": msg`Parts of the record can’t send their ballots on. They try again by themselves.`,
  "vote_log.writer_waits": msg`What writes ballots into the database can’t write. It tries again by itself.`,
  "registry.no_answer": msg`The list of what waits does not answer.`,
  "certification.waiting": msg`Decisions that are over have waited for long to be certified.`,
  "logins.misconfigured": msg`Voters can’t log in: the list of login services can’t be read.`,
  "challenge.misconfigured": msg`Voters can’t log in: the challenge before a login does not work.`,
  "cache.unwell": msg`The cache of results does not work. Results are only slower.`,
  "search.unwell": msg`The search does not work. Everything else goes on without it.`,
  "search.behind": msg`The search does not find what has changed in the last minutes.`,
};
