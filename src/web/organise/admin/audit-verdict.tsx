import { Trans, useLingui } from "@lingui/react/macro";
import { CopyButton } from "../../ui/copy-button.tsx";
import { formatHash, formatInteger } from "../../i18n/format.ts";
import { auditFaultWords } from "./audit-words.ts";
import type { CheckedAuditLog } from "./read-audit-log.ts";

/** Whether the log's chain is whole, and its end to be noted down. */
export function AuditVerdict({ log: { entries, head, fault, isCut } }: { log: CheckedAuditLog }) {
  const { i18n } = useLingui();
  const digits = formatInteger(i18n, entries.length);
  if (fault !== null) {
    return (
      <div className="report-box bad" role="alert">
        <h2>
          <Trans>The chain is broken</Trans>
        </h2>
        <p>{auditFaultWords(i18n, fault)}</p>
        <p>
          <Trans>
            Save the log as it is, tell your auditors, and compare it with a head that was noted
            down before.
          </Trans>
        </p>
      </div>
    );
  }
  const noted = `${head.seq} ${head.hash}`;
  return (
    <div className="report-box good" role="status">
      <h2>
        {isCut ? (
          <Trans>The chain holds as far as it was read</Trans>
        ) : (
          <Trans>The chain is whole</Trans>
        )}
      </h2>
      {entries.length === 0 ? (
        <p>
          <Trans>Nothing stands in it yet.</Trans>
        </p>
      ) : null}
      <p>
        <Trans>
          This browser has made the hash of each of {digits} entries again, from the first to the
          last.
        </Trans>
      </p>
      <p>
        <Trans>
          Note down its head from time to time, away from here: whoever rewrites the whole log can’t
          bring that head about again.
        </Trans>
      </p>
      <p>
        <code dir="ltr">
          {head.seq} {formatHash(head.hash)}
        </code>
      </p>
      <p>
        <CopyButton text={noted}>
          <Trans>Copy the head</Trans>
        </CopyButton>
      </p>
    </div>
  );
}
