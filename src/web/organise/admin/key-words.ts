import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import type { Answer } from "../../../client/routes.ts";

/** An API key as it is listed. */
export type ListedKey = Answer<"GET /api/v1/api-keys">["items"][number];
export type ListedRole = ListedKey["role"];

/** In the order in which they are listed. */
export const listedRoles = [
  "admin",
  "organiser",
  "auditor",
  "station",
] as const satisfies readonly ListedRole[];

/** What keys of a role are called together. */
export function keysOfRoleWords(i18n: I18n, role: ListedRole): string {
  switch (role) {
    case "admin":
      return t(i18n)`Administrators`;
    case "organiser":
      return t(i18n)`Organisers`;
    case "auditor":
      return t(i18n)`Auditors`;
    default:
      return t(i18n)`Polling stations`;
  }
}

/** What whoever holds a key of a role is called. */
export function roleNameWords(i18n: I18n, role: ListedRole): string {
  switch (role) {
    case "admin":
      return t(i18n)`Administrator`;
    case "organiser":
      return t(i18n)`Organiser`;
    case "auditor":
      return t(i18n)`Auditor`;
    default:
      return t(i18n)`Polling station`;
  }
}

/** What a key of a role lets its holder do. */
export function roleMeaningWords(i18n: I18n, role: ListedRole): string {
  switch (role) {
    case "admin":
      return t(
        i18n,
      )`Does everything but vote: reads every draft, runs every decision, issues and revokes keys.`;
    case "organiser":
      return t(i18n)`Drafts decisions and runs those of its owner. Nobody else sees its drafts.`;
    case "auditor":
      return t(i18n)`Reads the record, rolls by pseudonym and audit logs. Changes nothing.`;
    default:
      return t(i18n)`Casts votes for those who come to it, and looks up who is on the roll.`;
  }
}

/** What a key is good for. */
export function keyScopeWords(i18n: I18n, { role, decision_id, owner }: ListedKey): string {
  if (decision_id !== null) return t(i18n)`The decision ${decision_id}`;
  if (role === "organiser") return t(i18n)`The decisions of ${owner ?? ""}`;
  return t(i18n)`All decisions`;
}

/** What ends with a key, as sentences before it is revoked; `others` are the keys that stay. */
export function revocationWords(
  i18n: I18n,
  key: ListedKey,
  others: readonly ListedKey[],
): string[] {
  const { role, owner } = key;
  const first = t(
    i18n,
  )`Whoever uses this key is refused within half a minute, and sessions that were begun with it end. This can’t be undone.`;
  if (role === "organiser") {
    const isLast = !others.some((other) => other.role === "organiser" && other.owner === owner);
    const name = owner ?? "";
    return [
      first,
      isLast
        ? t(
            i18n,
          )`It is the last key of ${name}. Their decisions go on, but only administrators can run them until you issue another.`
        : t(i18n)`Decisions of ${name} go on, and the other keys of ${name} still run them.`,
    ];
  }
  if (role === "station") {
    return [
      first,
      t(i18n)`The station can cast no more votes with it. Votes that it has cast stay counted.`,
    ];
  }
  return [first];
}
