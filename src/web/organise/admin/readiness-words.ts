import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { Answer } from "../../../client/routes.ts";

export type DeploymentState = Answer<"GET /api/v1/service">;
export type ServiceCause = DeploymentState["causes"][number];

/** A cause in words: what is the case, what that means, and what to do next. */
export type CauseWords = { what: string; next: string };

/** What is the case and what to do about it, for each cause that a deployment may name. */
export function readinessCauseWords(i18n: I18n, { code, detail }: ServiceCause): CauseWords {
  switch (code) {
    case "database.unwell":
      return databaseWords(i18n, detail ?? "");
    case "database.filling":
      return {
        what: t(i18n)`The database is filling up.`,
        next: t(
          i18n,
        )`Nothing is lost, also when it is full. Plan ahead: move to Postgres, or forget old decisions.`,
      };
    case "database.replica_unwell":
      return {
        what: t(i18n)`A copy of the database for readers does not answer, or is far behind.`,
        next: t(
          i18n,
        )`Nothing waits for it: the database itself answers. Look at the copy and at what it follows.`,
      };
    case "vote_log.unwell":
      return {
        what: t(i18n)`The vote log between record and database has a fault.`,
        next: t(
          i18n,
        )`Votes are taken and wait in the record. Check its settings, topics and gateway.`,
      };
    case "vote_log.ballots_wait":
      return {
        what: t(i18n)`Ballots have waited for the database for minutes.`,
        next: t(
          i18n,
        )`They are counted in the record. If nothing else stands here, look at the dead letters, then whether the queue is paused or full.`,
      };
    case "vote_log.shards_cannot_send":
      return {
        what: t(i18n)`Parts of the record can’t send their ballots on.`,
        next: t(i18n)`They try again by themselves. Mend what is named here.`,
      };
    case "vote_log.writer_waits":
      return {
        what: t(i18n)`What writes ballots into the database can’t write.`,
        next: t(i18n)`It tries again by itself. Mend what is named here.`,
      };
    case "registry.no_answer":
      return {
        what: t(i18n)`The registry does not answer: nobody knows what waits.`,
        next: t(
          i18n,
        )`Wait a minute and look again, then look at the log and at Cloudflare’s own status.`,
      };
    case "certification.waiting":
      return {
        what: t(i18n)`Decisions that are over wait to be certified for ten minutes or more.`,
        next: t(i18n)`They stand below, each with what it waits for.`,
      };
    case "logins.misconfigured":
      return {
        what: t(i18n)`The list of trusted login services can’t be read: voters can’t log in.`,
        next: t(i18n)`Mend the variable that is named here, and deploy again.`,
      };
    case "challenge.misconfigured":
      return {
        what: t(
          i18n,
        )`The challenge before a login has settings that are of no use: voters can’t log in.`,
        next: t(
          i18n,
        )`Mend the variable that is named here, or switch the challenge off, and deploy again.`,
      };
    case "search.unwell":
      return {
        what: t(i18n)`The search does not do its work.`,
        next: t(
          i18n,
        )`Votes, results and lists go on without it. Mend what is named here, or fill it again where that is named: what changes meanwhile is found afterwards.`,
      };
    case "search.behind":
      return {
        what: t(i18n)`The search is behind: what has changed in the last minutes is not found.`,
        next: t(
          i18n,
        )`If nothing else stands here, look whether its queue is paused or full, and at the dead letters.`,
      };
    default:
      return {
        what: t(i18n)`The cache of results does not work.`,
        next: t(
          i18n,
        )`Nothing waits for it: results are only slower. Check its address, memory and rights.`,
      };
  }
}

type DatabaseSign = readonly [sign: RegExp, next: (i18n: I18n) => string];

/** What databases say of themselves, by what is to be done. */
const databaseSigns: readonly DatabaseSign[] = [
  [
    /migrations/i,
    (i18n) =>
      t(i18n)`Apply the migrations: “npm run deploy” for D1, “npx enviro migrate” for Postgres.`,
  ],
  [
    /refuses the login|no such database|member of/i,
    (i18n) => t(i18n)`Set up the Worker’s login and rights again, as the guide to deploying says.`,
  ],
  [
    /full|no memory|no connection left|more requests/i,
    (i18n) =>
      t(i18n)`Give it more room, memory or connections. Ballots wait meanwhile, and none is lost.`,
  ],
  [
    /lock|too long|does not answer|starting up|no writes/i,
    (i18n) =>
      t(
        i18n,
      )`Wait some minutes, then look at the database itself. Ballots wait meanwhile, and none is lost.`,
  ],
  [
    /DATABASE|HYPERDRIVE/,
    (i18n) =>
      t(
        i18n,
      )`Mend the setting that is named here, and deploy again. Ballots wait meanwhile, and none is lost.`,
  ],
];

function databaseWords(i18n: I18n, detail: string): CauseWords {
  const found = databaseSigns.find(([sign]) => sign.test(detail));
  return {
    what: t(
      i18n,
    )`The database does not do its work. Votes are taken all the same; lists, exports and certificates wait.`,
    next: found?.[1](i18n) ?? t(i18n)`Look at the database itself.`,
  };
}

const harmless: ReadonlySet<ServiceCause["code"]> = new Set([
  "database.filling",
  "database.replica_unwell",
  "cache.unwell",
  "search.unwell",
  "search.behind",
]);

/** Whether a cause keeps the deployment from some of its work. */
export function isProblemCause({ code }: Pick<ServiceCause, "code">): boolean {
  return !harmless.has(code);
}
