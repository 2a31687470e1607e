import { t } from "@lingui/core/macro";
import type { I18n } from "@lingui/core";
import type { ApiProblem } from "../../contract.ts";
import { formatInteger } from "../../i18n/format.ts";
import type { FileFailure } from "./roll-worker-messages.ts";

/** Why a file can't be read, and what to do next. */
export function sayFileFailure(i18n: I18n, failure: FileFailure): string {
  switch (failure.reason) {
    case "gone":
      return t(
        i18n,
      )`The file can’t be read any more: it was changed, moved or is open elsewhere. Close it there, and choose it again.`;
    case "empty":
      return t(i18n)`The file is empty. Choose another one.`;
    case "encoding": {
      const line = formatInteger(i18n, failure.line);
      return t(
        i18n,
      )`Row ${line} can’t be read in this encoding. Choose another encoding, or save the file as “CSV UTF-8”.`;
    }
    case "workbook_too_large": {
      const megabytes = formatInteger(i18n, failure.megabytesMax);
      return t(
        i18n,
      )`Workbooks are read up to ${megabytes} MB. Save the sheet as “CSV UTF-8”, which may be as long as it likes, and choose that file.`;
    }
    case "not_a_workbook":
      return t(
        i18n,
      )`This is no Excel workbook (.xlsx), or it is locked by a password. Save the sheet as “CSV UTF-8” and choose that file.`;
    case "too_many_rows": {
      const rows = formatInteger(i18n, failure.rowsMax);
      return t(i18n)`A roll has at most ${rows} voters.`;
    }
    default:
      return t(i18n)`Something went wrong while the file was read. Choose it again.`;
  }
}

/** Why the platform refuses an upload, and what to do next. */
export function sayUploadRefusal(i18n: I18n, { code, detail, title }: ApiProblem): string {
  switch (code) {
    case "roll.superseded":
      return t(
        i18n,
      )`Another import of this roll has begun meanwhile, perhaps by a colleague, so this one changed nothing. See below what is in force before you import again.`;
    case "roll.outdated":
      return t(
        i18n,
      )`The draft was changed meanwhile: its regions, its spelling rules or its size. This upload changed nothing. Choose the file again: it is checked against the new terms.`;
    case "roll.piece_changed":
      return t(
        i18n,
      )`The file has changed since the upload began. Nothing has changed on the roll. Choose the file again to begin anew.`;
    case "decision.not_draft":
      return t(
        i18n,
      )`The decision has been opened or ended meanwhile. Its roll can’t be changed any more.`;
    case "roll.open_electorate":
      return t(
        i18n,
      )`The decision is open to whoever holds a link, so it has no roll. Change who may vote in its terms first.`;
    case "roll.empty":
      return t(i18n)`No row of the file could be loaded, so the roll was not changed.`;
    case "roll.twins":
      return t(
        i18n,
      )`The file names a voter twice. Choose it again: the rows are shown side by side.`;
    case "role.forbidden":
      return t(i18n)`You may read this roll, but not change it.`;
    default:
      return detail ?? title ?? code;
  }
}
