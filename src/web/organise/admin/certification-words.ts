import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { Answer } from "../../../client/routes.ts";

export type CertificationView = Answer<"GET /api/v1/decisions/{decisionId}/certification">;
export type CertificationWaitView = CertificationView["waits_for"][number];

/** What a decision waits for before it is certified, and what to do about it. */
export function certificationWaitWords(
  i18n: I18n,
  { cause, shards }: CertificationWaitView,
): string {
  const count = shards.length;
  switch (cause) {
    case "extension":
      return t(
        i18n,
      )`Its time is over, and a part of the record has not said yet whether voting goes on. It is asked again by itself.`;
    case "seals":
      return t(
        i18n,
      )`${plural(count, { one: "# part of the record has not given its last word.", other: "# parts of the record have not given their last word." })} They are asked again by themselves.`;
    case "publication":
      return t(i18n)`Its ballots are being published. This goes on by itself.`;
    case "row_check":
      return t(
        i18n,
      )`Its rows in the database are being compared with the record. This goes on by itself.`;
    case "database_unavailable":
      return t(
        i18n,
      )`The database does not answer. It is asked again by itself; an administrator sees why.`;
    case "ballots":
      return t(
        i18n,
      )`${plural(count, { one: "Ballots of # part of the record are not all in the database.", other: "Ballots of # parts of the record are not all in the database." })} If that lasts, look at the dead letters, then send the decision to the database again.`;
    case "dead_letters":
      return t(
        i18n,
      )`The database has refused ballots: an administrator has to look at the dead letters.`;
    case "results":
      return t(
        i18n,
      )`Its results by region are not in the database yet. If that lasts, send the decision to the database again.`;
    default:
      return t(i18n)`Nothing is missing any more: the next check certifies it.`;
  }
}
