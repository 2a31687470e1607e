import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { eventLines } from "../../decision/event-lines.ts";
import { formatHash } from "../../i18n/format.ts";
import { Moment } from "../../ui/moment.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { readAuditLog, type CheckedAuditLog } from "../admin/read-audit-log.ts";
import { callApi } from "../api/organiser-api.ts";
import { RefusalNotice } from "../running/refusal-notice.tsx";

/** What was done to a decision and with which key; its chain is followed in this browser. */
export function DecisionLog({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["decision log", id],
    queryFn: () =>
      readAuditLog({
        subject: `decision ${id}`,
        readPage: (after_seq) =>
          callApi("GET /api/v1/decisions/{decisionId}/audit-log", {
            path: { decisionId: id },
            query: { after_seq, limit: 1_000 },
          }),
        onProgress: () => {},
      }),
  });
  return (
    <section className="running-part" aria-labelledby="log-title">
      <h2 id="log-title">
        <Trans>What was done, and by whom</Trans>
      </h2>
      {error === null ? null : <RefusalNotice error={error} onRetry={refetch} />}
      {data === undefined ? null : <LogTable log={data} />}
    </section>
  );
}

function LogTable({ log: { entries, head, fault, isCut } }: { log: CheckedAuditLog }) {
  const { i18n, t } = useLingui();
  return (
    <>
      {fault === null ? (
        <p role="status">
          <Plural
            value={entries.length}
            one="# entry, checked in this browser: each holds to the one before, up to the end."
            other="# entries, checked in this browser: each holds to the one before, up to the end."
          />
        </p>
      ) : (
        <p className="form-error" role="alert">
          <Trans>
            The chain is broken at entry {fault.seq}: the log was changed there, or a part of it is
            missing. Tell an auditor, and keep this page.
          </Trans>
        </p>
      )}
      {isCut ? (
        <p>
          <Trans>
            The log is longer than what is read here: its end was not checked. “npx enviro verify”
            reads all of it.
          </Trans>
        </p>
      ) : null}
      {/* A box that scrolls is reached by keyboard. */}
      <div className="log-box" tabIndex={0} role="group" aria-label={t`Entries of the log`}>
        <table className="key-table">
          <thead>
            <tr>
              <th scope="col">
                <Trans>When</Trans>
              </th>
              <th scope="col">
                <Trans>What</Trans>
              </th>
              <th scope="col">
                <Trans>By</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.seq}>
                <td>
                  <Moment iso={entry.at} />
                </td>
                <td>{eventLines(i18n, [entry])[0]?.text}</td>
                <td>
                  <code>{entry.actor.owner ?? entry.actor.role}</code>{" "}
                  <code>{entry.actor.key_id}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <Trans>
          Note down where the log ends. A log that was cut or rewritten later can’t reach it: entry{" "}
          {head.seq}, <code>{formatHash(head.hash)}</code>
        </Trans>
      </p>
      <CopyButton text={`${head.seq} ${head.hash}`}>
        <Trans>Copy this end</Trans>
      </CopyButton>
    </>
  );
}
