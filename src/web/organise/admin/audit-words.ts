import type { I18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { AuditLogFault, ShownAuditEntry } from "../../../audit-log/audit-log-check.ts";

/** What was done, in words; what has none yet stands under its own name. */
export function auditActionWords(
  i18n: I18n,
  { action, facts }: Pick<ShownAuditEntry, "facts"> & { action: string },
): string {
  const voters = Number(facts["voters"] ?? 0);
  switch (action) {
    case "decision.created":
      return t(i18n)`Drafted`;
    case "decision.amended":
      return t(i18n)`Draft changed`;
    case "decision.opened":
      return t(i18n)`Opened: the terms are frozen`;
    case "decision.closed":
      return t(i18n)`Closed by the organiser`;
    case "decision.cancelled":
      return t(i18n)`Cancelled`;
    case "decision.deleted":
      return t(i18n)`Draft deleted`;
    case "decision.rebuilt":
      return t(i18n)`Sent to the database again`;
    case "decision.forgetting_begun":
      return t(i18n)`Forgetting begun: the keys are destroyed`;
    case "decision.forgotten":
      return t(i18n)`Voters and ballots forgotten`;
    case "map.drawn":
      return t(i18n)`Map of regions uploaded`;
    case "roll.imported":
      return t(i18n)`Roll uploaded`;
    case "roll.marked":
      return t(
        i18n,
      )`${plural(voters, { one: "Told of # voter whether they have voted", other: "Told of # voters whether they have voted" })}`;
    case "tokens.issued":
      return t(
        i18n,
      )`${plural(voters, { one: "Ballot tokens issued for # voter", other: "Ballot tokens issued for # voters" })}`;
    case "tokens.revoked":
      return t(
        i18n,
      )`${plural(voters, { one: "Ballot tokens revoked of # voter", other: "Ballot tokens revoked of # voters" })}`;
    case "key.issued":
      return t(i18n)`Key issued`;
    case "key.revoked":
      return t(i18n)`Key revoked`;
    case "station_key.issued":
      return t(i18n)`Key issued to a polling station`;
    case "station_key.revoked":
      return t(i18n)`Key of a polling station revoked`;
    case "decision.restored":
      return t(i18n)`Restored from a backup`;
    case "shard.recovered":
      return t(i18n)`A shard taken back to an earlier time`;
    case "record.backed_up":
      return t(i18n)`Backup begun`;
    case "record.restored":
      return t(i18n)`Deployment restored from a backup`;
    case "dead_letter.dismissed":
      return t(i18n)`Dead letter dropped`;
    default:
      return action;
  }
}

/** What breaks a log's chain, in a sentence. */
export function auditFaultWords(i18n: I18n, { at, seq }: AuditLogFault): string {
  if (at === "head")
    return t(
      i18n,
    )`The log ends with entry ${seq}, and its kept end says otherwise: entries were cut off.`;
  if (at === "seq") return t(i18n)`Entry ${seq} is missing: another stands in its place.`;
  return t(
    i18n,
  )`Entry ${seq} does not have the hash of what stands in it: it or one before it was changed.`;
}
