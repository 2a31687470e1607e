import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { I18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { findNotedHead, type CheckedAuditLog, type NotedHeadVerdict } from "./read-audit-log.ts";

/** Whether a head that somebody noted down earlier still stands in the log. */
export function NotedHeadCheck({ log }: { log: CheckedAuditLog }) {
  const { i18n } = useLingui();
  const [noted, setNoted] = useState("");
  const id = useId();
  const verdict = noted.trim() === "" ? null : findNotedHead(log, noted);
  return (
    <div className="form-field noted-head">
      <label htmlFor={id}>
        <Trans>A head that you noted down earlier</Trans>
      </label>
      <input
        id={id}
        dir="ltr"
        value={noted}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={`${id}-verdict`}
        onChange={({ target }) => setNoted(target.value)}
      />
      <p id={`${id}-verdict`} role="status">
        {verdict === null ? null : notedHeadWords(i18n, verdict)}
      </p>
    </div>
  );
}

function notedHeadWords(i18n: I18n, verdict: NotedHeadVerdict): string {
  switch (verdict) {
    case "there":
      return t(i18n)`It stands in this log: nothing up to it was rewritten.`;
    case "another":
      return t(
        i18n,
      )`Another entry stands there now: the log was rewritten since. Tell your auditors.`;
    case "later":
      return t(i18n)`The log is shorter than that: entries were cut off since. Tell your auditors.`;
    default:
      return t(i18n)`A head is a number, a blank and 64 digits and letters from a to f.`;
  }
}
